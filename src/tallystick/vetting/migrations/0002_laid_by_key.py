"""On SQLite a vouch lies where its act says, with no index beside it."""

from django.db import migrations

from tallystick.journal.laid import lay_anew


class Migration(migrations.Migration):
    dependencies = [("vetting", "0001_initial")]
    operations = [lay_anew("vetting", "vouch")]
