"""The pages “Staff” and of one member. A password that was drawn stands on the answer to the form, and on no page after it."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tallystick.core.role import Role, listed
from tallystick.people.queries import parties
from tallystick.staff.actions import add_member, close_member, reset_member, set_roles
from tallystick.staff.queries import MemberShown, members
from tallystick.web.figures import day
from tallystick.web.page import desk

CLOSE, RESET = "close", "reset"


@dataclass(frozen=True, slots=True)
class Row:
    """A member as the list shows them."""

    name: str
    roles: str
    party: str
    second_factor: str
    seen: str
    is_active: bool


@desk
def staff(request: HttpRequest) -> HttpResponse:
    """Who signs in or once did; what is sent makes one more."""
    context: dict[str, object] = {"all_roles": list(Role)}
    if request.method == "POST":
        name, party = request.POST.get("name", "").strip(), request.POST.get("party", "").strip()
        known = parties(codes=[party]).get(party) if party else None
        roles = request.POST.getlist("role")
        password = add_member(name, roles=roles, party=party, party_kind=known.kind if known else None)
        context |= {"drawn_for": name, "password": password}
    return render(request, "web/staff/staff.html", context | {"rows": [_row(one) for one in members()]})


@desk
def staff_member(request: HttpRequest, name: str) -> HttpResponse:
    """One member; what is sent gives other roles, draws another password, or closes."""
    one = next((one for one in members() if one.name == name), None)
    if one is None:
        raise Http404
    context: dict[str, object] = {"one": _row(one), "all_roles": list(Role), "held": set(one.roles)}
    if request.method != "POST":
        return render(request, "web/staff/member.html", context)
    wish = request.POST.get("wish")
    if wish == RESET:
        return render(request, "web/staff/member.html", context | {"password": reset_member(name)})
    if wish == CLOSE:
        close_member(name, by=request.user.get_username())
    else:
        set_roles(name, roles=request.POST.getlist("role"))
    return redirect("staff")


def _row(one: MemberShown) -> Row:
    return Row(
        name=one.name,
        roles=listed(one.roles),
        party=one.party,
        second_factor="set up" if one.has_second_factor else "none yet",
        seen=day(one.last_seen_at) if one.last_seen_at else "never",
        is_active=one.is_active,
    )
