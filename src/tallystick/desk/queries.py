"""Reading the drafts: those that wait, for whom, and one of them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from tallystick.core.canonical import decode
from tallystick.core.draft import DraftState
from tallystick.core.record import record_of
from tallystick.core.role import Role
from tallystick.core.wish import WISHES
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS


def draft_numbered(number: int) -> Draft | None:
    return Draft.objects.filter(pk=number).first()


def wish_in(draft: Draft) -> Any:
    """The wish as it was asked for."""
    return record_of(WISH_KINDS[draft.wish].record, decode(draft.content.encode()))


def drafts_for(name: str, *, roles: Collection[Role]) -> list[Draft]:
    """What waits for this member to say yes or no, the oldest first."""
    return list(_waiting(name, roles).order_by("id"))


def waiting_count(name: str, *, roles: Collection[Role], beside: QuerySet[Any] | None = None) -> int:
    """How many of them there are, and of what waits beside them, in one question: every page asks it."""
    waiting = _waiting(name, roles).values("pk")
    return (waiting if beside is None else waiting.union(beside.values("pk"), all=True)).count()


def drafts_of(name: str, *, most: int = 50) -> list[Draft]:
    """What this member asked for, the latest first."""
    return list(Draft.objects.filter(asked_by=name).order_by("-id")[:most])


def may_see(draft: Draft, *, name: str, roles: Collection[Role]) -> bool:
    """Whether a draft is there for this member: who asked for it, and who may ask for or agree to such a thing."""
    policy = WISHES[draft.wish]
    return draft.asked_by == name or bool((policy.ask | policy.agree) & set(roles))


def drafts_seen(name: str, *, roles: Collection[Role], after: int, most: int, state: str = "") -> list[Draft]:
    """The drafts that are there for this member or program, past one number, at most so many; of one state, where one is named."""
    wishes = [wish for wish, policy in WISHES.items() if (policy.ask | policy.agree) & set(roles)]
    seen = Draft.objects.filter(Q(asked_by=name) | Q(wish__in=wishes), id__gt=after)
    return list((seen.filter(state=state) if state else seen).order_by("id")[:most])


def same_draft(wish: str, *, content: str, asked_by: str) -> Draft | None:
    """The draft in which the same member asks for the same, word for word, and which still waits."""
    return Draft.objects.filter(wish=wish, content=content, asked_by=asked_by, state=DraftState.WAITING).order_by("id").first()


def _waiting(name: str, roles: Collection[Role]) -> QuerySet[Draft]:
    """What waits for these roles, without what this member asked for, or whoever signs in with what they were shown."""
    waiting = Draft.objects.filter(wish__in=_theirs(roles), state=DraftState.WAITING)
    return waiting.exclude(asked_by=name).exclude(drawn_by=name)


def _theirs(roles: Collection[Role]) -> list[str]:
    return [wish for wish, policy in WISHES.items() if policy.agree & set(roles)]
