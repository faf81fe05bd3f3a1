"""What a venture is and where, and how it ended."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0002_tranches'),
        ('journal', '0005_laid_by_key'),
        ('ventures', '0003_covenants'),
    ]

    operations = [
        migrations.CreateModel(
            name='Venture',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('kind', models.CharField(max_length=64)),
                ('place', models.CharField(blank=True, max_length=64)),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant')),
            ],
        ),
        migrations.CreateModel(
            name='VentureEnd',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('ended_on', models.DateField()),
                ('how', models.CharField(max_length=20)),
                ('note', models.TextField(blank=True)),
                ('grant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.grant')),
            ],
        ),
    ]
