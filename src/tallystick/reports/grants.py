"""The grants as a list, with how each stands, and what outstanding promises hold back of what their earmarks have.

How much of a promise stands paid is asked of the books; nothing of it is stored.
"""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection

from tallystick.core.promise import GrantState
from tallystick.core.unit import UnitKind
from tallystick.core.valuation import Valuation, valuation_of
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.journal.queries import last_digest
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.payouts import PAID_BY_BALANCE, PAID_BY_MOVES, in_hand, touched_since
from tallystick.ledger.queries.records import programme, units
from tallystick.ledger.queries.running import Running
from tallystick.ledger.queries.state import streamed
from tallystick.ledger.queries.traded import traded

GRANT = {"grant": "g.code", "recipient": "g.recipient_id", "unit": "g.unit", "earmark": "g.earmark"}
# What the tranches come to that wait for nothing; all of the promise where none were planned.
RELEASED = """
    COALESCE((SELECT SUM(t.amount) FROM grants_tranche t
               WHERE t.grant_id = g.code
                 AND NOT EXISTS (SELECT 1 FROM grants_tranche w
                                  WHERE w.grant_id = g.code AND w.number <= t.number AND w.condition <> 'none'
                                    AND NOT EXISTS (SELECT 1 FROM grants_trancherelease r
                                                     WHERE r.grant_id = g.code AND r.number = w.number))), g.amount)
"""
STANDING = f"""
    SELECT g.act_id AS place, g.code AS code, g.recipient_id AS recipient, g.venture AS venture, g.earmark AS earmark,
           g.unit AS unit, g.amount AS amount,
           CASE WHEN EXISTS (SELECT 1 FROM grants_grant o WHERE o.recipient_id = g.recipient_id AND o.code <> g.code)
                THEN {PAID_BY_MOVES.format(**GRANT)} ELSE {PAID_BY_BALANCE.format(**GRANT)} END AS paid,
           {RELEASED} AS released,
           CASE WHEN EXISTS (SELECT 1 FROM grants_cancellation c WHERE c.grant_id = g.code) THEN 1 ELSE 0 END AS cancelled
      FROM grants_grant g
"""
STATES = {
    GrantState.OPEN: "cancelled = 0 AND paid < released AND paid < amount",
    GrantState.WAITING: "cancelled = 0 AND paid >= released AND paid < amount",
    GrantState.PAID: "cancelled = 0 AND paid >= amount",
    GrantState.CANCELLED: "cancelled = 1",
}
CAN_WAIT = "g.code IN (SELECT w.grant_id FROM grants_tranche w WHERE w.condition <> 'none')"
LIST = "SELECT * FROM ({standing} WHERE {these}) s WHERE {state} ORDER BY place DESC LIMIT %s"
OUTSTANDING = (
    f"SELECT code, earmark, unit, amount - paid FROM ({STANDING} WHERE {{these}}) s WHERE cancelled = 0 AND paid < amount"
)
SAID_OF = """
    SELECT code FROM grants_grant WHERE act_id > %s
     UNION
    SELECT grant_id FROM grants_cancellation WHERE act_id > %s
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A grant as the list shows it. `place` is the act that promised it; amounts are smallest parts of the unit promised."""

    place: int
    grant: str
    recipient: str
    venture: str
    earmark: str
    unit: str
    amount: int
    paid: int
    released: int
    is_cancelled: bool

    @property
    def outstanding(self) -> int:
        return 0 if self.is_cancelled else max(self.amount - self.paid, 0)

    @property
    def state(self) -> GrantState:
        if self.is_cancelled:
            return GrantState.CANCELLED
        if not self.outstanding:
            return GrantState.PAID
        return GrantState.OPEN if self.paid < self.released else GrantState.WAITING


@dataclass(frozen=True, slots=True)
class HeldBack:
    """One unit of one earmark: what is promised and not paid, to how many grants, and what custodians have of it in hand."""

    unit: str
    places: int
    grant_count: int
    outstanding: int
    in_hand: int


@dataclass(frozen=True, slots=True)
class EarmarkPromised:
    """One earmark by its units, and both sides in the reporting unit at the earmark's own rates.

    `unvalued` are units for which the earmark has no rate; they are in neither sum.
    """

    earmark: str
    rows: tuple[HeldBack, ...]
    outstanding: Fraction
    in_hand: Fraction
    unvalued: tuple[str, ...]

    @property
    def left(self) -> Fraction:
        return self.in_hand - self.outstanding


@dataclass(frozen=True, slots=True)
class Promised:
    """Every earmark that has a promise outstanding or anything in hand."""

    reporting_unit: str
    places: int
    earmarks: tuple[EarmarkPromised, ...]


def grants_listed(
    *, most: int, before: int = 0, earmark: str = "", recipient: str = "", state: GrantState | None = None
) -> list[Listed]:
    """The grants that fit, the latest promised first, at most so many of those promised `before` an act; one question."""
    these: list[str] = [CAN_WAIT] if state is GrantState.WAITING else []
    params: list[Any] = []
    for condition, value in (("g.act_id < %s", before), ("g.earmark = %s", earmark), ("g.recipient_id = %s", recipient)):
        if value:
            these.append(condition)
            params.append(value)
    sql = LIST.format(standing=STANDING, these=" AND ".join(these) or "1 = 1", state=STATES[state] if state else "1 = 1")
    rows = ask(sql, [*params, most])()
    return [Listed(*(*row[:7], int(row[7]), int(row[8]), bool(row[9]))) for row in rows]


_kept: dict[str, tuple[bytes, Promised]] = {}  # by the name of the database: up to which act it was reckoned last


def promised() -> Promised | None:
    """What outstanding promises hold back, earmark by earmark; None before the programme is opened.

    Everything in it follows from the acts, so it is reckoned anew only when something was said since this process did.
    """
    books = str(connection.settings_dict["NAME"])
    with snapshot():
        said = last_digest()
        kept, found = _kept.get(books, (b"", None))
        if found is None or kept != said:
            found = _promised_now()
    if found is not None:
        _kept[books] = said, found
    return found


def _promised_now() -> Promised | None:
    opened, known = programme(), units()
    if opened is None:
        return None
    gifts, swaps = traded()
    promises = outstanding_grants.read(_by_earmark)
    hands = in_hand()
    goods = {code for code, unit in known.items() if unit.kind == UnitKind.GOODS}
    valuation = valuation_of(swaps, flows=gifts, goods=goods, reporting_unit=opened.reporting_unit)
    rows: dict[str, list[HeldBack]] = defaultdict(list)
    for earmark, unit in sorted(promises.keys() | hands.keys()):
        count, outstanding = promises.get((earmark, unit), (0, 0))
        rows[earmark].append(HeldBack(unit, known[unit].places, count, outstanding, hands.get((earmark, unit), 0)))
    found = tuple(_earmark(earmark, mine, valuation=valuation) for earmark, mine in rows.items())
    return Promised(opened.reporting_unit, known[opened.reporting_unit].places, found)


def _by_earmark(state: dict[str, tuple[str, str, int]]) -> dict[tuple[str, str], tuple[int, int]]:
    """(earmark, unit) to how many grants have something outstanding, and how much together."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for earmark, unit, outstanding in state.values():
        counts[earmark, unit] += 1
        sums[earmark, unit] += outstanding
    return {place: (counts[place], sums[place]) for place in counts}


def _advance(state: dict[str, tuple[str, str, int]], *, after: int) -> None:
    """Ask anew of every grant that was promised or cancelled since, or under which something was paid or taken back."""
    these, params = "1 = 1", list[object]()
    if after:
        touched = {grant for (grant,) in ask(SAID_OF, [after, after])()} | touched_since(after)
        for grant in touched:
            state.pop(grant, None)
        condition, value = among(touched)
        these, params = f"g.code {condition}", [value]
    for grant, earmark, unit, outstanding in streamed(OUTSTANDING.format(these=these), tuple(params)):
        state[grant] = earmark, unit, int(outstanding)


outstanding_grants: Running[dict[str, tuple[str, str, int]]] = Running("outstanding", dict, advance=_advance)
"""Every grant with something outstanding: its earmark, its unit, and how much."""


def _earmark(earmark: str, rows: list[HeldBack], *, valuation: Valuation) -> EarmarkPromised:
    rates = {row.unit: valuation.rate(unit=row.unit, earmark=earmark) for row in rows}
    outstanding, hands = Fraction(0), Fraction(0)
    for row in rows:
        rate = rates[row.unit]
        if rate is not None:
            outstanding += rate * row.outstanding
            hands += rate * row.in_hand
    unvalued = tuple(unit for unit, rate in rates.items() if rate is None)
    return EarmarkPromised(earmark, tuple(rows), outstanding, hands, unvalued)
