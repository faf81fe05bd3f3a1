"""What is written into a programme folder: records and posted entries, and the rows they make."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.bundles.folder.layout import (
    AUTHORISATIONS,
    EARMARKS,
    GRANTS,
    LEGS,
    MOVES,
    PARTIES,
    PROGRAMME_KEYS,
    UNITS,
    VISITS,
    VOUCHES,
)
from tallystick.bundles.folder.values import show_limits, show_percent
from tallystick.core.amount import show_amount
from tallystick.core.authorisation import Authorisation
from tallystick.core.corridor import Leg
from tallystick.core.earmark import Earmark
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.grant import Grant
from tallystick.core.party import Party
from tallystick.core.programme import FOLDER_FORMAT, Programme
from tallystick.core.unit import Unit
from tallystick.core.visit import Visit
from tallystick.core.vouch import Vouch

Cells = tuple[str, ...]
Places = dict[str, int]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a folder says. `records` has each file's records in the order in which they are to stand, all but moves.csv.

    Every unit that anything names is among the units. `entries` is run through once.
    """

    programme: Programme
    records: Mapping[str, Sequence[Any]]
    entries: Iterable[PostedEntry]


def programme_values(programme: Programme) -> dict[str, Any]:
    """The programme's keys in FORMAT's order, with values that TOML has words for."""
    values = {"format": FOLDER_FORMAT} | {key: getattr(programme, key) for key in PROGRAMME_KEYS[1:]}
    assert tuple(values) == PROGRAMME_KEYS
    return values


def rows_of(content: Content, file: str) -> Iterator[Cells]:
    """The rows of one file in FORMAT's order of columns, without its header."""
    places = {unit.unit: unit.places for unit in content.records[UNITS]}
    if file == MOVES:
        return (cells for entry in content.entries for cells in _entry_rows(entry, places))
    return (ROWS[file](record, places) for record in content.records[file])


def _entry_rows(entry: PostedEntry, places: Places) -> Iterator[Cells]:
    assert entry.happened_at.utcoffset() is not None, "a moment in the books keeps its offset"
    happened_at = entry.happened_at.isoformat()
    for move in entry.moves:
        giver, taker = written_ends(move)
        amount = show_amount(move.amount, places[move.unit])
        ends = (move.kind, giver, taker, move.unit, amount)
        yield happened_at, entry.reference, *ends, move.earmark, move.grant, move.authorisation, move.note


def written_ends(move: Move) -> tuple[str, str]:
    """(giver, taker) as the row names them: the party in the place of the tally's transit account, where one was named."""
    if not move.named:
        return move.giver, move.taker
    return (move.giver, move.named) if move.kind == Kind.DISPATCH else (move.named, move.taker)


def _unit(unit: Unit, places: Places) -> Cells:
    del places
    return unit.unit, unit.kind, str(unit.places), unit.name, unit.hs_code


def _party(party: Party, places: Places) -> Cells:
    return party.party, party.kind, party.place, show_limits(party.holding_limit, places), party.note


def _earmark(earmark: Earmark, places: Places) -> Cells:
    del places
    return earmark.earmark, earmark.donor, earmark.unit, earmark.purpose


def _authorisation(basis: Authorisation, places: Places) -> Cells:
    words = (basis.authorisation, basis.jurisdiction, basis.issuer, basis.basis, basis.purpose)
    dates = (basis.valid_from.isoformat(), basis.valid_until.isoformat())
    return *words, *dates, basis.unit, show_amount(basis.ceiling, places[basis.unit])


def _leg(leg: Leg, places: Places) -> Cells:
    fixed = show_amount(leg.commission_fixed, places[leg.unit]) if leg.commission_fixed else "0"
    tariff = (show_percent(leg.commission_ppm), fixed, leg.unit, str(leg.days), _amount(leg.limit_each, leg.unit, places=places))
    return leg.leg, leg.from_place, leg.to_place, leg.mode, *tariff, leg.authorisation


def _grant(grant: Grant, places: Places) -> Cells:
    promise = (grant.unit, show_amount(grant.amount, places[grant.unit]), str(grant.tranches))
    return grant.grant, grant.recipient, grant.venture, grant.earmark, grant.authorisation, *promise


def _vouch(vouch: Vouch, places: Places) -> Cells:
    del places
    years = _count(vouch.known_years)
    return vouch.recipient, vouch.referee, vouch.tie, years, vouch.said_on.isoformat(), vouch.word


def _visit(visit: Visit, places: Places) -> Cells:
    takings, informal = (_amount(one, visit.unit, places=places) for one in (visit.takings_month, visit.informal_payments_month))
    trade = ("yes" if visit.trading else "no", takings, visit.unit, _count(visit.jobs), informal)
    return visit.grant, visit.visited_on.isoformat(), *trade, visit.shock, _count(visit.helped_others)


def _amount(parts: int | None, unit: str, *, places: Places) -> str:
    return "" if parts is None else show_amount(parts, places[unit])


def _count(number: int | None) -> str:
    return "" if number is None else str(number)


ROWS: dict[str, Callable[[Any, Places], Cells]] = {
    UNITS: _unit,
    PARTIES: _party,
    EARMARKS: _earmark,
    AUTHORISATIONS: _authorisation,
    LEGS: _leg,
    GRANTS: _grant,
    VOUCHES: _vouch,
    VISITS: _visit,
}
