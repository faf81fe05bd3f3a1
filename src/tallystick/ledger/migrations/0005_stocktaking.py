"""What passed up to an act, added up once: pages read it, and nothing else stands on it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_fewer_indexes")]
    operations = [
        migrations.CreateModel(
            name="Stocktaking",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("act_id", models.BigIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("sums", models.TextField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="stocktaking_is_one")],
            },
        ),
        migrations.CreateModel(
            name="Turnover",
            fields=[
                ("holder", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("sums", models.TextField()),
            ],
        ),
    ]
