"""Tariffs in force from a day on, agreements with custodians, limits in value and overrides."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('corridors', '0001_initial'),
        ('journal', '0005_laid_by_key'),
        ('people', '0003_later_limits'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgreedLoss',
            fields=[
                ('pk', models.CompositePrimaryKey('act_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('cause', models.CharField(max_length=16)),
                ('bearer', models.CharField(max_length=16)),
                ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='AgreedUpstream',
            fields=[
                ('pk', models.CompositePrimaryKey('act_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
                ('upstream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('valid_from', models.DateField()),
                ('commission_ppm', models.IntegerField()),
                ('confirm_first', models.BooleanField()),
                ('valid_until', models.DateField(null=True)),
                ('leg', models.CharField(blank=True, max_length=64)),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='ExposureLimit',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('amount', models.BigIntegerField(null=True)),
                ('upstream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('reference', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('reason', models.TextField()),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
        migrations.CreateModel(
            name='Tariff',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('valid_from', models.DateField()),
                ('commission_ppm', models.IntegerField()),
                ('commission_fixed', models.BigIntegerField()),
                ('days', models.IntegerField()),
                ('valid_until', models.DateField(null=True)),
                ('limit_each', models.BigIntegerField(null=True)),
                ('leg', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tariffs', to='corridors.leg')),
            ],
        ),
        migrations.CreateModel(
            name='ValueLimit',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('amount', models.BigIntegerField(null=True)),
                ('custodian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.party')),
            ],
        ),
    ]
