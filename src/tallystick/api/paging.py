"""Lists a page at a time: so many items, and what to ask `after` for the next ones."""

import base64
import binascii
from typing import Annotated, Any

import orjson
from pydantic import AfterValidator
from pydantic import Field as Said

from tallystick.api.answers import ContentUnreadable
from tallystick.bundles.folder.text import HOLDER_LENGTH, read_text
from tallystick.core.custody.book import Key
from tallystick.ledger.queries.paged import BEGINNING

NUMBER_MAX = 2**53
PAGE_MAX = 200
CURSOR_LENGTH = 1_000

Most = Annotated[int, Said(ge=1, le=PAGE_MAX, description="how many at most")]
AfterNumber = Annotated[int, Said(ge=0, le=NUMBER_MAX, description="`next` of the page before")]
Number = Annotated[int, Said(ge=1, le=NUMBER_MAX)]
Cursor = Annotated[str, Said(max_length=CURSOR_LENGTH, description="`next` of the page before")]


def _plain(text: str) -> str:
    """What could be a code or a reference; raises the refusals of text."""
    return read_text(text)


Code = Annotated[str, Said(max_length=HOLDER_LENGTH), AfterValidator(_plain)]
"""A code or reference in an address: what nothing in the books could be called is refused before anybody looks."""


def key_after(cursor: str) -> Key:
    """The account or the row of a tally that a page ended with, as `cursor_of` wrote it. Raises ContentUnreadable."""
    if not cursor:
        return BEGINNING
    try:
        said = orjson.loads(base64.urlsafe_b64decode(cursor))
        holder, unit, earmark = (read_text(one) for one in said)
    except (binascii.Error, ValueError, TypeError, AttributeError) as problem:
        raise ContentUnreadable(place="after", wanted="what `next` said on the page before") from problem
    return holder, unit, earmark


def cursor_of(key: Key) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode()


def page_of(items: list[Any], most: int) -> tuple[list[Any], bool]:
    """(the items of this page, whether there are more), of one more than were asked for."""
    return items[:most], len(items) > most
