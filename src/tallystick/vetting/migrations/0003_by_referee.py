"""Vouches are found by who gave them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('vetting', '0002_laid_by_key'),
    ]

    operations = [
        migrations.AlterField(
            model_name='vouch',
            name='referee',
            field=models.CharField(db_index=True, max_length=64),
        ),
    ]
