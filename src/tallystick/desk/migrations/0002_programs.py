"""A draft that a program asked for keeps who drew its token, and that member cannot be its second person."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='drawn_by',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('drawn_by', ''), models.Q(('drawn_by', models.F('decided_by')), _negated=True), _connector='OR'), name='draft_of_program_is_decided_by_another'),
        ),
    ]
