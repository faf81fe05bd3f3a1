"""Entries in a list: the newest first, leaf by leaf, and whatever is asked for they are the ones that reading everything finds."""

from collections.abc import Iterator
from datetime import date

import pytest

from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.ledger.queries import listing
from tallystick.ledger.queries.listing import Wanted, entries_at, listed
from tallystick.ledger.queries.state import all_entries
from tests.books import LAMPS, found, post, take
from tests.questions import Questions

pytestmark = pytest.mark.django_db
MORE = """
    H1   2 March   handover   OFFICE → MAGPIE     USD 10.00   STALLS   -   REH-STALLS
    H2   3 March   handover   OFFICE → MAGPIE     USD 20.00   SHOPS
    V1   4 March   reversal   MAGPIE → OFFICE     USD 10.00   STALLS   -   REH-STALLS   H1
"""
WANTED = (
    Wanted(),
    *(Wanted(kind=kind.value) for kind in Kind),
    Wanted(party="CRANE"),
    Wanted(party="HAEBARAGI"),
    Wanted(party="R05"),
    Wanted(party="NOBODY"),
    Wanted(party="CRANE", kind="commission"),
    Wanted(party="CRANE", earmark="STALLS"),
    Wanted(earmark="LIGHT"),
    Wanted(earmark="STALLS", kind="commission"),
    Wanted(earmark="STALLS", kind="reversal"),
    Wanted(earmark="SHOPS", kind="dispatch"),
    Wanted(grant="G03"),
    Wanted(grant="G03", kind="payout"),
    Wanted(grant="G03", party="WAGTAIL", earmark="SHOPS"),
    Wanted(since=date(2014, 10, 18), until=date(2014, 10, 25)),
    Wanted(since=date(2014, 10, 18), kind="gift"),
    Wanted(until=date(2014, 10, 25), party="OFFICE"),
    Wanted(until=date(2014, 10, 25), earmark="SHOPS"),
)


@pytest.fixture(autouse=True)
def books():
    found()
    take(LAMPS)
    post(MORE)


def leaves(wanted: Wanted, *, most: int) -> Iterator[PostedEntry]:
    """Every entry that is listed, from leaf to leaf."""
    before = None
    while True:
        leaf = listed(wanted, before=before, most=most)
        assert len(leaf.acts) <= most
        yield from (posted for _act, posted in entries_at(leaf.acts))
        if leaf.before is None:
            return
        before = leaf.before


def fits(posted: PostedEntry, wanted: Wanted) -> bool:
    day = posted.happened_at.date()
    in_time = (wanted.since is None or day >= wanted.since) and (wanted.until is None or day <= wanted.until)
    return in_time and any(_move_fits(move, wanted) for move in posted.moves)


def _move_fits(move: Move, wanted: Wanted) -> bool:
    return (
        wanted.kind in ("", move.kind)
        and wanted.earmark in ("", move.earmark)
        and wanted.grant in ("", move.grant)
        and (not wanted.party or wanted.party in (move.giver, move.taker))
    )


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_a_list_has_what_reading_everything_finds(wanted: Wanted, monkeypatch: pytest.MonkeyPatch):
    whole = [posted for posted in reversed(list(all_entries())) if fits(posted, wanted)]
    assert list(leaves(wanted, most=1000)) == whole
    monkeypatch.setattr(listing, "STRETCH", 10)
    assert list(leaves(wanted, most=7)) == whole


def test_a_list_that_looked_through_its_stretch_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(listing, "STRETCH", 3)
    looked = listed(Wanted(kind="return"), before=None, most=5)
    assert (looked.acts, looked.is_looking) == ([], True)
    assert looked.before is not None


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(party="OFFICE"), Wanted(kind="handover"), Wanted(earmark="SHOPS")], ids=str)
def test_a_list_asks_as_often_however_much_there_is(wanted: Wanted):
    def asked() -> int:
        with Questions() as questions:
            entries_at(listed(wanted, before=None, most=50).acts)
        return len(questions)

    asked()  # a server is told once what it will be asked again
    before = asked()
    post("\n".join(f"N{number}   {number + 4} March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for number in range(20)))
    assert asked() == before <= 5
