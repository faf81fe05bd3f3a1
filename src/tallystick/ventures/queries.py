"""Reading the ventures, visits, ends and covenants as core records, in the order in which they were said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from tallystick.core.covenant import Covenant as CovenantRecord
from tallystick.core.covenant import CovenantSeen as CovenantSeenRecord
from tallystick.core.covenant import CovenantState, covenant_state
from tallystick.core.venture import Venture as VentureRecord
from tallystick.core.venture import VentureEnd as EndRecord
from tallystick.core.visit import Visit as VisitRecord
from tallystick.grants.models import Grant
from tallystick.journal.bulk import among
from tallystick.ventures.models import Covenant, CovenantSeen, Venture, VentureEnd, Visit

FIELDS = (
    "grant_id", "visited_on", "trading", "takings_month", "unit", "jobs", "informal_payments_month", "shock", "helped_others",
)  # fmt: skip
COVENANT = ("code", "grant_id", "what", "how_many", "passes_to")
END_FIELDS = ("grant_id", "ended_on", "how", "note")
SEEN = ("covenant_id", "seen_on", "passed_on", "passes_to", "note")


@dataclass(frozen=True, slots=True)
class CovenantNow:
    """A covenant with all that was seen of it, the earliest day first; of two looks on one day the later said counts."""

    covenant: CovenantRecord
    seen: tuple[CovenantSeenRecord, ...]

    @property
    def state(self) -> CovenantState:
        return covenant_state(self.covenant.how_many, self.seen[-1].passed_on if self.seen else None)


def visits(*, using: str = "default") -> list[VisitRecord]:
    return [VisitRecord(*row) for row in Visit.objects.using(using).order_by("act_id").values_list(*FIELDS)]


def visits_of(grant: str, *, most: int) -> list[VisitRecord]:
    """The visits to what this grant started, the latest first."""
    rows = Visit.objects.filter(grant=grant).order_by("-visited_on", "-act_id").values_list(*FIELDS)
    return [VisitRecord(*row) for row in rows[:most]]


def last_visited_on(grant: str) -> date | None:
    """The day of the last visit that was reported; None where there was none."""
    found: date | None = Visit.objects.filter(grant=grant).aggregate(last=Max("visited_on"))["last"]
    return found


def covenant_of(code: str) -> CovenantRecord | None:
    row = Covenant.objects.filter(code=code).values_list(*COVENANT).first()
    return CovenantRecord(*row) if row else None


def covenants_of(grant: str) -> list[CovenantNow]:
    """The covenants given under this grant, with what was seen of each; two questions, however many there are."""
    seen: dict[str, list[CovenantSeenRecord]] = defaultdict(list)
    for row in CovenantSeen.objects.filter(covenant__grant=grant).order_by("seen_on", "act_id").values_list(*SEEN):
        seen[row[0]].append(CovenantSeenRecord(*row))
    rows = Covenant.objects.filter(grant=grant).order_by("act_id").values_list(*COVENANT)
    return [CovenantNow(CovenantRecord(*row), tuple(seen[row[0]])) for row in rows]


def ends(*, using: str = "default") -> list[EndRecord]:
    return [EndRecord(*row) for row in VentureEnd.objects.using(using).order_by("act_id").values_list(*END_FIELDS)]


def visits_by_grant(grants: Sequence[str]) -> dict[str, list[VisitRecord]]:
    """The visits to the ventures of these grants, by grant."""
    found: dict[str, list[VisitRecord]] = defaultdict(list)
    for row in _of(Visit.objects.all(), grants).values_list(*FIELDS):
        found[row[0]].append(VisitRecord(*row))
    return found


def ends_by_grant(grants: Sequence[str]) -> dict[str, list[EndRecord]]:
    """What was said of how these ended, by grant."""
    found: dict[str, list[EndRecord]] = defaultdict(list)
    for row in _of(VentureEnd.objects.all(), grants).values_list(*END_FIELDS):
        found[row[0]].append(EndRecord(*row))
    return found


def ventures(*, grants: Sequence[str] | None = None) -> dict[str, VentureRecord]:
    """What the ventures of all grants, or of these, are now, by grant in code order.

    Where nobody said so, it is what the grant was promised for, in a place that is not known.
    """
    chosen = _described() if grants is None else _described().filter(code__in=grants)
    rows = chosen.order_by("code").values_list("code", "now_kind", "now_place")
    return {row[0]: VentureRecord(*row) for row in rows}


def venture_of(grant: str) -> VentureRecord | None:
    """What was said last of the venture of this grant; None where nothing was."""
    row = Venture.objects.filter(grant=grant).order_by("-act_id").values_list("grant_id", "kind", "place").first()
    return None if row is None else VentureRecord(*row)


def ventures_after(grant: str = "", *, most: int, kind: str = "", place: str = "", is_back: bool = False) -> list[VentureRecord]:
    """The ventures past one grant, by its code, or going back from it; of one kind or place, where one is named; at most so many."""
    wanted = {"now_kind": kind, "now_place": place, "code__lt" if is_back else "code__gt": grant}
    chosen = (
        _described().filter(**{name: value for name, value in wanted.items() if value}).order_by("-code" if is_back else "code")
    )
    return [VentureRecord(*row) for row in chosen.values_list("code", "now_kind", "now_place")[:most]]


def _described() -> Any:
    """Every grant, with the kind and the place of its venture as they were said last."""
    last = Venture.objects.filter(grant=OuterRef("code")).order_by("-act_id")
    kind, place = Subquery(last.values("kind")[:1]), Subquery(last.values("place")[:1])
    return Grant.objects.annotate(
        now_kind=Coalesce(kind, F("venture"), output_field=TextField()),
        now_place=Coalesce(place, Value(""), output_field=TextField()),
    )


def _of(rows: QuerySet, grants: Iterable[str]) -> QuerySet:  # type: ignore[type-arg]
    condition, value = among(grants)
    return rows.extra(where=[f"grant_id {condition}"], params=[value]).order_by("act_id")
