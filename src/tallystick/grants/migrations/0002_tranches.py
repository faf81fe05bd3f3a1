"""Grants are paid in tranches that wait for something, and may be cancelled."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0001_initial'),
        ('journal', '0005_laid_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cancellation',
            fields=[
                ('grant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='grants.grant')),
                ('reason', models.TextField()),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='TrancheRelease',
            fields=[
                ('pk', models.CompositePrimaryKey('grant_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField()),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('grant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant')),
            ],
        ),
        migrations.CreateModel(
            name='Tranche',
            fields=[
                ('pk', models.CompositePrimaryKey('grant_id', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number', models.SmallIntegerField()),
                ('amount', models.BigIntegerField()),
                ('condition', models.CharField(max_length=24)),
                ('act', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('grant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='tranche_amount_is_positive')],
            },
        ),
    ]
