"""The tables, made and brought up to this version: all of it, or nothing."""

from django.core.management import call_command
from django.db import connection, transaction


def make_tables() -> None:
    """Runs every migration that the books have not had yet, in one transaction.

    Django by itself commits the tables of a migration first and notes afterwards that it ran, so that a process killed in
    between leaves tables which the next run would make a second time, and fails at for good.
    """
    # SQLite takes no change of a table with its foreign keys watched, and cannot stop watching within a transaction.
    with connection.constraint_checks_disabled(), transaction.atomic():
        call_command("migrate", verbosity=0, interactive=False)
