"""A member keeps which lead was shown the password, and a sign-off is of two people, not of two names. Whoever is a member already
counts as a person of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0003_api_clients'),
    ]

    operations = [
        migrations.AddField(
            model_name='member',
            name='drawn_by',
            field=models.CharField(blank=True, db_default='', max_length=30),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.CheckConstraint(condition=models.Q(('drawn_by', models.F('username')), _negated=True), name='member_is_drawn_by_another'),
        ),
        migrations.AddField(
            model_name='signoff',
            name='asked_drawn_by',
            field=models.CharField(max_length=30, null=True),
        ),
        migrations.AddField(
            model_name='signoff',
            name='agreed_drawn_by',
            field=models.CharField(max_length=30, null=True),
        ),
        migrations.AddConstraint(
            model_name='signoff',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_drawn_by', None), models.Q(('asked_drawn_by', models.F('agreed_by')), _negated=True), _connector='OR'), models.Q(('agreed_drawn_by', None), models.Q(('agreed_drawn_by', models.F('asked_by')), _negated=True), _connector='OR'), models.Q(('asked_drawn_by', None), ('agreed_drawn_by', None), models.Q(('asked_drawn_by', models.F('agreed_drawn_by')), _negated=True), _connector='OR')), name='sign_off_is_of_two_people'),
        ),
    ]
