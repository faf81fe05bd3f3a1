"""Acts and checkpoints are written once."""

from django.db import migrations

from tallystick.journal.immutable import written_once


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [written_once("journal_act", "journal_checkpoint")]
