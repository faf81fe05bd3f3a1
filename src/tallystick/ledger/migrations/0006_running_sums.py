"""What sums over the moves had come to at an act: pages read it, and nothing else stands on it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_stocktaking")]
    operations = [
        migrations.CreateModel(
            name="RunningSum",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("act_id", models.BigIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("sums", models.TextField()),
            ],
        ),
    ]
