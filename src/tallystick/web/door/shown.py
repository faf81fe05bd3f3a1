"""What every page is told besides its own: who is signed in, where they may go, and whether the books are a rehearsal."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.http import HttpRequest

from tallystick.core.role import Role
from tallystick.desk.queries import waiting_count
from tallystick.errands.queries import all_asked_for
from tallystick.journal.queries import is_rehearsal
from tallystick.web.menu import may_open, menu_for


def told_to_every_page(request: HttpRequest) -> dict[str, Any]:
    """A context processor. The books are asked only where a page prints it and has not asked itself."""
    member = getattr(request, "member", None)
    told: dict[str, Any] = {"member": member, "rehearsal": is_rehearsal}
    if member is not None:
        here = request.resolver_match.url_name if request.resolver_match else ""
        told |= {
            "menu": menu_for(member.roles, here=here or ""),
            "may_find": may_open("find", member.roles),
            "waiting_count": cache(lambda: _waiting(member.name, member.roles)),  # a page may say it twice
        }
    return told


def _waiting(name: str, roles: Collection[Role]) -> int:
    """How much waits for this member to say yes or no: at the desk, and of what is brought in."""
    return waiting_count(name, roles=roles, beside=all_asked_for(name, roles=roles))
