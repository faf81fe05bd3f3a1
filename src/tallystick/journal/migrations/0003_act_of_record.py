"""The last act that says a record is found at once."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_written_once")]
    operations = [
        migrations.AddIndex(
            model_name="act",
            index=models.Index(condition=~Q(kind="entry_posted"), fields=["id"], name="act_of_record"),
        )
    ]
