"""Covenants: what is to be passed on, and what was seen of it; in the journal, and in no account."""

from datetime import date
from pathlib import Path

import pytest

from tallystick.core.covenant import (
    Covenant,
    CovenantGivenAlready,
    CovenantSeen,
    CovenantState,
    CovenantToOneself,
    CovenantUnknown,
)
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.ledger.models import Account
from tallystick.vault.keys import unlocked
from tallystick.ventures.actions import give_covenant, see_covenant
from tallystick.ventures.models import Covenant as CovenantRow
from tallystick.ventures.models import CovenantSeen as SeenRow
from tallystick.ventures.queries import CovenantNow, covenants_of
from tests import books
from tests.promising import fund

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def funded(tmp_path: Path) -> None:
    fund(tmp_path)


def give(code: str = "C1", grant: str = "G07", *, to: str = "") -> None:
    said = Covenant(code, grant, "sacks of seed", 2, passes_to=to)
    give_covenant(said, office=unlocked().office, recorded_at=books.POSTED_AT)


def see(passed_on: int, *, day: int = 1, to: str = "", code: str = "C1") -> None:
    said = CovenantSeen(code, date(2016, 9, day), passed_on, passes_to=to)
    see_covenant(said, office=unlocked().office, recorded_at=books.POSTED_AT)


def now() -> CovenantNow:
    (found,) = covenants_of("G07")
    return found


def test_a_covenant_is_given_and_stands_by_what_was_seen_on_the_latest_day():
    give()
    assert now().state is CovenantState.GIVEN
    see(1, day=5, to="R02")
    see(0, day=3)
    assert (now().state, [one.passed_on for one in now().seen]) == (CovenantState.KEPT_IN_PART, [0, 1])
    see(2, day=5, to="R03")
    assert (now().state, now().seen[-1].passes_to) == (CovenantState.KEPT, "R03")
    assert [str(row) for row in (CovenantRow.objects.get(), SeenRow.objects.order_by("seen_on")[0])] == ["C1", "C1 on 2016-09-03"]


def test_a_covenant_moves_nothing_and_owes_nothing():
    before = set(Account.objects.values_list("holder", "unit_id", "balance"))
    give()
    see(0)
    assert now().state is CovenantState.NOT_KEPT
    assert set(Account.objects.values_list("holder", "unit_id", "balance")) == before


def test_a_covenant_names_what_is_in_the_books():
    give()
    with pytest.raises(CovenantGivenAlready):
        give()
    with pytest.raises(GrantUnknown):
        give("C2", "G99")
    with pytest.raises(PartyUnknown):
        give("C2", to="R99")
    with pytest.raises(CovenantToOneself):
        give("C2", to="R04")
    with pytest.raises(CovenantUnknown):
        see(1, code="C9")
    with pytest.raises(CovenantToOneself):
        see(1, to="R04")
