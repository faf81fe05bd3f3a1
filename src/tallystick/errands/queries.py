"""Reading the errands: those that a member may see, and when each began and ended."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django_tasks_db.models import DBTaskResult

from tallystick.core.errand import OPEN, ErrandKind, ErrandState, may_see
from tallystick.core.role import AGREES, Role
from tallystick.errands.kept import wish_of
from tallystick.errands.models import Errand
from tallystick.staff.queries import roles_of_members

LISTED = 50
LOOKED_AT = 500  # of the latest, among which those for one member are found


class Moments(NamedTuple):
    began_at: datetime | None
    ended_at: datetime | None


NEVER = Moments(None, None)


def errands_for(name: str, *, roles: Collection[Role]) -> list[Errand]:
    """The errands that are there for this member, the latest first; without what came of them."""
    held = roles_of_members()
    latest = Errand.objects.defer("outcome").order_by("-pk")[:LOOKED_AT]
    return [one for one in latest if _is_for(one, name, roles=roles, held=held)][:LISTED]


def errand_for(code: str, name: str, *, roles: Collection[Role]) -> Errand | None:
    """The errand of this code, where it is there for this member."""
    found = Errand.objects.filter(code=code).first()
    return found if found and _is_for(found, name, roles=roles, held=roles_of_members()) else None


def asked_for(name: str, *, roles: Collection[Role]) -> list[Errand]:
    """What waits for this member to say whether it is taken in, the oldest first."""
    return list(all_asked_for(name, roles=roles).order_by("pk"))


def all_asked_for(name: str, *, roles: Collection[Role]) -> QuerySet[Errand]:
    """The same without an order: what waits for these roles, but for what this member asked for, or whoever signs in with what they
    were shown."""
    if not AGREES & set(roles):
        return Errand.objects.none()
    return Errand.objects.filter(state=ErrandState.ASKED).exclude(asked_by=name).exclude(drawn_by=name)


def asked_by(name: str) -> list[Errand]:
    """What this member asked for and another has not decided yet, the latest first."""
    return list(Errand.objects.filter(state=ErrandState.ASKED, asked_by=name).order_by("-pk"))


def weighing_of(errand: Errand) -> Errand:
    """The errand that says what this one would do: itself, or the one by which its file was weighed, for as long as that is kept."""
    if errand.kind != ErrandKind.TAKE:
        return errand
    return Errand.objects.filter(code=wish_of(errand)["weighed"]).first() or errand


def moments_of(errands: Iterable[Errand]) -> dict[UUID, Moments]:
    """When the last run of each began and ended, by run."""
    rows = DBTaskResult.objects.filter(pk__in=[one.run for one in errands if one.run])
    return {key: Moments(began, ended) for key, began, ended in rows.values_list("pk", "started_at", "finished_at")}


def open_count() -> int:
    """How many errands wait or are under way."""
    return Errand.objects.filter(state__in=OPEN).count()


def some_wait() -> bool:
    """Whether there is anything for a worker: asked every moment, and answered from a small index."""
    return DBTaskResult.objects.ready().exists()


def _is_for(errand: Errand, name: str, *, roles: Collection[Role], held: dict[str, set[Role]]) -> bool:
    asker = held.get(errand.asked_by, set())
    return may_see(
        errand.kind, asked_by=errand.asked_by, roles_of_asker=asker, name=name, roles=roles, takes_two=bool(errand.need)
    )
