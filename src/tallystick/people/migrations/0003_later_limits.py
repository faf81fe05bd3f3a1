"""Limits on what a party may hold that were set after it was made."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0005_laid_by_key'),
        ('people', '0002_laid_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='LaterLimit',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('unit', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField(null=True)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='later_limits', to='people.party')),
            ],
        ),
    ]
