"""Who asks, as the desk knows them."""

from django.http import HttpRequest

from tallystick.core.role import PAGES, Role
from tallystick.core.wish import WISHES
from tallystick.desk.wishes import Asker
from tallystick.web.door.keeper import MemberHere


def asker_of(request: HttpRequest) -> Asker:
    """The member who sent this; a page inside has always one."""
    here = member_here(request)
    return Asker(here.name, here.roles, here.party, drawn_by=here.drawn_by)


def member_here(request: HttpRequest) -> MemberHere:
    """The member whom the doorkeeper let in."""
    here = getattr(request, "member", None)
    assert isinstance(here, MemberHere), "a page inside has somebody in front of it"
    return here


def has_role(request: HttpRequest, *roles: Role) -> bool:
    return bool(member_here(request).roles & set(roles))


def may_read(request: HttpRequest, page: str) -> bool:
    """Whether the page of this name is there for whoever looks, so that another leads there."""
    return bool(PAGES[page].read & member_here(request).roles)


def may_ask(request: HttpRequest, wish: str) -> bool:
    """Whether whoever looks may ask for this, so that a page offers it; it is decided where it is asked for."""
    return bool(WISHES[wish].ask & member_here(request).roles)
