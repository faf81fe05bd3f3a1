"""Papers, disputes, overages, who answers for losses, and pay orders, in their tables."""

import django.db.models.deletion
import tallystick.core.pay_order
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('journal', '0005_laid_by_key'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('tally', models.CharField(db_index=True, max_length=64)),
                ('claimed_by', models.CharField(max_length=64)),
                ('claimed_on', models.DateField()),
                ('unit', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField()),
                ('reason', models.TextField()),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='DisputeClosing',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('step', models.CharField(max_length=20)),
                ('closed_on', models.DateField()),
                ('entry', models.CharField(blank=True, max_length=64)),
                ('entry_at', models.CharField(blank=True, max_length=32)),
                ('note', models.TextField(blank=True)),
                ('dispute', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closing', to='handovers.dispute')),
            ],
        ),
        migrations.CreateModel(
            name='Liability',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('loss', models.CharField(db_index=True, max_length=64)),
                ('lost_at', models.CharField(max_length=32)),
                ('unit', models.CharField(max_length=64)),
                ('earmark', models.CharField(max_length=64)),
                ('cause', models.CharField(max_length=20)),
                ('party', models.CharField(blank=True, db_index=True, max_length=64)),
                ('amount', models.BigIntegerField()),
                ('note', models.TextField(blank=True)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='LiabilityRecovery',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('entry', models.CharField(max_length=64, unique=True)),
                ('amount', models.BigIntegerField()),
                ('liability', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='handovers.liability')),
            ],
        ),
        migrations.CreateModel(
            name='Overage',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('tally', models.CharField(db_index=True, max_length=64)),
                ('unit', models.CharField(max_length=64)),
                ('earmark', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField()),
                ('counted_by', models.CharField(max_length=64)),
                ('counted_on', models.DateField()),
                ('note', models.TextField(blank=True)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='OverageClearing',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('step', models.CharField(max_length=20)),
                ('cleared_on', models.DateField()),
                ('entry', models.CharField(blank=True, max_length=64)),
                ('note', models.TextField(blank=True)),
                ('overage', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='clearing', to='handovers.overage')),
            ],
        ),
        migrations.CreateModel(
            name='PayOrder',
            fields=[
                ('code', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('office', models.CharField(max_length=16)),
                ('number', models.IntegerField()),
                ('payer', models.CharField(max_length=64)),
                ('payee', models.CharField(max_length=64)),
                ('unit', models.CharField(max_length=64)),
                ('amount', models.BigIntegerField()),
                ('earmark', models.CharField(max_length=64)),
                ('purpose', models.TextField()),
                ('drawn_on', models.DateField()),
                ('grant', models.CharField(blank=True, max_length=64)),
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
        ),
        migrations.CreateModel(
            name='PayOrderStep',
            fields=[
                ('act', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='journal.act')),
                ('step', models.CharField(max_length=20)),
                ('said_on', models.DateField()),
                ('entry', models.CharField(blank=True, db_index=True, max_length=64)),
                ('reason', models.TextField(blank=True)),
                ('pay_order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='handovers.payorder')),
            ],
        ),
        migrations.CreateModel(
            name='ConsignmentLine',
            fields=[
                ('pk', models.CompositePrimaryKey('act_id', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('tally', models.CharField(db_index=True, max_length=64)),
                ('line', models.IntegerField()),
                ('specification', models.TextField(blank=True)),
                ('packaging', models.TextField(blank=True)),
                ('packages', models.IntegerField()),
                ('act', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='journal.act')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('packages__gte', 0)), name='consignment_line_packages_are_some')],
            },
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='dispute_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='disputeclosing',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['pay', 'recover', 'write off', 'find unfounded'])), name='dispute_closing_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='liability',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='liability_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='liabilityrecovery',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='liability_recovery_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='overage',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='overage_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='overageclearing',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['correct', 'send back', 'count again'])), name='overage_clearing_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='payorder',
            constraint=models.UniqueConstraint(fields=('office', 'number'), name='pay_order_number_is_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='payorder',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='pay_order_numbers_begin_at_1'),
        ),
        migrations.AddConstraint(
            model_name='payorder',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='pay_order_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='payorderstep',
            constraint=models.CheckConstraint(condition=models.Q(('step__in', ['issue', 'pay', 'make void'])), name='pay_order_step_is_known'),
        ),
        migrations.AddConstraint(
            model_name='payorderstep',
            constraint=models.UniqueConstraint(condition=models.Q(('step', tallystick.core.pay_order.PayOrderStep['PAY']), _negated=True), fields=('pay_order', 'step'), name='pay_order_step_is_taken_once'),
        ),
        migrations.AddConstraint(
            model_name='payorderstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('step', tallystick.core.pay_order.PayOrderStep['MAKE_VOID']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='pay_order_void_has_a_reason'),
        ),
    ]
