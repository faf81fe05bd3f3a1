"""What is told by the month in which the books took it in is added up as the entries have it, and does not change once that is over."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

import pytest

from tallystick.core.entry import Kind, Move
from tallystick.core.flow import taken_back
from tallystick.ledger.apply import stock as keeping
from tallystick.ledger.apply.stock import SUMS, keep_sums
from tallystick.ledger.models import Entry
from tallystick.ledger.queries.state import all_entries
from tallystick.ledger.queries.taken_in import TakenIn, paid_as_taken_in, spent_as_taken_in
from tests.books import LAMPS, found, post, take

pytestmark = pytest.mark.django_db

SAID = (
    (2, "P1   5 March   payout   WAGTAIL → R05   CNY 20.00   SHOPS   G03   REH-MONEY"),
    (2, "P2   5 March   payout   WAGTAIL → R06   CNY 10.00   SHOPS   G04   REH-MONEY"),
    (2, "V2   6 March   reversal   R06 → WAGTAIL   CNY 10.00   SHOPS   -   -   P2"),
    (2, "L1   7 March   loss   CRANE → @loss:theft   CNY 5.00   SHOPS"),
    (3, "P3   1 February   payout   WAGTAIL → R05   CNY 7.00   SHOPS   G03   REH-MONEY"),
    (3, "V1   9 March   reversal   R05 → WAGTAIL   CNY 20.00   SHOPS   -   -   P1"),
    (4, "L2   8 March   recovery   @loss:theft → CRANE   CNY 3.00   SHOPS"),
    (4, "V4   9 March   reversal   CRANE → @loss:theft   CNY 3.00   SHOPS   -   -   L2"),
    (5, "V5   9 March   reversal   @loss:theft → CRANE   CNY 5.00   SHOPS   -   -   L1"),
    (5, "V6   9 March   reversal   R05 → WAGTAIL   CNY 7.00   SHOPS   -   -   P3"),
)
Months = dict[str, dict[tuple[str, ...], int]]


def moved() -> list[tuple[str, int, Move]]:
    """(the month in which it was taken in, 1; or the month in which it was taken back, -1; the move) of every move, by the entries."""
    recorded = list(Entry.objects.order_by("act_id").values_list("recorded_at", flat=True))
    entries, found = list(all_entries()), []
    gone = taken_back(entries)
    for place, posted in enumerate(entries):
        month = f"{recorded[place]:%Y-%m}"
        if posted.reverses:
            back = next(one for at, one in enumerate(entries) if at in gone and one.reference == posted.reverses)
            found += [(month, -1, move) for move in back.moves]
        else:
            found += [(month, 1, move) for move in posted.moves]
    return found


def as_the_entries_say() -> None:
    paid, grants, spent = (defaultdict[str, Counter[tuple[str, ...]]](Counter) for _ in range(3))
    for month, sign, move in moved():
        if move.kind == Kind.PAYOUT:
            paid[month][move.unit, move.earmark] += sign * move.amount
            grants[month][move.grant, move.unit] += sign * move.amount
        elif move.kind in (Kind.COMMISSION, Kind.COST, Kind.LOSS):
            own = "@commission" if move.kind == Kind.COMMISSION else move.taker
            spent[month][own, move.unit, move.earmark] += sign * move.amount
        elif move.kind == Kind.RECOVERY:
            spent[month][move.giver, move.unit, move.earmark] -= sign * move.amount
    assert paid_as_taken_in(months_of) == without_nothing(paid)
    assert paid_as_taken_in(grants_of) == without_nothing(grants)
    assert spent_as_taken_in(months_of) == without_nothing(spent)


def months_of(sums: TakenIn) -> Months:
    return {month: dict(one) for month, one in sums.months.items()}


def grants_of(sums: TakenIn) -> Months:
    return {month: dict(one) for month, one in sums.grants.items()}


def without_nothing(months: Months) -> Months:
    left = {month: {ends: amount for ends, amount in one.items() if amount} for month, one in months.items()}
    return {month: one for month, one in left.items() if one}


def begin_anew() -> None:
    """As in a process that has looked at nothing yet."""
    for running in SUMS:
        running.forget()


@pytest.mark.parametrize("is_kept", [False, True], ids=["brought up", "kept and read again"])
def test_sums_are_what_the_entries_say_whenever_somebody_looks(monkeypatch: pytest.MonkeyPatch, is_kept: bool):
    monkeypatch.setattr(keeping, "BEHIND_MOST", 1)
    found()
    take(LAMPS)
    for month, line in SAID:
        as_the_entries_say()
        if is_kept:
            keep_sums()
            begin_anew()
            as_the_entries_say()
        post(line, recorded_at=datetime(2026, month, 3, tzinfo=UTC))
    as_the_entries_say()
    begin_anew()
    as_the_entries_say()


def test_nothing_that_is_said_later_changes_a_month_that_is_over():
    found()
    take(LAMPS)
    told: dict[str, list[Months]] = {}
    for month, line in SAID:
        post(line, recorded_at=datetime(2026, month, 3, tzinfo=UTC))
        told[f"2026-{month:02}"] = [paid_as_taken_in(months_of), paid_as_taken_in(grants_of), spent_as_taken_in(months_of)]
    last = told["2026-05"]
    assert all(set(one) > {"2026-01", "2026-02"} for one in last)
    for now, sums in told.items():
        assert sums == [{month: one for month, one in whole.items() if month <= now} for whole in last]


def test_up_to_a_month_is_all_that_was_taken_in_until_its_end():
    found()
    take(LAMPS)
    first = paid_as_taken_in(lambda sums: sums.up_to("2026-01"))["CNY", "SHOPS"]
    for month, line in SAID:
        post(line, recorded_at=datetime(2026, month, 3, tzinfo=UTC))
    until = [
        paid_as_taken_in(lambda sums, at=at: sums.up_to(at))["CNY", "SHOPS"]
        for at in ("2026-01", "2026-02", "2026-03", "2026-05")
    ]
    assert until == [first, first + 2000, first + 700, first]
    assert paid_as_taken_in(lambda sums: sums.up_to("2025-12")) == {}
