"""How ventures fare: how many last, for how long, and what each kind takes in a month."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import connection

from tallystick.core.survival import (
    Lived,
    Median,
    Step,
    Takings,
    half_life,
    medians,
    months_between,
    product_limit,
    share_after,
)
from tallystick.core.venture import Fate, Venture, VentureEnd, fate_of
from tallystick.core.visit import Visit
from tallystick.journal.queries import last_digest
from tallystick.ledger.queries.payouts import first_payouts
from tallystick.ventures.queries import ends, ventures, visits

YEARS = (12, 24, 36)  # months after which the table tells how many last


@dataclass(frozen=True, slots=True)
class KindFigures:
    """The ventures of one kind: how many began and were seen since, how many of those ended, and the shares that last for YEARS."""

    kind: str
    seen: int
    ended: int
    shares: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class Survival:
    """`unseen` began and nobody has been there since; they are in no figure."""

    steps: tuple[Step, ...]
    half_life: int | None
    kinds: tuple[KindFigures, ...]
    takings: tuple[Median, ...]
    unseen: int

    @property
    def seen(self) -> int:
        return self.steps[0].at_risk if self.steps else 0


_kept: dict[
    str, tuple[bytes, Survival]
] = {}  # by the name of the database: up to which act it was reckoned last, and the figures


def survival() -> Survival:
    """The figures now; reckoned anew only when something was said since this process reckoned them."""
    books, digest = str(connection.settings_dict["NAME"]), last_digest()
    kept = _kept.get(books)
    if kept is None or kept[0] != digest:
        kept = _kept[books] = (digest, _reckoned())
    return kept[1]


def _reckoned() -> Survival:
    began, seen = first_payouts(), _visits_by_grant()
    fates = _fates(seen)
    known = ventures(grants=list(fates))
    lived: dict[str, list[Lived]] = defaultdict(list)
    for grant, fate in fates.items():
        day = began.get(grant)
        if day is not None and fate.until is not None and grant in known:
            lived[known[grant].kind].append(Lived(months_between(day, fate.until), fate.ended))
    steps = product_limit(one for ones in lived.values() for one in ones)
    kinds = tuple(_of_kind(kind, ones) for kind, ones in sorted(lived.items()))
    takings = medians(_takings(seen, known))
    return Survival(tuple(steps), half_life(steps), kinds, tuple(takings), unseen=len(began) - sum(one.seen for one in kinds))


def _of_kind(kind: str, lived: list[Lived]) -> KindFigures:
    steps = product_limit(lived)
    return KindFigures(kind, len(lived), sum(one.ended for one in lived), tuple(share_after(steps, year) for year in YEARS))


def _visits_by_grant() -> dict[str, list[Visit]]:
    found: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits():
        found[visit.grant].append(visit)
    return found


def _fates(seen: Mapping[str, list[Visit]]) -> dict[str, Fate]:
    said: dict[str, list[VentureEnd]] = defaultdict(list)
    for end in ends():
        said[end.grant].append(end)
    return {grant: fate_of(seen.get(grant, []), said.get(grant, [])) for grant in seen.keys() | said.keys()}


def _takings(seen: Mapping[str, list[Visit]], known: Mapping[str, Venture]) -> list[Takings]:
    """Of every venture that still traded at its last visit what it took then, or when it last said."""
    found = []
    for grant, ones in seen.items():
        last = max(ones, key=lambda one: one.visited_on)
        told = [one for one in ones if one.takings_month is not None]
        if last.trading and told and grant in known:
            latest = max(told, key=_day)
            assert latest.takings_month is not None
            found.append(Takings(known[grant].kind, latest.unit, latest.takings_month))
    return found


def _day(visit: Visit) -> date:
    return visit.visited_on
