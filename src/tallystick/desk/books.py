"""Wishes that begin books: the programme, a unit, an earmark, a party."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tallystick.bundles.folder.text import read_name, read_text
from tallystick.core.code_name import CodeTaken
from tallystick.core.earmark import Earmark
from tallystick.core.party import Party
from tallystick.core.programme import Programme, ProgrammeStands
from tallystick.core.unit import Unit
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.journal.queries import is_rehearsal
from tallystick.ledger.actions import define_unit, open_earmark, open_programme
from tallystick.people.actions import make_party

SUBJECT_LENGTH = 64


@dataclass(frozen=True, slots=True)
class ProgrammeWish:
    """What the books are kept for; whether it is a rehearsal, the books were made with."""

    name: str
    home: str
    reporting_unit: str
    opened: date


@dataclass(frozen=True, slots=True)
class PartyWish:
    """A party under a code name; what it may hold is another wish, for two."""

    party: str
    kind: str
    place: str = ""
    note: str = ""


def begin_programme(wish: ProgrammeWish, deed: Deed) -> Done:
    """Raises ProgrammeStands, HomeUnfit, UnitUnknown, and what a text may not be."""
    name = read_name(wish.name)
    opened = Programme(name, is_rehearsal(), wish.home, wish.reporting_unit, wish.opened)
    open_programme(opened, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.name[:SUBJECT_LENGTH])


def add_unit(wish: Unit, deed: Deed) -> Done:
    """Raises what ledger/actions.py does, and what a text may not be."""
    read_name(wish.name)
    define_unit(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.unit)


def add_earmark(wish: Earmark, deed: Deed) -> Done:
    read_text(wish.purpose)
    open_earmark(wish, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.earmark)


def add_party(wish: PartyWish, deed: Deed) -> Done:
    party = Party(wish.party, wish.kind, read_text(wish.place), note=read_text(wish.note))
    make_party(party, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.party)


def facts_of_programme(wish: ProgrammeWish) -> list[tuple[str, str]]:
    return [
        ("name", wish.name), ("home", wish.home), ("reporting unit", wish.reporting_unit), ("opened", wish.opened.isoformat()),
    ]  # fmt: skip


def facts_of_unit(wish: Unit) -> list[tuple[str, str]]:
    return [
        ("unit", wish.unit),
        ("kind", wish.kind),
        ("name", wish.name),
        ("decimals", str(wish.places)),
        ("HS code", wish.hs_code),
    ]


def facts_of_earmark(wish: Earmark) -> list[tuple[str, str]]:
    return [("earmark", wish.earmark), ("donor", wish.donor), ("unit", wish.unit), ("purpose", wish.purpose)]


def facts_of_party(wish: PartyWish) -> list[tuple[str, str]]:
    return [("code name", wish.party), ("kind", wish.kind), ("place", wish.place), ("note", wish.note)]


def donor_of(wish: Earmark) -> Collection[str]:
    return (wish.donor,)


PROGRAMME = WishKind(
    "programme", ProgrammeWish, begin_programme, subject=lambda wish: str(wish.name[:SUBJECT_LENGTH]), facts=facts_of_programme,
    refused_as=(ProgrammeStands,),
)  # fmt: skip
UNIT = WishKind("unit", Unit, add_unit, subject=lambda wish: str(wish.unit), facts=facts_of_unit, refused_as=(CodeTaken,))
EARMARK = WishKind(
    "earmark", Earmark, add_earmark, subject=lambda wish: str(wish.earmark), parties=donor_of, facts=facts_of_earmark,
    refused_as=(CodeTaken,),
)  # fmt: skip
PARTY = WishKind(
    "party", PartyWish, add_party, subject=lambda wish: str(wish.party), facts=facts_of_party, refused_as=(CodeTaken,)
)
