"""Entries that are asked for at the desk, kind by kind: what each form posts, and what it is not for."""

from collections.abc import Sequence
from typing import Any

import pytest

from tallystick.core.amount import Parts
from tallystick.core.role import Role
from tallystick.core.wish import KindNotOfWish
from tallystick.desk.actions import ask, look
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Asker, Done
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.holdings import balance_of
from tests.books import LAMPS, POSTED_AT, found, proof, take

pytestmark = pytest.mark.django_db
PLOVER = Asker("PLOVER", frozenset({Role.BOOKKEEPER}))
DUNLIN = Asker("DUNLIN", frozenset({Role.LEAD}))


@pytest.fixture(autouse=True)
def books():
    found()
    take(LAMPS)


def entry(*lines: Sequence[Any], reference: str = "N1") -> EntryWish:
    """Lines of kind, giver, taker, unit, amount, earmark and perhaps a note."""
    wished = (WishedLine(*one[:4], Parts(one[4]), one[5], note="".join(one[6:])) for one in lines)
    return EntryWish(reference, "2016-03-03T10:00:00+09:00", tuple(wished))


EXCHANGE = entry(
    ("exchange", "OFFICE", "@changer:OFFICE", "USD", 10_000, "SHOPS"),
    ("exchange", "@changer:OFFICE", "OFFICE", "CNY", 61_400, "SHOPS"),
)
PURCHASE = entry(
    ("purchase", "CRANE", "LIGHTWORKS", "CNY", 30_000, "SHOPS"), ("purchase", "LIGHTWORKS", "KILN", "LAMP", 50, "SHOPS")
)
REASSIGN = entry(
    ("reassign", "OFFICE", "@earmark", "USD", 5_000, "SHOPS", "letter of 1 March"),
    ("reassign", "@earmark", "OFFICE", "USD", 5_000, "STALLS", "letter of 1 March"),
)
COMMISSION = entry(("commission", "HERON", "@commission:HERON", "CNY", 100, "SHOPS"))
COST = entry(("cost", "HERON", "@cost:informal payment", "CNY", 200, "SHOPS"))


@pytest.mark.parametrize(
    ("name", "wish", "holder", "unit", "less"),
    [
        ("exchange", EXCHANGE, "OFFICE", "USD", 10_000),
        ("purchase", PURCHASE, "CRANE", "CNY", 30_000),
        ("reassign", REASSIGN, "OFFICE", "USD", 5_000),
        ("commission", COMMISSION, "HERON", "CNY", 100),
        ("cost", COST, "HERON", "CNY", 200),
        ("lines", COST, "HERON", "CNY", 200),
    ],
)
def test_one_person_is_enough_and_the_books_close(name: str, wish: EntryWish, holder: str, unit: str, less: int):
    before = balance_of(holder, unit=unit, earmark="SHOPS")
    assert look(name, wish, by=PLOVER, at=POSTED_AT).second == ""
    assert isinstance(ask(name, wish, by=PLOVER, asked_at=POSTED_AT), Done)
    assert balance_of(holder, unit=unit, earmark="SHOPS") == before - less
    assert not proof().problems


def test_the_rate_of_an_exchange_and_the_price_of_a_purchase_are_told():
    assert ("rate", "1 USD = 6.1400 CNY") in WISH_KINDS["exchange"].facts(EXCHANGE)
    assert ("rate", "1 LAMP = 6.0000 CNY") in WISH_KINDS["purchase"].facts(PURCHASE)
    assert WISH_KINDS["reassign"].facts(REASSIGN) == [("note", "letter of 1 March")]
    assert WISH_KINDS["exchange"].facts(COST) == []


@pytest.mark.parametrize(
    ("name", "kind", "giver", "taker"),
    [
        ("gift", "payout", "WAGTAIL", "R05"),
        ("lines", "payout", "WAGTAIL", "R05"),
        ("lines", "reversal", "OFFICE", "HAEBARAGI"),
        ("lines", "loss", "HERON", "@loss:theft"),
        ("lines", "dispatch", "CRANE", "WAGTAIL"),
        ("cost", "loss", "HERON", "@loss:theft"),
    ],
)
def test_a_form_posts_nothing_that_it_is_not_for(name: str, kind: str, giver: str, taker: str):
    with pytest.raises(KindNotOfWish):
        ask(name, entry((kind, giver, taker, "CNY", 100, "SHOPS")), by=DUNLIN, asked_at=POSTED_AT)


def test_a_reassignment_without_the_donors_consent_is_refused():
    lines = (
        ("reassign", "OFFICE", "@earmark", "USD", 5_000, "SHOPS"),
        ("reassign", "@earmark", "OFFICE", "USD", 5_000, "STALLS"),
    )
    with pytest.raises(EntriesRefused):
        ask("reassign", entry(*lines), by=PLOVER, asked_at=POSTED_AT)
