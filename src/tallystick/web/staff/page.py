"""The pages “Staff”, of one member and “Programs”. A password or token that was drawn stands on the answer to the form alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from tallystick.core.api_client import LASTS
from tallystick.core.moment import read_date
from tallystick.core.role import Role, listed
from tallystick.people.queries import parties
from tallystick.staff.actions import (
    add_client,
    add_member,
    close_client,
    close_member,
    confirm_member,
    reset_member,
    set_roles,
)
from tallystick.staff.models import ApiClient
from tallystick.staff.queries import MemberShown, clients, confirmed_under, members, sign_offs
from tallystick.web.asker import member_here
from tallystick.web.figures import day
from tallystick.web.page import desk, posted_name
from tallystick.web.refusals import fact_words

CLOSE, RESET, CONFIRM = "close", "reset", "confirm"
SUGGESTED = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Row:
    """A member as the list shows them."""

    name: str
    roles: str
    party: str
    second_factor: str
    seen: str
    drawn_by: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A program as the list shows it; `over` says why its token is good no more, or nothing."""

    name: str
    role: str
    party: str
    drawn_by: str
    until: str
    used: str
    over: str


@desk
def programs(request: HttpRequest) -> HttpResponse:
    """Which programs may ask by the API; what is sent makes one more, or closes one."""
    today = timezone.now().date()
    context: dict[str, object] = {
        "all_roles": _roles_said(),
        "last": today + LASTS,
        "suggested": today + SUGGESTED,
        "today": today,
    }
    if request.method == "POST" and request.POST.get("wish") == CLOSE:
        close_client(posted_name(request, "name"))
        return redirect("programs")
    if request.method == "POST":
        name, token = _drawn(request, today=today)
        context |= {"drawn_for": name, "token": token}
    return render(request, "web/staff/programs.html", context | {"rows": [_program_row(one, today=today) for one in clients()]})


def _drawn(request: HttpRequest, *, today: date) -> tuple[str, str]:
    """(the name, the token) of the program that was asked for. Refuses as staff.actions.add_client does, with DateUnreadable too."""
    said = {field: posted_name(request, field) for field in ("name", "role", "party", "until")}
    until, kind = read_date(said["until"]), _kind_of(said["party"])
    token = add_client(
        said["name"], role=said["role"], expires_on=until, today=today, party=said["party"], party_kind=kind,
        by=_name_of(request),
    )  # fmt: skip
    return said["name"], token


def _program_row(one: ApiClient, *, today: date) -> ProgramRow:
    over = _("closed") if not one.is_active else _("over") if one.expires_on < today else ""
    used = day(one.last_used_on) if one.last_used_on else _("never")
    return ProgramRow(
        one.name, fact_words(one.role), party=one.party, drawn_by=one.drawn_by, until=day(one.expires_on), used=used, over=over
    )


def _kind_of(party: str) -> str | None:
    """What the books know this party as; None where they do not."""
    known = parties(codes=[party]).get(party) if party else None
    return known.kind if known else None


@desk
def staff(request: HttpRequest) -> HttpResponse:
    """Who signs in or once did; what is sent makes one more."""
    context: dict[str, object] = {"all_roles": _roles_said()}
    if request.method == "POST":
        name, party = posted_name(request, "name"), posted_name(request, "party")
        password = add_member(
            name, roles=request.POST.getlist("role"), party=party, party_kind=_kind_of(party), by=_name_of(request)
        )
        context |= {"drawn_for": name, "password": password}
    return render(request, "web/staff/staff.html", context | {"rows": [_row(one) for one in members()]})


@desk
def staff_member(request: HttpRequest, name: str) -> HttpResponse:
    """One member; what is sent gives other roles, draws another password, confirms, or closes."""
    one = next((one for one in members() if one.name == name), None)
    if one is None:
        raise Http404
    context: dict[str, object] = {"one": _row(one), "all_roles": _roles_said(), "held": set(one.roles)}
    context["confirmed"] = [(said, day(datetime.fromisoformat(said.asked_at))) for said in sign_offs(confirmed_under(name))]
    if request.method != "POST":
        return render(request, "web/staff/member.html", context)
    wish = request.POST.get("wish")
    if wish == RESET:
        return render(request, "web/staff/member.html", context | {"password": reset_member(name, by=_name_of(request))})
    if wish == CONFIRM:
        confirm_member(name, by=_name_of(request), confirmed_at=timezone.now())
        return redirect("staff-member", name=name)
    if wish == CLOSE:
        close_member(name, by=_name_of(request))
    else:
        set_roles(name, roles=request.POST.getlist("role"))
    return redirect("staff")


def _roles_said() -> list[tuple[str, str]]:
    """Every role, with the word for it that a reader knows."""
    return [(role.value, fact_words(role.value)) for role in Role]


def _name_of(request: HttpRequest) -> str:
    return member_here(request).name


def _row(one: MemberShown) -> Row:
    return Row(
        name=one.name,
        roles=fact_words(listed(one.roles)),
        party=one.party,
        second_factor=_("set up") if one.has_second_factor else _("none yet"),
        seen=day(one.last_seen_at) if one.last_seen_at else _("never"),
        drawn_by=one.drawn_by,
        is_active=one.is_active,
    )
