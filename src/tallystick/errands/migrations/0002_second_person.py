"""An errand that takes two waits for a second person, and keeps who that was."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('errands', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='errand',
            name='errand_state_is_known',
        ),
        migrations.AddField(
            model_name='errand',
            name='decided_by',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddField(
            model_name='errand',
            name='decider_drawn_by',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddField(
            model_name='errand',
            name='drawn_by',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddField(
            model_name='errand',
            name='need',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'waiting', 'under_way', 'done', 'refused', 'failed', 'cancelled', 'declined'])), name='errand_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('need', ''), models.Q(('decided_by', ''), _negated=True), models.Q(('state__in', ['done', 'under_way', 'waiting']), _negated=True), _connector='OR'), name='errand_for_two_has_two'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', ''), models.Q(models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_by', models.F('drawn_by')), _negated=True)), _connector='OR'), name='errand_is_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='errand',
            constraint=models.CheckConstraint(condition=models.Q(('decider_drawn_by', ''), models.Q(models.Q(('decider_drawn_by', models.F('asked_by')), _negated=True), models.Q(('decider_drawn_by', models.F('drawn_by')), _negated=True)), _connector='OR'), name='errand_is_decided_by_another_person'),
        ),
    ]
