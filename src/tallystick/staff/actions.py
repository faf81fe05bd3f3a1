"""What is done with members: made, given roles, given a new password, closed; and with programs: made, closed.

No act of the journal; each is one transaction. Every action locks the members first, all of them: there are few, and the last lead
must not go by two doors at once, nor a name be given to a member and to a program.
"""

from collections.abc import Collection
from datetime import date

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.db import transaction

from tallystick.core.api_client import ProgramClosed, ProgramNameTaken, ProgramUnknown, check_expiry, held_for
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
from tallystick.staff.models import ApiClient, Member, MemberRole
from tallystick.staff.passwords import draw_password, draw_token
from tallystick.staff.queries import member_named, roles_of_members
from tallystick.vault.derived import token_digest


@within_reach()
@transaction.atomic
def add_member(name: str, *, roles: Collection[str], party: str = "", party_kind: str | None = None) -> str:
    """Make a member and give back the password that was drawn, which nobody can look up again.

    `party_kind` is what the books know `party` as. Refuses with MemberNameUnreadable, MemberNameTaken, ProgramNameTaken,
    RoleUnknown, RolesMissing, HoldsForNoCustodian.
    """
    check_name(name)
    given = read_roles(roles, name=name)
    check_holds_for(party, kind=party_kind, name=name)
    _lock_members()
    _check_name_is_free(name)
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


@within_reach()
@transaction.atomic
def add_client(
    name: str, *, role: str, expires_on: date, today: date, party: str = "", party_kind: str | None = None, by: str = ""
) -> str:
    """Make a program that may ask by the API, and give back its token, which nobody can look up again.

    `by` is the lead who is shown it; empty at the office's own command. Refuses with MemberNameUnreadable, MemberNameTaken,
    ProgramNameTaken, RoleUnknown, RolesMissing, HoldsForNoCustodian, HoldsForAnother, TokenOverAtOnce, TokenTooLong.
    """
    check_name(name)
    (given,) = read_roles([role] if role else [], name=name)
    check_expiry(expires_on, today=today)
    check_holds_for(party, kind=party_kind, name=name)
    _lock_members()
    _check_name_is_free(name)
    held = held_for(party, drawn_by=by, own=member_named(by).party if by else "")
    token = draw_token()
    ApiClient.objects.create(name=name, role=given, party=held, digest=token_digest(token), drawn_by=by, expires_on=expires_on)
    return token


@within_reach()
@transaction.atomic
def close_client(name: str) -> None:
    """Nothing signs in with this program's token any more. Refuses with ProgramUnknown, ProgramClosed."""
    _lock_members()
    client = ApiClient.objects.select_for_update().filter(name=name).first()
    if client is None:
        raise ProgramUnknown(name=name)
    if not client.is_active:
        raise ProgramClosed(name=name)
    client.is_active = False
    client.save(update_fields=["is_active"])


@within_reach()
def note_used(client: ApiClient, *, today: date) -> None:
    """Keep the day, once a day. Raises BooksBusy where another writes for too long."""
    if client.last_used_on != today:
        ApiClient.objects.filter(pk=client.pk).update(last_used_on=today)


def _check_name_is_free(name: str) -> None:
    """Members and programs share their names: what is signed off under one says who it was."""
    if Member.objects.filter(username=name).exists():
        raise MemberNameTaken(name=name)
    if ApiClient.objects.filter(name=name).exists():
        raise ProgramNameTaken(name=name)


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
