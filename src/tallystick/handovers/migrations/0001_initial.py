"""The room has tables from here on."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("grants", "0001_initial"), ("journal", "0002_written_once")]
    operations = []
