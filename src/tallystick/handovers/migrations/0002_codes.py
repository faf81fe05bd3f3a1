"""Codes that were given out, what came of each, and how much one person may pay out."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('handovers', '0001_initial'),
        ('journal', '0005_laid_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('code', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=8)),
                ('subject', models.CharField(db_index=True, max_length=64)),
                ('holder', models.CharField(max_length=64)),
                ('valid_until', models.DateField()),
                ('issued_by', models.CharField(max_length=30)),
                ('issued_at', models.CharField(max_length=32)),
                ('digest', models.CharField(max_length=128)),
                ('tranche', models.IntegerField()),
                ('amount', models.BigIntegerField(null=True)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='PayoutLimit',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('unit', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 0), _connector='OR'), name='payout_limit_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Exhaustion',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('tries', models.IntegerField()),
                ('last_by', models.CharField(max_length=30)),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhaustions', to='handovers.slip')),
            ],
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('ruling', models.CharField(max_length=8)),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rulings', to='handovers.slip')),
            ],
        ),
        migrations.CreateModel(
            name='SlipTry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.IntegerField()),
                ('tried_by', models.CharField(max_length=30)),
                ('tried_at', models.DateTimeField()),
                ('slip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='handovers.slip')),
            ],
        ),
        migrations.CreateModel(
            name='Redemption',
            fields=[
                ('slip', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='redemption', serialize=False, to='handovers.slip')),
                ('issued_by', models.CharField(max_length=30)),
                ('confirmed_by', models.CharField(max_length=30)),
                ('agreed_by', models.CharField(blank=True, max_length=30)),
                ('happened_at', models.CharField(max_length=40)),
                ('recorded_at', models.CharField(max_length=32)),
                ('entry', models.CharField(blank=True, max_length=64)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gt', 0), _connector='OR'), name='slip_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('issued_by', models.F('confirmed_by')), _negated=True), name='slip_issuer_never_confirms'),
        ),
        migrations.AddConstraint(
            model_name='redemption',
            constraint=models.CheckConstraint(condition=models.Q(('issued_by', models.F('agreed_by')), _negated=True), name='slip_issuer_never_agrees'),
        ),
    ]
