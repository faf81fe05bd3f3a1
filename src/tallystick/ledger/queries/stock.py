"""The stock: what passed and what lies where, as it stands; what was added up to an act is kept, and only what was said since is read.

A stock that is kept belongs to the act up to which it was taken. Where these books hold another act in its place, as restored ones
may, all is added up anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db import connection

from tallystick.core.custody.book import TRANSIT
from tallystick.core.flow import Flow, Swap
from tallystick.core.turnover import Gathering, Names, Sums, apart, folded_hand, is_hand
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.flows import Extent, extent_since, flows_since, on_the_road, swaps_since, whole
from tallystick.ledger.queries.state import streamed
from tallystick.ledger.queries.summed import extent_read, read_plain, read_text
from tallystick.people.queries import kinds_of

FOLDED_FROM, SHOWN = 20, 7
"""A kind with more hands than the first is folded, but for the second of each unit."""

KEPT = """
    SELECT s.act_id, s.digest, s.sums FROM ledger_stocktaking s JOIN journal_act a ON a.id = s.act_id AND a.digest = s.digest
"""
LAST = "SELECT id, digest FROM journal_act ORDER BY id DESC LIMIT 1"
# What lies in every account but those of tallies, and what ever came into it; the index by taker has all that is summed here.
SIZES = r"""
    SELECT a.holder, a.unit_id, a.balance, COALESCE(s.high, 0), COALESCE(s.low, 0)
      FROM ledger_account a
      LEFT JOIN (SELECT m.taker_id, CAST(SUM(m.amount >> 32) AS bigint) AS high, CAST(SUM(m.amount & 4294967295) AS bigint) AS low
                   FROM ledger_move m GROUP BY m.taker_id) s ON s.taker_id = a.id
     WHERE a.holder NOT LIKE '@transit:%%' ESCAPE '\'
"""
# What the acts since an act moved into holders' hands, and out of them.
SHIFTED = """
    SELECT a.holder, a.unit_id, CAST(SUM(m.amount >> 32) AS bigint), CAST(SUM(m.amount & 4294967295) AS bigint)
      FROM ledger_move m JOIN ledger_account a ON a.id = m.{end} WHERE m.entry_id > %s GROUP BY 1, 2
"""
# Whoever had an account opened since, with all their units and the first account they had in each.
OPENED = r"""
    SELECT holder, unit_id, MIN(id), MAX(id) FROM ledger_account
     WHERE holder IN (SELECT n.holder FROM ledger_account n WHERE n.id > %s AND n.holder NOT LIKE '@%%' ESCAPE '\')
     GROUP BY holder, unit_id
"""
LAST_ACCOUNT = "SELECT COALESCE(MAX(id), 0) FROM ledger_account"

Hands = Counter[tuple[str, tuple[str, ...]]]
"""How many hands of a kind are folded, by the units in which they have accounts."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock as of the act `act`.

    `stays` says, for each kind that is folded, which hands stay by themselves; `sums` are folded so, without what is on the road.
    `told_apart_at` is how many entries there were when that was chosen. `lying` is what lies with each sort of holder, by
    (unit, sort). `turned` is what each hand did since the act `kept_at`, up to which turnovers are kept, and which is 0 where none
    are; `kept_count` is how many entries there were then.
    """

    act: int
    digest: bytes
    stays: dict[str, frozenset[str]]
    sums: Sums
    lying: Counter[tuple[str, str]]
    hands: Hands
    last_account: int
    extent: Extent
    told_apart_at: int = 0
    kept_at: int = 0
    kept_count: int = 0
    turned: dict[str, Sums] = field(default_factory=dict)

    def folded_counts(self, units: Iterable[str]) -> dict[str, int]:
        """How many hands stand under each name of folded ones, of those who have an account in one of these units."""
        asked, counts = set(units), Counter[str]()
        for (kind, mine), count in self.hands.items():
            if asked & set(mine):
                counts[folded_hand(kind)] += count
        return dict(counts)


NOTHING = Stock(0, b"", {}, Sums(), Counter(), Counter(), 0, Extent(0, 0, None))
_seen: dict[str, Stock] = {}  # by the name of the database: the stock as this process saw it last


def stock_now() -> Stock:
    """The stock as it stands, kept or not; adds up what was said since it was taken, and all moves where it never was."""
    books = str(connection.settings_dict["NAME"])
    with snapshot():
        kept_at, last, digest = _ends()
        seen = _seen.get(books, NOTHING)
        if (seen.act, seen.digest, seen.kept_at) == (last, digest, kept_at):
            return seen
        found = _brought_up(kept_stock() or _anew(), last=last, digest=digest)
    _seen[books] = found
    return found


def stock_anew() -> Stock:
    """The stock as it stands, from all moves, whatever is kept."""
    with snapshot():
        _, last, digest = _ends()
        return _brought_up(_anew(), last=last, digest=digest)


def road_now(stock: Stock) -> Iterator[Flow]:
    """What is on the road, between the hands that the stock tells apart."""
    flows = list(on_the_road())
    names = Names(stock.stays, kinds_of({flow.giver for flow in flows}))
    return (flow._replace(giver=names[flow.giver]) for flow in flows)


def turnovers(hands: Iterable[str]) -> dict[str, Sums]:
    """What went in and out of each of these hands as it stands, without what is on the road.

    A stock that was read before may have been kept since, with its turnovers: they are read together with the stock they belong to.
    """
    found = {hand: Sums() for hand in hands}
    with snapshot():
        stock = stock_now()
        if stock.kept_at:
            found |= kept_turnovers(list(found))
    for hand in found.keys() & stock.turned.keys():
        found[hand].take_in(stock.turned[hand])
    return found


def kept_turnovers(hands: list[str]) -> dict[str, Sums]:
    """What is kept of these hands."""
    condition, value = among(hands)
    rows = ask(f"SELECT holder, sums FROM ledger_turnover WHERE holder {condition}", [value])()
    return {hand: read_plain(read_text(sums)) for hand, sums in rows}


def kept_stock() -> Stock | None:
    """The stock that was kept last, where these books still hold the act up to which it was taken."""
    for act, digest, text in ask(KEPT)():
        kept = read_text(text)
        return Stock(
            act,
            bytes(digest),
            {kind: frozenset(hands) for kind, hands in kept["stays"].items()},
            read_plain(kept["sums"]),
            Counter({(unit, sort): int(amount) for unit, sort, amount in kept["lying"]}),
            Counter({(kind, tuple(units)): count for kind, units, count in kept["hands"]}),
            kept["last_account"],
            extent := extent_read(kept["extent"]),
            told_apart_at=kept["told_apart_at"],
            kept_at=act,
            kept_count=extent.entry_count,
        )
    return None


def _ends() -> tuple[int, int, bytes]:
    """The act up to which the stock is kept, and the last there is with its digest."""
    rows = ask(f"SELECT k.act_id, l.id, l.digest FROM ({LAST}) l LEFT JOIN ({KEPT}) k ON k.act_id <= l.id")()
    for kept_at, last, digest in rows:
        return kept_at or 0, last, bytes(digest)
    return 0, 0, b""


def _anew() -> Stock:
    """The stock of books of which nothing was added up: who stays apart, and what lies where. Nothing has passed in it yet."""
    kinds = kinds_of()
    sizes: Counter[tuple[str, str]] = Counter()
    lying: Counter[tuple[str, str]] = Counter()
    units: dict[str, set[str]] = defaultdict(set)
    for holder, unit, balance, high, low in streamed(SIZES):
        lying[unit, sort_of(holder, kinds)] += balance
        if is_hand(holder):
            sizes[holder, unit] += 2 * whole(high, low) - balance
            units[holder].add(unit)
    for flow in on_the_road():
        lying[flow.unit, "tally"] += flow.amount
    stays = apart(sizes, kinds, most=FOLDED_FROM, shown=SHOWN)
    hands: Hands = Counter()
    for hand, mine in units.items():
        if _is_folded(hand, kinds[hand], stays=stays):
            hands[kinds[hand], tuple(sorted(mine))] += 1
    ((last_account,),) = ask(LAST_ACCOUNT)()
    return replace(NOTHING, stays=stays, sums=Sums(), lying=lying, hands=hands, last_account=last_account)


def _brought_up(stock: Stock, *, last: int, digest: bytes) -> Stock:
    """The stock with what the acts since changed in it."""
    if stock.act == last:
        return stock
    if stock.act:
        stock = _shifted(stock)
        flows: Iterable[Flow] = list(flows_since(stock.act))
        swaps: Iterable[Swap] = list(swaps_since(stock.act))
        kinds = kinds_of(ends_of(flows) | ends_of(swaps))
    else:
        flows, swaps, kinds = flows_since(0), swaps_since(0), kinds_of()
    gathering = Gathering(Names(stock.stays, kinds), stock.sums)
    gathering.run(flows)
    gathering.turn(swaps)
    extent = extent_since(stock.act, before=stock.extent)
    told_apart_at = stock.told_apart_at or extent.entry_count
    return replace(stock, act=last, digest=digest, extent=extent, told_apart_at=told_apart_at, turned=dict(gathering.hands))


def _shifted(stock: Stock) -> Stock:
    """The stock with what lies where and who is there, after the acts since."""
    rows = [
        (holder, unit, sign * whole(high, low))
        for sign, end in ((1, "taker_id"), (-1, "giver_id"))
        for holder, unit, high, low in streamed(SHIFTED.format(end=end), (stock.act,))
    ]
    opened: dict[str, dict[str, int]] = defaultdict(dict)
    last_account = stock.last_account
    for holder, unit, first, last in streamed(OPENED, (stock.last_account,)):
        opened[holder][unit] = first
        last_account = max(last_account, last)
    kinds = kinds_of({holder for holder, _, _ in rows if is_hand(holder)} | opened.keys())
    for holder, unit, amount in rows:
        stock.lying[unit, sort_of(holder, kinds)] += amount
    for hand, firsts in opened.items():
        before = [unit for unit, first in firsts.items() if first <= stock.last_account]
        if _is_folded(hand, kinds[hand], stays=stock.stays):
            stock.hands[kinds[hand], tuple(sorted(before))] -= 1
            stock.hands[kinds[hand], tuple(sorted(firsts))] += 1
    return replace(stock, last_account=last_account)


def _is_folded(hand: str, kind: str, *, stays: dict[str, frozenset[str]]) -> bool:
    return kind in stays and hand not in stays[kind]


def ends_of(passed: Iterable[Flow | Swap]) -> set[str]:
    """Who gave and who took."""
    return {end for one in passed for end in (one.giver, one.taker)}


def sort_of(holder: str, kinds: dict[str, str]) -> str:
    """A party's kind; `tally` on the road; of the books' own accounts what stands before the colon."""
    if holder.startswith(TRANSIT):
        return "tally"
    return kinds[holder] if is_hand(holder) else holder.partition(":")[0]
