"""Entries and moves are written once."""

from django.db import migrations

from tallystick.journal.immutable import written_once


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [written_once("ledger_entry", "ledger_move")]
