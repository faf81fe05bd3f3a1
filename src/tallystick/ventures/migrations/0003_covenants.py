"""Covenants: what a recipient means to pass on, and what was seen of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0002_tranches'),
        ('journal', '0005_laid_by_key'),
        ('ventures', '0002_laid_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Covenant',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('what', models.TextField()),
                ('how_many', models.IntegerField()),
                ('passes_to', models.CharField(blank=True, max_length=64)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('how_many__gt', 0)), name='covenant_passes_something_on')],
            },
        ),
        migrations.CreateModel(
            name='CovenantSeen',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('seen_on', models.DateField()),
                ('passed_on', models.IntegerField()),
                ('passes_to', models.CharField(blank=True, max_length=64)),
                ('note', models.TextField(blank=True)),
                ('covenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ventures.covenant')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('passed_on__gte', 0)), name='covenant_seen_is_not_below_zero')],
            },
        ),
    ]
