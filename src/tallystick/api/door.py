"""The door of the API: which program asks, whether its token is still good, whether this address is for its role, and how often.

A cookie opens nothing here, so that no page of another site can ask in a member's name. What is counted is counted in the memory
of this process: a reader never waits for whoever writes in the books. With several processes a program may ask as often of each.
"""

from contextlib import suppress

from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from tallystick.core.api_client import (
    AskedTooOften,
    TokenMissing,
    TokenUnknown,
    check_address,
    check_is_good,
)
from tallystick.core.role import Role
from tallystick.desk.wishes import Asker
from tallystick.journal.medium import BooksReadOnly, DiskFull
from tallystick.journal.reach import BooksBusy
from tallystick.staff.actions import note_used
from tallystick.staff.queries import client_of

SCHEME = "bearer"
ASKED_MAX = 600  # times in a window
WINDOW = 60  # seconds
COUNTS = "process"  # the cache of settings.CACHES
READING = ("GET", "HEAD")


class ProgramToken(HttpBearer):
    """Ninja asks this before every operation, and what it gives stands as `request.auth`."""

    def __call__(self, request: HttpRequest) -> Asker:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME or not token.strip():
            raise TokenMissing
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Asker:
        """The program that shows this token. Raises TokenUnknown, TokenOver, AskedTooOften, AddressNotForRole."""
        client, today = client_of(token), timezone.now().date()
        if client is None:
            raise TokenUnknown
        check_is_good(client.name, expires_on=client.expires_on, today=today)
        _count(client.name)
        roles = frozenset({Role(client.role)})
        assert request.resolver_match is not None
        address = str(request.resolver_match.url_name)
        check_address(address, name=client.name, roles=roles, writing=request.method not in READING)
        with suppress(BooksBusy, BooksReadOnly, DiskFull):  # then the day is kept when somebody asks again
            note_used(client, today=today)
        return Asker(client.name, roles, client.party, is_program=True, drawn_by=client.drawn_by)


def _count(name: str) -> None:
    """Refuses, with AskedTooOften, a program that asked too often since the first time in this window."""
    counts, key = caches[COUNTS], f"asked by {name}".replace(" ", "-")
    counts.add(key, 0, WINDOW)
    try:
        asked = counts.incr(key)
    except ValueError:
        return  # the window ended in between
    if asked > ASKED_MAX:
        raise AskedTooOften(name=name, count=ASKED_MAX)


def asker_of(request: HttpRequest) -> Asker:
    """Who asks, as the desk knows them."""
    asker = request.auth  # type: ignore[attr-defined]
    assert isinstance(asker, Asker), "nobody comes to an operation but by the door"
    return asker
