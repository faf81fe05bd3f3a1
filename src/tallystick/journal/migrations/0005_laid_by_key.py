"""On SQLite an act lies where its id says, with no index beside it; a checkpoint where its office and number say."""

from django.db import migrations

from tallystick.journal.laid import lay_anew


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_checkpoint_follows")]
    operations = [lay_anew("journal", "act", "checkpoint")]
