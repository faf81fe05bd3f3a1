"""Everything that is said of grants and covenants replays to the same books, and the proof finds nothing."""

from datetime import date
from pathlib import Path

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.grants.queries import terms_of
from tallystick.journal.queries import acts
from tallystick.vault.keys import unlocked
from tallystick.ventures.actions import give_covenant, see_covenant
from tallystick.ventures.queries import covenants_of
from tests import books
from tests.promising import cancelled, fund, payout, promised, released


@pytest.mark.django_db
def test_what_was_said_of_grants_replays_to_the_same_books(tmp_path: Path):
    office = unlocked().office
    with books.undone():
        fund(tmp_path)
        promised("G20", (5_000, "none"), (3_000, "reconciled"), (2_000, "reconciled and visited"))
        promised("G21", (500, "none"), recipient="R02")
        books.post(payout("P1"))
        released("G20", 2)
        cancelled("G21")
        give_covenant(Covenant("C1", "G20", "goat kids", 2), office=office, recorded_at=books.POSTED_AT)
        see_covenant(CovenantSeen("C1", date(2016, 9, 1), 1, passes_to="R02"), office=office, recorded_at=books.POSTED_AT)
        books.sign()
        assert books.proof().problems == ()
        said, digest, terms, covenants = list(acts()), state_digest(), terms_of("G20"), covenants_of("G20")
    assert list(acts()) == []
    replay(said)
    assert (state_digest(), terms_of("G20"), covenants_of("G20")) == (digest, terms, covenants)
    cancelled_terms = terms_of("G21")
    assert cancelled_terms is not None
    assert cancelled_terms.is_cancelled
