"""What the API says where it cannot do what was asked: one shape for every no, with its code, its words and its facts."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from tallystick.bundles.folder.text import CodeUnreadable, TextHoldsControl, TextNotComposed, TextTooLong, ValueMissing
from tallystick.core.amount import AmountTooLarge, AmountTooPrecise, AmountUnreadable
from tallystick.core.api_client import AddressNotForRole, AskedTooOften, TokenMissing, TokenOver, TokenUnknown
from tallystick.core.canonical import NotCanonical
from tallystick.core.draft import SecondPersonIsProgram
from tallystick.core.moment import DateUnreadable, MomentUnreadable, MomentWithoutOffset, OffsetTooLarge
from tallystick.core.refusal import Refusal
from tallystick.core.wish import WishNotForRole
from tallystick.journal.medium import BooksDamaged, BooksReadOnly, DiskFailing, DiskFull, refused_by_medium
from tallystick.journal.reach import BooksBusy, BooksUnreachable, refusal_of
from tallystick.ledger.post import plain
from tallystick.reports.trace import NothingToTrace

log = logging.getLogger(__name__)


class ContentUnreadable(Refusal):
    code = "content_unreadable"
    words = "What was sent cannot be read: {place} is not as it should be."
    expected = "{wanted}"


class ContentTooLong(Refusal):
    code = "content_too_long"
    words = "What was sent is longer than anything that is asked for at once."
    expected = "less at a time"


class NothingThere(Refusal):
    """Of what is not there, and of what is not there for this program: nobody can tell the one from the other."""

    code = "nothing_there"
    words = "There is nothing at this address for this token."
    expected = "an address of openapi.json, and a code or number that stands in the books"


class MethodNotTaken(Refusal):
    code = "method_not_taken"
    words = "This address does not take {asked}."
    expected = "{taken}"


STATUS: dict[type[Refusal], int] = {
    **dict.fromkeys((TokenMissing, TokenUnknown, TokenOver), 401),
    **dict.fromkeys((AddressNotForRole, WishNotForRole, SecondPersonIsProgram), 403),
    **dict.fromkeys((NothingThere, NothingToTrace), 404),
    MethodNotTaken: 405,
    ContentTooLong: 413,
    **dict.fromkeys((ContentUnreadable, NotCanonical, AmountUnreadable, AmountTooPrecise, AmountTooLarge), 422),
    **dict.fromkeys((MomentUnreadable, MomentWithoutOffset, OffsetTooLarge, DateUnreadable), 422),
    **dict.fromkeys((ValueMissing, TextTooLong, TextHoldsControl, TextNotComposed, CodeUnreadable), 422),
    AskedTooOften: 429,
    **dict.fromkeys((BooksBusy, BooksUnreachable, DiskFull, DiskFailing, BooksReadOnly, BooksDamaged), 503),
}
"""Every other refusal is the rules' own no to something that could be read: 409."""
CONFLICT = 409
PLACE_LENGTH = 120  # of what a refusal repeats of a program's own words
HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 429: {"Retry-After": "60"}, 503: {"Retry-After": "5"}}


class Refused(BaseModel):
    """A no: a stable code, one sentence, what would have been taken, and the facts that the sentence names."""

    code: str
    words: str
    expected: str
    facts: dict[str, str | int]
    line: int | None  # of an entry, from 0; null where the refusal concerns no line
    column: str | None  # the field of the content that it concerns


REFUSED = {frozenset({401, 403, 404, 405, 409, 413, 422, 429, 500, 503}): Refused}
"""What any address may answer besides its own."""


def told(refusal: Refusal) -> HttpResponse:
    """The answer that says no."""
    if isinstance(refusal, NothingToTrace):
        refusal = NothingThere()
    refusal = plain(refusal)
    status = STATUS.get(type(refusal), CONFLICT)
    return JsonResponse(document(refusal), status=status, headers=HEADERS.get(status))


def document(refusal: Refusal) -> dict[str, Any]:
    facts = {name: fact if type(fact) is int else str(fact) for name, fact in refusal.facts.items()}
    return {
        "code": refusal.code, "words": str(refusal), "expected": refusal.expectation(), "facts": facts,
        "line": refusal.line, "column": refusal.column,
    }  # fmt: skip


def not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The same of a method that an address does not take, where `response` says so in its own way."""
    if not isinstance(response, HttpResponseNotAllowed):
        return response
    answer = told(MethodNotTaken(asked=request.method, taken=response["Allow"]))
    answer["Allow"] = response["Allow"]
    return answer


def answer_refusals(api: NinjaAPI) -> None:
    """Have every no of this API said in the one shape; what nobody foresaw is a fault, and shows nothing of the books."""
    api.add_exception_handler(Refusal, _told_as_it_is)
    api.add_exception_handler(Http404, lambda *_: told(NothingThere()))
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(HttpError, lambda *_: told(ContentUnreadable(place="the whole", wanted="JSON")))
    api.add_exception_handler(RequestDataTooBig, lambda *_: told(ContentTooLong()))
    api.add_exception_handler(Exception, _fault)


def _told_as_it_is(_: HttpRequest, refusal: Any) -> HttpResponse:
    return told(refusal)


def _unreadable(_: HttpRequest, problem: Any) -> HttpResponse:
    """The first thing in what was sent that is not as openapi.json has it."""
    first = problem.errors[0]
    _, *path = first["loc"]
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path if step != CONTENT)
    wanted = str(first["msg"])
    return told(ContentUnreadable(place=place.removeprefix(".")[:PLACE_LENGTH] or "the whole", wanted=wanted))


CONTENT = "content"
"""What the parameter is called that takes the content of a request; readers of an answer need not know."""


def _fault(request: HttpRequest, problem: Any) -> HttpResponse:
    refusal = refusal_of(problem) or refused_by_medium(problem)
    if refusal is None and isinstance(problem, DataError):  # the database's own word for a value that a column cannot hold
        refusal = ContentUnreadable(place="a value", wanted="one that the books have room for")
    if refusal is not None:
        return told(refusal)
    log.error("An answer could not be made.", exc_info=problem)
    said = {"code": "fault", "words": "This could not be answered. The fault is ours, and the books are as they were."}
    return JsonResponse(said | {"expected": "", "facts": {}, "line": None, "column": None}, status=500)
