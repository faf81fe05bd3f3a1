"""An address for every kind of wish there is, and one to look at what would come of it. No wish has lines of its own here."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Router, Status
from pydantic import BaseModel, create_model
from pydantic import Field as Said

from tallystick.api.answers import REFUSED
from tallystick.api.content import PROSE_LENGTH, Text, model_of, record_said
from tallystick.api.door import asker_of
from tallystick.api.shown import EntryTold, HeldTold, MoveTold, entry_told, held_told, moves_told
from tallystick.bundles.folder.text import read_text
from tallystick.core.wish import WISHES, check_may_ask
from tallystick.desk.actions import ask, look
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Asker, Done, WishKind
from tallystick.ledger.queries.records import units

router = Router(tags=["wishes"])
REASON = "reason"


class DoneTold(BaseModel):
    """What came of a wish. `already` says that all of it stood before, and nothing was done.

    `shown_once` is a code that was given out, where one was: it stands in this answer and can be looked up nowhere.
    """

    subject: str
    already: bool
    shown_once: str
    entries: list[EntryTold]


class DoneAnswer(BaseModel):
    """One person was enough, or all of it stood before."""

    done: DoneTold


class WaitingAnswer(BaseModel):
    """It waits as the draft of this number until a member agrees."""

    waiting: int


class Fact(BaseModel):
    what: str
    stands: str


class LookTold(BaseModel):
    """What would come of a wish: the moves, what those whom they touch would hold then, and why two are needed, if they are."""

    moves: list[MoveTold]
    then: list[HeldTold]
    facts: list[Fact]
    second: str


class WishTold(BaseModel):
    """A kind of wish that this program may ask for, and the roles of those who may agree where a second person is needed."""

    wish: str
    agree: list[str]


class WishesTold(BaseModel):
    items: list[WishTold]


@router.get("/wishes", url_name="api-wishes", operation_id="list_wishes", response={200: WishesTold, **REFUSED})
def wishes(request: HttpRequest) -> dict[str, Any]:
    """What this program may ask for."""
    roles = asker_of(request).roles
    mine = {name: policy for name, policy in sorted(WISHES.items()) if policy.ask & roles}
    return {"items": [{"wish": name, "agree": sorted(policy.agree)} for name, policy in mine.items()]}


def asked_model(kind: WishKind) -> type[BaseModel]:
    """The content of a wish, with the reason that whoever is to agree reads."""
    record: Any = kind.record
    base: type[BaseModel] = model_of(record)
    if REASON in base.model_fields:
        return base
    reason: Any = (Annotated[Text, Said(max_length=PROSE_LENGTH, description="for whoever is to agree")], "")
    return create_model(f"{base.__name__}Asked", __base__=base, __doc__=base.__doc__, **{REASON: reason})


def said_in(kind: WishKind, content: BaseModel, *, by: Asker) -> tuple[Any, str]:
    """(the wish, the reason) that a program wrote.

    Whether it may ask comes first: reading looks up what the wish names, and a refusal would tell whether that is there.
    """
    check_may_ask(kind.name, name=by.name, roles=by.roles)
    said = content.model_dump(exclude_unset=True)
    return record_said(kind.record, said, units=units()), read_text(said.get(REASON) or "")


def _open(kind: WishKind) -> None:
    """Adds the two addresses of one kind of wish."""
    model, named = asked_model(kind), kind.name.replace("-", "_")

    def ask_for(request: HttpRequest, content: Annotated[model, Body(...)]) -> Status[Any]:  # type: ignore[valid-type]
        by = asker_of(request)
        wish, reason = said_in(kind, content, by=by)
        return answered(ask(kind.name, wish, by=by, asked_at=timezone.now(), reason=reason))

    def look_at(request: HttpRequest, content: Annotated[model, Body(...)]) -> dict[str, Any]:  # type: ignore[valid-type]
        by = asker_of(request)
        wish, _ = said_in(kind, content, by=by)
        found, known = look(kind.name, wish, by=by, at=timezone.now()), units()
        facts = [{"what": what, "stands": str(stands)} for what, stands in kind.facts(wish) if stands]
        return {
            "moves": moves_told(found.moves, known), "then": held_told(found.then, known),
            "facts": facts, "second": found.second,
        }  # fmt: skip

    looking: Any = {200: LookTold, **REFUSED}
    asking: Any = {200: DoneAnswer, 202: WaitingAnswer, **REFUSED}
    router.add_api_operation(
        f"/wishes/{kind.name}", ["POST"], ask_for, response=asking, operation_id=f"ask_{named}",
        summary=f"Ask for: {kind.name}", description=kind.record.__doc__, url_name="api-wish",
    )  # fmt: skip
    router.add_api_operation(
        f"/wishes/{kind.name}/look", ["POST"], look_at, response=looking, operation_id=f"look_at_{named}",
        summary=f"What would come of it: {kind.name}", description="Carried out, looked at and undone.", url_name="api-look",
    )  # fmt: skip


def answered(done: Done | Draft) -> Status[Any]:
    if isinstance(done, Draft):
        return Status(202, {"waiting": done.pk})
    return Status(200, {"done": done_told(done)})


def done_told(done: Done) -> dict[str, Any]:
    known = units()
    entries = done.posted.entries if done.posted else ()
    return {
        "subject": done.subject, "already": done.already, "shown_once": done.shown_once,
        "entries": [entry_told(one, known) for one in entries],
    }  # fmt: skip


for _kind in WISH_KINDS.values():
    _open(_kind)
