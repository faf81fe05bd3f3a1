"""How long value has lain in custodians' hands, hand by hand; kept from one look to the next, and read anew where something moved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tallystick.core.layers import Layer, by_age, layers_of, limits_at, older_at
from tallystick.journal.bulk import among, read_moment
from tallystick.ledger.queries.holdings import ARRIVALS_MAX, ARRIVED, ARRIVED_AT_FEW, LATEST
from tallystick.ledger.queries.running import Running
from tallystick.ledger.queries.state import streamed

HANDS = "a.never_below_zero AND a.holder NOT LIKE '@%%'"
# From the entries on, as indexes by hand would lead SQLite through all moves there are.
TOUCHED = """
    SELECT DISTINCT {end} FROM ledger_entry e CROSS JOIN ledger_move m WHERE e.act_id > %s AND m.entry_id = e.act_id
"""
# The latest arrivals of each hand that were not taken back, as many as are looked at of any: see ledger/queries/holdings.py.
LAYERS = f"""
    SELECT a.id, a.holder, a.unit_id, a.earmark_id, a.balance, e.happened_at, m.amount
      FROM ledger_account a
     CROSS JOIN ledger_move m
      JOIN ledger_entry e ON e.act_id = m.entry_id
     WHERE {HANDS} AND {{which}} AND m.taker_id = a.id AND {{arrived}}
       AND m.entry_id >= (SELECT MIN(late.entry_id) FROM ({LATEST.format(arrivals_max=ARRIVALS_MAX, arrived="{arrived}")}) late)
     ORDER BY a.id, m.entry_id DESC, m.line DESC
"""


class HandAges(NamedTuple):
    """What lies in a hand, by how long: a number for every one of AGE_LIMITS and one for what is older; smallest parts."""

    holder: str
    unit: str
    earmark: str
    amounts: tuple[int, ...]


MOST_LATE = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class _Hand:
    """The layers of a hand, and its ages as they were told for a moment; they stand until the first layer grows older."""

    holder: str
    unit: str
    earmark: str
    layers: tuple[Layer, ...]
    told: HandAges | None = None
    since: datetime = MOST_LATE
    until: datetime = MOST_LATE

    def ages(self, now: datetime, limits: Sequence[datetime]) -> HandAges:
        if self.told is None or not self.since <= now < self.until:
            self.told = HandAges(self.holder, self.unit, self.earmark, by_age(self.layers, limits=limits))
            self.since, self.until = now, older_at(self.layers, now=now) or MOST_LATE
        return self.told


_Hands = dict[int, _Hand]


def _advance(state: _Hands, *, after: int) -> None:
    """Read the layers of every hand that was touched since."""
    if not after:
        state |= _layers("a.is_held", (), arrived=ARRIVED)
        return
    touched = {account for end in ("m.giver_id", "m.taker_id") for (account,) in streamed(TOUCHED.format(end=end), (after,))}
    for account in touched:
        state.pop(account, None)
    condition, value = among(touched)
    state |= _layers(f"a.is_held AND a.id {condition}", (value,), arrived=ARRIVED_AT_FEW)


def _layers(which: str, params: tuple[object, ...], *, arrived: str) -> _Hands:
    rows = streamed(LAYERS.format(which=which, arrived=arrived), params)
    return {
        account: _Hand(holder, unit, earmark, layers_of(balance, _arrivals(mine)))
        for (account, holder, unit, earmark, balance), mine in groupby(rows, key=itemgetter(0, 1, 2, 3, 4))
    }


def _arrivals(rows: Iterator[tuple[object, ...]]) -> Iterator[Layer]:
    return ((read_moment(row[5]), int(str(row[6]))) for row in rows)


_hands: Running[_Hands] = Running("ages", dict, advance=_advance)


def hand_ages(now: datetime) -> list[HandAges]:
    """Every custodian's hand with something in it, in no order."""
    limits = limits_at(now)
    return _hands.read(lambda state: [hand.ages(now, limits) for hand in state.values()])
