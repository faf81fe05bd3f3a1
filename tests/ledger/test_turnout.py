"""What became of value in the end is added up as the entries have it, from the first look to the last."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date

import pytest
from django.db import OperationalError

from tallystick.core.entry import Kind, Move
from tallystick.core.flow import taken_back
from tallystick.ledger.apply import stock as keeping
from tallystick.ledger.apply.stock import SUMS, keep_sums
from tallystick.ledger.models import RunningSum
from tallystick.ledger.queries.payouts import first_payouts
from tallystick.ledger.queries.state import all_entries
from tallystick.ledger.queries.taken_in import paid_as_taken_in, spent_as_taken_in
from tallystick.ledger.queries.turnout import Drawn, drawn, paid, spent
from tests.books import LAMPS, found, post, take
from tests.questions import Questions

pytestmark = pytest.mark.django_db

AFTERWARDS = """
    E1   2 March   gift       PARISH → OFFICE           USD 90.00   STALLS
    H1   3 March   handover   OFFICE → MAGPIE           USD 50.00   STALLS   -   REH-STALLS
    H2   3 March   handover   OFFICE → MAGPIE           USD 10.00   STALLS   -   REH-STALLS
    C1   4 March   commission   MAGPIE → @commission:MAGPIE   USD 2.00   STALLS
    C2   4 March   cost       MAGPIE → @cost:informal payment   USD 1.00   STALLS
    P1   5 March   payout     WAGTAIL → R05             CNY 20.00   SHOPS   G03   REH-MONEY
    P2   6 March 23:30   payout   WAGTAIL → R05         CNY 10.00   SHOPS   G03   REH-MONEY
    L1   7 March   loss       CRANE → @loss:theft       CNY 5.00    SHOPS
    L2   8 March   recovery   @loss:theft → CRANE       CNY 3.00    SHOPS
    V1   9 March   reversal   R05 → WAGTAIL             CNY 20.00   SHOPS   G03   REH-MONEY   P1
    V2   9 March   reversal   MAGPIE → OFFICE           USD 10.00   STALLS   -   REH-STALLS   H2
    V3   9 March   reversal   @commission:MAGPIE → MAGPIE   USD 2.00   STALLS   -   -   C1
"""
HOUSE = {"OFFICE", "KILN"}


def standing(fits: Callable[[Move], bool]) -> list[tuple[str, Move]]:
    """(month there, move) of every move that stands and fits."""
    entries = list(all_entries())
    gone = taken_back(entries)
    return [
        (posted.happened_at.strftime("%Y-%m"), move)
        for place, posted in enumerate(entries)
        if place not in gone
        for move in posted.moves
        if fits(move)
    ]


def as_the_entries_say() -> None:
    payouts, kept = Counter[tuple[str, ...]](), Counter[tuple[str, ...]]()
    for month, move in standing(lambda move: move.kind == Kind.PAYOUT):
        payouts[month, move.unit, move.earmark] += move.amount
    for month, move in standing(lambda move: move.kind in (Kind.COMMISSION, Kind.COST, Kind.LOSS, Kind.RECOVERY)):
        own, sign = (move.giver, -1) if move.kind == Kind.RECOVERY else (move.taker, 1)
        kept[month, own.partition(":")[0] if own.startswith("@commission") else own, move.unit, move.earmark] += (
            sign * move.amount
        )
    for read, wanted in ((paid, payouts), (spent, kept)):
        by_month = read(
            lambda sums: {(month, *ends): amount for month, one in sums.months.items() for ends, amount in one.items()}
        )
        assert by_month == {ends: amount for ends, amount in wanted.items() if amount}
        whole = Counter[tuple[str, ...]]()
        for (_month, *ends), amount in wanted.items():
            whole[tuple(ends)] += amount
        assert read(lambda sums: dict(sums.whole)) == {ends: amount for ends, amount in whole.items() if amount}
    out = Counter[tuple[str, str, str]]()
    for _month, move in standing(lambda move: bool(move.authorisation) and move.giver in HOUSE):
        if (move.named or move.taker) not in HOUSE:
            out[move.authorisation, move.unit, move.earmark] += move.amount
    assert drawn() == sorted(Drawn(*ends, amount) for ends, amount in out.items())
    assert first_payouts() == first_days()


def first_days() -> dict[str, date]:
    days: dict[str, date] = {}
    for grant, day in paid_days():
        days[grant] = min(day, days.get(grant, day))
    return days


def paid_days() -> list[tuple[str, date]]:
    """(grant, the day by UTC) of every payout that stands."""
    entries = list(all_entries())
    gone = taken_back(entries)
    return [
        (move.grant, posted.happened_at.astimezone(UTC).date())
        for place, posted in enumerate(entries)
        if place not in gone
        for move in posted.moves
        if move.kind == Kind.PAYOUT and move.grant
    ]


def test_the_lamps_programme_is_added_up_as_its_entries_have_it():
    found()
    take(LAMPS)
    as_the_entries_say()


def test_what_is_said_after_a_look_is_added_and_what_is_taken_back_is_taken_out():
    found()
    take(LAMPS)
    as_the_entries_say()
    for line in AFTERWARDS.strip().splitlines():
        post(line)
        as_the_entries_say()


def test_the_months_of_payouts_are_told_apart():
    found()
    take(LAMPS)
    post(AFTERWARDS)
    assert paid(lambda sums: sums.latest(1)) == {"2016-03": {("CNY", "SHOPS"): 1000}}


def test_a_later_look_asks_as_often_however_much_was_said():
    found()
    take(LAMPS)
    as_the_entries_say()
    counts = []
    for number, lines in enumerate((1, 20)):
        post("\n".join(f"H{number}-{line}   2 March   handover   OFFICE → MAGPIE   USD 1.00   SHOPS" for line in range(lines)))
        with Questions() as asked:
            paid(len_of_months)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def len_of_months(sums: object) -> int:
    return len(sums.months)


def begin_anew() -> None:
    """As in a process that has looked at nothing yet."""
    for running in SUMS:
        running.forget()


def kept_names() -> set[str]:
    return set(RunningSum.objects.values_list("name", flat=True))


def look_at_all() -> None:
    paid(len_of_months)
    spent(len_of_months)
    drawn()
    first_payouts()
    paid_as_taken_in(len_of_months)
    spent_as_taken_in(len_of_months)


def test_sums_that_were_kept_and_brought_up_are_the_sums_of_all_moves(monkeypatch: pytest.MonkeyPatch):
    found()
    take(LAMPS)
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    for line in AFTERWARDS.strip().splitlines():
        begin_anew()
        as_the_entries_say()
        keep_sums()
        begin_anew()
        as_the_entries_say()
        post(line)
    assert kept_names() == {"paid", "spent", "drawn", "first"}


def test_kept_sums_are_read_and_not_all_moves(monkeypatch: pytest.MonkeyPatch):
    found()
    take(LAMPS)
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    look_at_all()
    keep_sums()
    begin_anew()
    with Questions() as asked:
        look_at_all()
    assert not [one for one in asked if "ledger_move" in one["sql"]]


def test_few_entries_are_read_again_rather_than_written_down():
    found()
    take(LAMPS)
    look_at_all()
    keep_sums()
    assert not kept_names()


def test_sums_of_other_books_under_the_same_name_are_not_read(monkeypatch: pytest.MonkeyPatch):
    found()
    take(LAMPS)
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    look_at_all()
    keep_sums()
    RunningSum.objects.update(digest=bytes(32), sums='{"what": "another office had"}')
    begin_anew()
    as_the_entries_say()
    look_at_all()
    keep_sums()
    assert kept_names() == {running.name for running in SUMS}
    begin_anew()
    as_the_entries_say()


def test_sums_that_cannot_be_written_are_shown_all_the_same(monkeypatch: pytest.MonkeyPatch):
    found()
    take(LAMPS)
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)

    def full(*_: object, **__: object) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(RunningSum.objects, "update_or_create", full)
    look_at_all()
    keep_sums()
    assert not kept_names()
    as_the_entries_say()


def test_a_large_import_keeps_the_sums_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping, "MANY", 10)
    monkeypatch.setattr("tallystick.bundles.taking.take.MANY", 10)
    monkeypatch.setattr(keeping, "BEHIND_MOST", 10)
    begin_anew()
    found()
    take(LAMPS)
    assert kept_names() == {running.name for running in SUMS}
    begin_anew()
    as_the_entries_say()
