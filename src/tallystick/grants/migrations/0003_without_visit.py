"""A tranche may be released without the visit that it waits for, by two people who say why."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0002_tranches'),
    ]

    operations = [
        migrations.AddField(
            model_name='trancherelease',
            name='without_visit',
            field=models.TextField(null=True),
        ),
        migrations.AddConstraint(
            model_name='trancherelease',
            constraint=models.CheckConstraint(condition=models.Q(('without_visit', ''), _negated=True), name='tranche_release_without_visit_has_a_reason'),
        ),
    ]
