"""The addresses of the API, and the description of all of them in OpenAPI 3.1."""

import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Router
from ninja.parser import Parser

from tallystick.api import books, drafts, people, wishes
from tallystick.api.answers import PLACE_LENGTH, ContentUnreadable, NothingThere, answer_refusals, not_allowed, told
from tallystick.api.door import ProgramToken

PREFIX = "api/v1/"
NAMED = re.compile(r"<\w+:(\w+)>")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
WORDS = (
    "The books of one office. A program signs in with a token that a lead drew, in one role. Amounts are decimals in strings. "
    "A wish that is asked for again under its reference changes nothing and says so. docs/api.md has examples."
)


class Anything:
    """Whatever stands in an address, a line's end too, which Django's own converters leave to nobody."""

    regex = r"[\s\S]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Anything, "anything")


class StrictParser(Parser):
    """Reads JSON with a bound on how deep it goes, and nothing that JSON does not know."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return orjson.loads(request.body)
        except orjson.JSONDecodeError as problem:
            raise ContentUnreadable(place=f"character {problem.pos + 1}", wanted="JSON") from problem


api = NinjaAPI(
    title="Tallystick", version="1", description=WORDS, openapi_url=None, docs_url=None, urls_namespace="api",
    auth=ProgramToken(), parser=StrictParser(),
)  # fmt: skip
answer_refusals(api)
last = Router()  # what it takes is whatever no other has taken


@last.get("/openapi.json", url_name="api-openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponse:
    """The description of every address."""
    return HttpResponse(described(), content_type="application/json")


@last.api_operation(METHODS, "/{anything:rest}", url_name="api-nothing", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Whatever else is asked for under this prefix."""
    raise NothingThere


for _router in (books.router, people.router, wishes.router, drafts.router, last):
    api.add_router("", _router)


@cache
def described() -> bytes:
    """OpenAPI 3.1 as a text, made once."""
    return orjson.dumps(api.get_openapi_schema(path_prefix=PREFIX), option=orjson.OPT_NON_STR_KEYS)


@cache
def _asked_for() -> dict[str, set[str]]:
    """What may stand behind the question mark, by the path as the description has it."""
    paths = orjson.loads(described())["paths"]
    return {
        path: {one["name"] for operation in methods.values() for one in operation["parameters"] if one["in"] == "query"}
        for path, methods in paths.items()
    }


def _in_one_shape(view: Callable[..., Any], pattern: str) -> Callable[..., HttpResponse]:
    """The view with its refusals in the one shape. What nobody asked for is refused too: with a slip in it a filter filters nothing."""
    described_as = f"/{PREFIX}" + NAMED.sub(r"{\1}", pattern)

    @csrf_exempt  # a token is shown, and no cookie is looked at
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        unknown = request.GET.keys() - _asked_for().get(described_as, set())
        if unknown:
            return told(ContentUnreadable(place=min(unknown)[:PLACE_LENGTH], wanted="a parameter that openapi.json knows"))
        return not_allowed(request, view(request, **named))

    return answer


urlpatterns = [
    path(f"{PREFIX}{one.pattern}", _in_one_shape(one.callback, str(one.pattern)), name=one.name)
    for one in api.urls[0]
    if isinstance(one, URLPattern) and one.name != "api-root"
]
