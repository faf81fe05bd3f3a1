"""Drafts: what waits for a second person. A program sees them and takes its own back; it never is that second person."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Router
from pydantic import BaseModel, ConfigDict, StrictStr
from pydantic import Field as Said

from tallystick.api.answers import REFUSED, NothingThere
from tallystick.api.content import PROSE_LENGTH, content_shown
from tallystick.api.door import asker_of
from tallystick.api.paging import AfterNumber, Code, Most, Number, page_of
from tallystick.api.shown import Units, moment
from tallystick.api.wishes import DoneAnswer, done_told
from tallystick.bundles.folder.text import read_text
from tallystick.desk.actions import agree, decline, withdraw
from tallystick.desk.models import Draft
from tallystick.desk.queries import draft_numbered, drafts_seen, may_see, wish_in
from tallystick.ledger.queries.records import units

router = Router(tags=["drafts"])


class DraftTold(BaseModel):
    """A wish that waits or waited; `content` is as it was asked for, `need` says why one person was not enough."""

    number: int
    wish: str
    subject: str
    content: dict[str, Any]
    need: str
    reason: str
    asked_by: str
    asked_at: str
    state: str
    decided_by: str
    decided_at: str | None
    answer: str


class Drafts(BaseModel):
    items: list[DraftTold]
    next: int | None


class Answer(BaseModel):
    """Why not."""

    model_config = ConfigDict(extra="forbid")
    answer: Annotated[StrictStr, Said(max_length=PROSE_LENGTH)]


@router.get("/drafts", url_name="api-drafts", operation_id="list_drafts", response={200: Drafts, **REFUSED})
def list_drafts(request: HttpRequest, *, state: Code = "", after: AfterNumber = 0, most: Most = 100) -> dict[str, Any]:
    """The drafts that are there for this program, by number: its own, and those of wishes that its role has to do with."""
    by = asker_of(request)
    items, more = page_of(drafts_seen(by.name, roles=by.roles, after=after, most=most + 1, state=state), most)
    known = units()
    return {"items": [_told(one, known) for one in items], "next": items[-1].pk if more else None}


@router.get("/drafts/{int:number}", url_name="api-draft", operation_id="read_draft", response={200: DraftTold, **REFUSED})
def draft(request: HttpRequest, number: Number) -> dict[str, Any]:
    """One draft."""
    return _told(_seen(request, number), units())


@router.post(
    "/drafts/{int:number}/agree", url_name="api-agree", operation_id="agree_to_draft", response={200: DoneAnswer, **REFUSED}
)
def agree_to(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Refused to every program: a second person is a person, who agrees on the page “Waiting for you”."""
    done = agree(_seen(request, number).pk, by=asker_of(request), agreed_at=timezone.now())
    return {"done": done_told(done)}


@router.post(
    "/drafts/{int:number}/decline", url_name="api-decline", operation_id="decline_draft", response={200: DraftTold, **REFUSED}
)
def decline_it(request: HttpRequest, number: Number, *, content: Annotated[Answer, Body(...)]) -> dict[str, Any]:
    """Refused to every program, as agreeing is."""
    answer = read_text(content.answer)
    decline(_seen(request, number).pk, by=asker_of(request), declined_at=timezone.now(), answer=answer)
    return _told(_seen(request, number), units())


@router.post(
    "/drafts/{int:number}/withdraw", url_name="api-withdraw", operation_id="withdraw_draft", response={200: DraftTold, **REFUSED}
)
def take_back(request: HttpRequest, number: Number) -> dict[str, Any]:
    """Take back what this program asked for, while it waits."""
    withdraw(_seen(request, number).pk, by=asker_of(request), withdrawn_at=timezone.now())
    return _told(_seen(request, number), units())


def _seen(request: HttpRequest, number: int) -> Draft:
    """The draft, if it is there for whoever asks. Raises NothingThere."""
    by, one = asker_of(request), draft_numbered(number)
    if one is None or not may_see(one, name=by.name, roles=by.roles):
        raise NothingThere
    return one


def _told(one: Draft, known: Units) -> dict[str, Any]:
    return {
        "number": one.pk, "wish": one.wish, "subject": one.subject, "content": content_shown(wish_in(one), units=known),
        "need": one.need, "reason": one.reason, "asked_by": one.asked_by, "asked_at": moment(one.asked_at), "state": one.state,
        "decided_by": one.decided_by, "decided_at": moment(one.decided_at) if one.decided_at else None, "answer": one.answer,
    }  # fmt: skip
