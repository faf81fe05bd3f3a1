"""What the subcommands of `tallystick staff programs` do once the books are open, and what they say of it."""

from datetime import date
from typing import Any

from tallystick.core.moment import read_date
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.staff.deeds import tell
from tallystick.ops.terminal import banner, out, print_json, say, table
from tallystick.people.queries import parties
from tallystick.staff.actions import add_client, close_client
from tallystick.staff.models import ApiClient
from tallystick.staff.queries import clients

ONCE = "It is shown this once. A program shows it in the header “Authorization: Bearer TOKEN”; docs/api.md has examples."
NONE = "No program signs in: tallystick staff programs add NAME --role ROLE --until DAY lets one in."


def add(name: str, role: str, *, until: str, party: str, today: date, as_json: bool) -> None:
    """Make a program and say its token. Refuses as staff.actions.add_client does, and with DateUnreadable."""
    known = parties(codes=[party]).get(party) if party else None
    kind = known.kind if known else None
    token = add_client(name, role=role, expires_on=read_date(until), today=today, party=party, party_kind=kind)
    said = f"{name} may ask as {role} until {until}. Its token is: {token}"
    tell([said, ONCE], {"program": name, "role": role, "party": party, "until": until, "token": token}, as_json=as_json)


def show(*, as_json: bool) -> None:
    """Every program that asks or once did."""
    found = clients()
    if as_json:
        print_json({"rehearsal": is_rehearsal(), "programs": [_as_json(one) for one in found]})
        return
    banner(rehearsal=is_rehearsal())
    if not found:
        say(NONE)
        return
    made = table("Programs", ("name", "role", "holds for", "token drawn by", "good until", "last asked on", "standing"))
    for one in found:
        used = one.last_used_on.isoformat() if one.last_used_on else "never"
        standing = "" if one.is_active else "closed"
        made.add_row(one.name, one.role, one.party, one.drawn_by or "the command", one.expires_on.isoformat(), used, standing)
    out.print(made)


def close(name: str, *, as_json: bool) -> None:
    """Refuses as staff.actions.close_client does."""
    close_client(name)
    tell([f"{name} is closed: nothing signs in with its token any more."], {"program": name}, as_json=as_json)


def _as_json(one: ApiClient) -> dict[str, Any]:
    return {
        "name": one.name, "role": one.role, "party": one.party, "active": one.is_active, "drawn_by": one.drawn_by,
        "until": one.expires_on.isoformat(), "last_used_on": one.last_used_on.isoformat() if one.last_used_on else None,
    }  # fmt: skip
