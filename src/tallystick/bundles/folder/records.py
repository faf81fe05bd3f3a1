"""Rows to records: one builder for each file but moves.csv."""

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from tallystick.bundles.folder.fault import Faults
from tallystick.bundles.folder.layout import AUTHORISATIONS, COLUMNS, EARMARKS, GRANTS, LEGS, PARTIES, UNITS, VISITS, VOUCHES
from tallystick.bundles.folder.row import Row, UnitPlaces
from tallystick.bundles.folder.text import read_code, read_optional_code, read_party, read_text
from tallystick.bundles.folder.values import one_of, optional, read_limits, read_percent, read_yes_no, whole
from tallystick.core.authorisation import Authorisation
from tallystick.core.corridor import Leg
from tallystick.core.earmark import Earmark
from tallystick.core.grant import Grant
from tallystick.core.moment import read_date
from tallystick.core.party import PARTY_KINDS, Party
from tallystick.core.refusal import Refusal
from tallystick.core.unit import PLACES_MAX, Unit, UnitKind
from tallystick.core.visit import Visit
from tallystick.core.vouch import VOUCH_WORDS, Vouch

R = TypeVar("R")

WHOLE_MAX = 999_999_999
DAYS_MAX = 3_650
YEARS_MAX = 150
UNIT_KIND = one_of(UnitKind)
PARTY_KIND = one_of(PARTY_KINDS)
VOUCH_WORD = one_of(VOUCH_WORDS)
PLACES = whole(0, PLACES_MAX)
COUNT = whole(0, WHOLE_MAX)


class RowTwice(Refusal):
    code = "row_twice"
    words = "“{asked}” stands here for the second time; the first is on line {first}."
    expected = "each {column_name} once"


class Located(NamedTuple, Generic[R]):
    """A record and the line it was read from."""

    record: R
    line: int


class Table(Protocol):
    """The rows of a file or sheet in FORMAT's order of columns; see CsvTable."""

    file: str
    place: str
    whole: bool
    faults: Faults

    def rows(self) -> Iterator[tuple[int, tuple[str, ...]]]: ...


def read_records(table: Table, units: UnitPlaces) -> list[Located[Any]]:
    """The records of a table that can be read; the faults of the others go to the table's own."""
    build, key = BUILDERS[table.file]
    records: list[Located[Any]] = []
    first_lines: dict[str, int] = {}
    for line, cells in table.rows():
        row = Row(cells, columns=COLUMNS[table.file], place=table.place, line=line, faults=table.faults)
        record = build(row, units)
        if key:
            _check_once(row, key, first_lines=first_lines)
        if not row.broken:
            records.append(Located(record, line))
    return records


def read_units(table: Table) -> tuple[list[Located[Unit]], UnitPlaces]:
    """The units, and what the other tables need to know of them."""
    places = UnitPlaces()
    units = read_records(table, places)
    for unit, _ in units:
        places.know(unit)
    places.complete = table.whole
    return units, places


def _check_once(row: Row, key: str, *, first_lines: dict[str, int]) -> None:
    first = first_lines.setdefault(row[key], row.line)
    if first != row.line and row[key]:
        row.refuse(RowTwice(asked=row[key], first=first, column_name=key), key)


def _unit(row: Row, units: UnitPlaces) -> Unit:
    unit = Unit(
        unit=row.read("unit", read_code),
        kind=row.read("kind", UNIT_KIND),
        places=row.read("places", PLACES),
        name=row.read("name", read_text),
        hs_code=row.read("hs_code", read_text),
    )
    if row.broken:
        units.doubtful.add(row["unit"])
    return unit


def _party(row: Row, units: UnitPlaces) -> Party:
    return Party(
        party=row.read("party", read_party),
        kind=row.read("kind", PARTY_KIND),
        place=row.read("place", read_text),
        holding_limit=row.read("holding_limit", lambda text: read_limits(text, units.places_of)),
        note=row.read("note", read_text),
    )


def _earmark(row: Row, units: UnitPlaces) -> Earmark:
    return Earmark(
        earmark=row.read("earmark", read_code),
        donor=row.read("donor", read_party),
        unit=row.read_unit(units)[0],
        purpose=row.read("purpose", read_text),
    )


def _authorisation(row: Row, units: UnitPlaces) -> Authorisation:
    unit, places = row.read_unit(units)
    return Authorisation(
        authorisation=row.read("authorisation", read_code),
        jurisdiction=row.read("jurisdiction", read_text),
        issuer=row.read("issuer", read_text),
        basis=row.read("basis", read_text),
        purpose=row.read("purpose", read_text),
        valid_from=row.read("valid_from", read_date),
        valid_until=row.read("valid_until", read_date),
        unit=unit,
        ceiling=row.read_amount("ceiling", unit=unit, places=places),
    )


def _leg(row: Row, units: UnitPlaces) -> Leg:
    unit, places = row.read_unit(units)
    return Leg(
        leg=row.read("leg", read_code),
        from_place=row.read("from_place", read_text),
        to_place=row.read("to_place", read_text),
        mode=row.read("mode", read_text),
        commission_ppm=row.read("commission_percent", read_percent),
        commission_fixed=row.read_amount("commission_fixed", unit=unit, places=places),
        unit=unit,
        days=row.read("days", whole(0, DAYS_MAX)),
        limit_each=row.read_amount("limit_each", unit=unit, places=places) if row["limit_each"] else None,
        authorisation=row.read("authorisation", read_optional_code),
    )


def _grant(row: Row, units: UnitPlaces) -> Grant:
    unit, places = row.read_unit(units)
    return Grant(
        grant=row.read("grant", read_code),
        recipient=row.read("recipient", read_party),
        venture=row.read("venture", read_text),
        earmark=row.read("earmark", read_code),
        authorisation=row.read("authorisation", read_code),
        unit=unit,
        amount=row.read_amount("amount", unit=unit, places=places),
        tranches=row.read("tranches", whole(1, WHOLE_MAX)),
    )


def _vouch(row: Row, units: UnitPlaces) -> Vouch:
    del units  # a vouch is worth no money
    return Vouch(
        recipient=row.read("recipient", read_party),
        referee=row.read("referee", read_party),
        tie=row.read("tie", read_text),
        known_years=row.read("known_years", optional(whole(0, YEARS_MAX))),
        said_on=row.read("said_on", read_date),
        word=row.read("word", VOUCH_WORD),
    )


def _visit(row: Row, units: UnitPlaces) -> Visit:
    amounts = {column: row[column] for column in ("takings_month", "informal_payments_month")}
    unit, places = row.read_unit(units) if row["unit"] or any(amounts.values()) else ("", None)
    read = {c: row.read_amount(c, unit=unit, places=places) if text else None for c, text in amounts.items()}
    return Visit(
        grant=row.read("grant", read_code),
        visited_on=row.read("visited_on", read_date),
        trading=row.read("trading", read_yes_no),
        takings_month=read["takings_month"],
        unit=unit,
        jobs=row.read("jobs", optional(COUNT)),
        informal_payments_month=read["informal_payments_month"],
        shock=row.read("shock", read_text),
        helped_others=row.read("helped_others", optional(COUNT)),
    )


BUILDERS: dict[str, tuple[Callable[[Row, UnitPlaces], object], str]] = {
    UNITS: (_unit, "unit"),
    PARTIES: (_party, "party"),
    EARMARKS: (_earmark, "earmark"),
    AUTHORISATIONS: (_authorisation, "authorisation"),
    LEGS: (_leg, "leg"),
    GRANTS: (_grant, "grant"),
    VOUCHES: (_vouch, ""),
    VISITS: (_visit, ""),
}
"""How a row of each file becomes a record, and the column whose values stand there once; vouches and visits have none."""
