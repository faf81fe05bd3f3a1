"""The tests leave nothing behind for each other, and take no guard away from the tables."""

import pytest
from django.core.management import call_command
from django.db import connection

from tallystick.journal.immutable import unguarded
from tallystick.journal.models import Act


@pytest.mark.django_db(transaction=True)
def test_tables_emptied_after_a_test_keep_their_guards():
    Act.objects.create(id=1, office="ab" * 8, number=1, kind="party", body=b"{}", digest=bytes(32))
    call_command("flush", interactive=False, verbosity=0)
    assert Act.objects.count() == 0
    assert unguarded(connection) == []
