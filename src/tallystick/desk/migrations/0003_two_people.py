"""A draft keeps who was shown what its second person signs in with, and that is nobody of those who asked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0002_programs'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='decider_drawn_by',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('decider_drawn_by', ''), models.Q(models.Q(('decider_drawn_by', models.F('asked_by')), _negated=True), models.Q(('drawn_by', ''), models.Q(('decider_drawn_by', models.F('drawn_by')), _negated=True), _connector='OR')), _connector='OR'), name='draft_is_decided_by_another_person'),
        ),
    ]
