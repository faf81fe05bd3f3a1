"""A sign-off keeps a digest of the wish, so that the same words are known again."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0004_two_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='signoff',
            name='content_digest',
            field=models.CharField(db_index=True, max_length=64, null=True),
        ),
    ]
