"""What was agreed with custodians is proved with the rest of the books, and replayed it says the same."""

from pathlib import Path

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.corridors.queries import groups_of, overrides_to, terms_of, ways
from tallystick.journal.queries import acts
from tallystick.people.queries import parties
from tests import books
from tests.bundles import full_stall

pytestmark = pytest.mark.django_db


def all_said() -> tuple[object, ...]:
    """Everything that two agreed on, and the number over the whole of the books."""
    return parties(), ways(), terms_of(["HERON", "BANK"]), groups_of(), overrides_to("HERON"), state_digest()


def test_what_was_agreed_is_replayed_and_proved(tmp_path: Path):
    with books.undone():
        full_stall.keep(tmp_path / "stall")
        assert not books.proof().problems
        said, before = list(acts()), all_said()
    assert list(acts()) == []
    replay(said)
    assert all_said() == before
