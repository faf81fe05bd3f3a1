"""What the subcommands of `tallystick staff` do once the books are open, and what they say of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tallystick.core.role import listed
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, out, print_json, say, table
from tallystick.people.queries import parties
from tallystick.staff.actions import add_member, close_member, confirm_member, reset_member
from tallystick.staff.queries import MemberShown, members

ONCE = "It is shown this once. At the first sign-in the page asks for a second factor to be set up."
NOBODY = "Nobody can sign in to the pages yet: tallystick staff add NAME --role lead lets the first one in."


def add(name: str, roles: Sequence[str], *, party: str, as_json: bool) -> None:
    """Make a member and say the password. Refuses as staff.actions.add_member does."""
    known = parties(codes=[party]).get(party) if party else None
    password = add_member(name, roles=roles, party=party, party_kind=known.kind if known else None)
    said = f"{name} may sign in as {', '.join(roles)}. The password is: {password}"
    tell([said, ONCE], {"member": name, "roles": list(roles), "party": party, "password": password}, as_json=as_json)


def show(*, as_json: bool) -> None:
    """Everybody who signs in or once did."""
    found = members()
    if as_json:
        print_json({"rehearsal": is_rehearsal(), "members": [_as_json(one) for one in found]})
        return
    banner(rehearsal=is_rehearsal())
    if not found:
        say(NOBODY)
        return
    made = table("Staff", ("name", "roles", "holds for", "second factor", "last signed in", "standing"))
    for one in found:
        seen = f"{one.last_seen_at.day} {one.last_seen_at:%b %Y}" if one.last_seen_at else "never"
        standing = (
            "closed" if not one.is_active else f"not confirmed since {one.drawn_by} drew the password" if one.drawn_by else ""
        )
        made.add_row(one.name, listed(one.roles), one.party, "set up" if one.has_second_factor else "none yet", seen, standing)
    out.print(made)


def reset(name: str, *, as_json: bool) -> None:
    """A new password, and the second factors gone. Refuses as staff.actions.reset_member does."""
    password = reset_member(name)
    said = f"{name} has no second factor any more, and a new password: {password}"
    tell([said, ONCE], {"member": name, "password": password}, as_json=as_json)


def confirm(name: str, *, confirmed_at: datetime, as_json: bool) -> None:
    """Refuses as staff.actions.confirm_member does."""
    confirm_member(name, confirmed_at=confirmed_at)
    tell([f"{name} counts as a person of their own, and the books say who said so."], {"member": name}, as_json=as_json)


def close(name: str, *, as_json: bool) -> None:
    """Refuses as staff.actions.close_member does."""
    close_member(name)
    tell([f"{name} is closed: nobody signs in under this name any more."], {"member": name}, as_json=as_json)


def tell(lines: list[str], document: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), **document})
        return
    banner(rehearsal=is_rehearsal())
    for line in lines:
        say(line)


def _as_json(one: MemberShown) -> dict[str, Any]:
    return {
        "name": one.name,
        "roles": list(one.roles),
        "party": one.party,
        "active": one.is_active,
        "drawn_by": one.drawn_by,
        "second_factor": one.has_second_factor,
        "last_seen_at": one.last_seen_at.isoformat() if one.last_seen_at else None,
    }
