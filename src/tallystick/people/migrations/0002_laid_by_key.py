"""On SQLite a holding limit lies where its party and unit say, with no index beside it."""

from django.db import migrations

from tallystick.journal.laid import lay_anew


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [lay_anew("people", "holdinglimit")]
