"""How long value has lain in each hand, kept from look to look."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import pytest

from tallystick.core.flow import taken_back
from tallystick.core.layers import by_age, layers_of, limits_at
from tallystick.ledger.queries import ages
from tallystick.ledger.queries.ages import HandAges, hand_ages
from tallystick.ledger.queries.holdings import balances_now
from tallystick.ledger.queries.state import all_entries
from tests.books import LAMPS, found, post, take

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 4, 1, tzinfo=UTC)


def as_the_entries_say() -> None:
    came, entries = defaultdict(list), list(all_entries())
    gone = taken_back(entries)
    for posted in (posted for place, posted in enumerate(entries) if place not in gone):
        for move in posted.moves:
            came[move.taker, move.unit, move.earmark].append((posted.happened_at, move.amount))
    wanted = {
        key: by_age(layers_of(balance, reversed(came[key])), limits=limits_at(NOW))
        for key, balance in balances_now().items()
        if key[0] in {"OFFICE", "MAGPIE", "YANBANK", "DANBANK", "HERON", "CRANE", "SWALLOW", "WAGTAIL", "KILN"}
    }
    shown = {(one.holder, one.unit, one.earmark): one.amounts for one in hand_ages(NOW)}
    assert shown == wanted
    assert all(sum(amounts) == balances_now()[key] for key, amounts in shown.items())


def test_hands_are_as_old_as_their_arrivals_also_after_more_was_said():
    found()
    take(LAMPS)
    as_the_entries_say()
    post("H1   2 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS")
    as_the_entries_say()
    post("H2   31 March   handover   MAGPIE → OFFICE   USD 100.00   SHOPS")
    as_the_entries_say()


def test_what_was_handed_over_by_mistake_and_taken_back_has_lain_there_all_along(unmoved: None):
    post("E1   1 January   gift   HAEBARAGI → OFFICE   USD 100.00   SHOPS")
    assert [one.amounts for one in hand_ages(NOW)] == [(0, 0, 0, 100_00)]
    post("H1   28 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS   -   REH-MONEY")
    assert [(one.holder, one.amounts) for one in hand_ages(NOW)] == [("MAGPIE", (100_00, 0, 0, 0))]
    post("V1   30 March   reversal   MAGPIE → OFFICE   USD 100.00   SHOPS   -   -   H1")
    assert [(one.holder, one.amounts) for one in hand_ages(NOW)] == [("OFFICE", (0, 0, 0, 100_00))]
    as_the_entries_say()


def test_as_days_go_by_the_same_value_grows_older():
    found()
    take(LAMPS)
    post("H1   31 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS")
    grown = [
        next(one.amounts for one in hand_ages(NOW + timedelta(days=days)) if one.holder == "MAGPIE") for days in (0, 20, 60, 400)
    ]
    assert grown == [(10_000, 0, 0, 0), (0, 10_000, 0, 0), (0, 0, 10_000, 0), (0, 0, 0, 10_000)]


def test_what_was_told_for_one_moment_is_not_told_for_another():
    found()
    take(LAMPS)
    post("H1   31 March   handover   OFFICE → MAGPIE   USD 100.00   SHOPS")
    lying = ages._hands.read(lambda state: [(one.holder, one.unit, one.earmark, one.layers) for one in state.values()])
    for hours in (*range(0, 2_400, 37), 40, 0, 12, 9_000):
        now = NOW + timedelta(hours=hours)
        wanted = sorted(HandAges(*hand, by_age(layers, limits=limits_at(now))) for *hand, layers in lying)
        assert sorted(hand_ages(now)) == wanted
