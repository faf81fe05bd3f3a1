"""What is done with members: made, given roles, given a new password, closed. No act of the journal; each is one transaction.

Every action locks the members first, all of them: there are few, and the last lead must not go by two doors at once.
"""

from collections.abc import Collection

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.db import transaction

from tallystick.core.member import (
    MemberClosed,
    MemberNameTaken,
    check_closes,
    check_holds_for,
    check_lead_stays,
    check_name,
    leads_among,
    read_roles,
)
from tallystick.core.role import Role
from tallystick.journal.reach import within_reach
from tallystick.staff.models import Member, MemberRole
from tallystick.staff.passwords import draw_password
from tallystick.staff.queries import member_named, roles_of_members


@within_reach()
@transaction.atomic
def add_member(name: str, *, roles: Collection[str], party: str = "", party_kind: str | None = None) -> str:
    """Make a member and give back the password that was drawn, which nobody can look up again.

    `party_kind` is what the books know `party` as. Refuses with MemberNameUnreadable, MemberNameTaken, RoleUnknown, RolesMissing,
    HoldsForNoCustodian.
    """
    check_name(name)
    given = read_roles(roles, name=name)
    check_holds_for(party, kind=party_kind, name=name)
    _lock_members()
    if Member.objects.filter(username=name).exists():
        raise MemberNameTaken(name=name)
    password = draw_password()
    member = Member(username=name, party=party)
    member.set_password(password)
    member.save()
    _give(member, given)
    return password


@within_reach()
@transaction.atomic
def set_roles(name: str, *, roles: Collection[str]) -> frozenset[Role]:
    """These roles and no others from now on. Refuses with MemberUnknown, MemberClosed, RoleUnknown, RolesMissing, LastLead."""
    _lock_members()
    member = _active(name)
    given = read_roles(roles, name=name)
    if Role.LEAD not in given:
        check_lead_stays(leads_among(roles_of_members()), without=name)
    MemberRole.objects.filter(member=member).delete()
    _give(member, given)
    return given


@within_reach()
@transaction.atomic
def reset_member(name: str) -> str:
    """A new password, drawn here; the second factors go, the sessions end, and failed attempts are forgotten.

    Refuses with MemberUnknown, MemberClosed.
    """
    _lock_members()
    member = _active(name)
    password = draw_password()
    member.set_password(password)
    member.save(update_fields=["password"])
    Authenticator.objects.filter(user=member).delete()
    forget_failures(username=name)
    return password


@within_reach()
@transaction.atomic
def close_member(name: str, *, by: str | None = None) -> None:
    """Nobody signs in under this name any more, nor goes on. `by` is the member who asks; None at the office's own command.

    Refuses with MemberUnknown, MemberClosed, ClosesOneself, LastLead.
    """
    _lock_members()
    member = _active(name)
    check_closes(name, by=by)
    check_lead_stays(leads_among(roles_of_members()), without=name)
    member.is_active = False
    member.set_unusable_password()
    member.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=member).delete()


def _lock_members() -> None:
    """On PostgreSQL; SQLite has one writer at a time, and this is it."""
    list(Member.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def _active(name: str) -> Member:
    member = member_named(name)
    if not member.is_active:
        raise MemberClosed(name=name)
    return member


def _give(member: Member, roles: frozenset[Role]) -> None:
    MemberRole.objects.bulk_create([MemberRole(member=member, role=role) for role in sorted(roles)])
