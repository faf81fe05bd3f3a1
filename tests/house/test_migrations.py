"""The migrations make the tables that the models describe."""

import pytest
from django.core.management import call_command


def test_no_model_has_changed_without_its_migration(db: None, capsys: pytest.CaptureFixture[str]):
    try:
        call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    except SystemExit:
        pytest.fail(f"a migration is missing:\n{capsys.readouterr().out}")
