"""What is done with members: made, given roles, given a new password, closed; and with programs: made, closed.

No act of the journal; each is one transaction. Every action locks the members first, all of them: there are few, and the last lead
must not go by two doors at once, nor a name be given to a member and to a program.
"""

from collections.abc import Collection
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from axes.utils import reset as forget_failures
from django.db import transaction

from tallystick.core.api_client import ProgramClosed, ProgramNameTaken, ProgramUnknown, check_expiry, held_for
from tallystick.core.member import (
    MemberClosed,
    MemberNameTaken,
    check_closes,
    check_confirms,
    check_holds_for,
    check_lead_stays,
    check_lets_in,
    check_name,
    leads_among,
    read_roles,
)
from tallystick.core.role import Role
from tallystick.core.sign_off import SignOff
from tallystick.journal.actions import lock_stream, sign_head, utc_text
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.staff.apply import SIGNED_OFF
from tallystick.staff.models import ApiClient, Member, MemberRole
from tallystick.staff.passwords import draw_password, draw_token
from tallystick.staff.queries import confirmed_under, member_named, rights_of, roles_of_members
from tallystick.vault.derived import token_digest
from tallystick.vault.keys import unlocked

CONFIRMING = "member_confirmed"
AT_THE_COMMAND = "at the office's own command"


@within_reach()
@transaction.atomic
def add_member(name: str, *, roles: Collection[str], party: str = "", party_kind: str | None = None, by: str = "") -> str:
    """Make a member and give back the password that was drawn, which nobody can look up again.

    `party_kind` is what the books know `party` as, `by` the lead who is shown the password; empty at the office's own command.
    Refuses with MemberNameUnreadable, MemberNameTaken, ProgramNameTaken, RoleUnknown, RolesMissing, HoldsForNoCustodian,
    LeadUnconfirmed.
    """
    check_name(name)
    given = read_roles(roles, name=name)
    check_holds_for(party, kind=party_kind, name=name)
    _lock_members()
    _check_lets_in(by)
    _check_name_is_free(name)
    password = draw_password()
    member = Member(username=name, party=party, drawn_by=by)
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
def reset_member(name: str, *, by: str = "") -> str:
    """A new password, drawn here; the second factors go, the sessions end, and failed attempts are forgotten.

    `by` is the lead who is shown it; empty at the office's own command. Refuses with MemberUnknown, MemberClosed, LeadUnconfirmed.
    """
    _lock_members()
    _check_lets_in(by)
    member = _active(name)
    password = draw_password()
    member.set_password(password)
    member.drawn_by = "" if by == name else by
    member.save(update_fields=["password", "drawn_by"])
    Authenticator.objects.filter(user=member).delete()
    forget_failures(username=name)
    return password


@within_reach()
@transaction.atomic
def confirm_member(name: str, *, confirmed_at: datetime, by: str = "") -> None:
    """From now on this member is a person of their own, and an act says who said so; `by` is empty at the office's own command.

    Refuses with MemberUnknown, MemberClosed, LeadUnconfirmed, NothingToConfirm, ConfirmsOwnDrawing, ConfirmedBeforeFactor.
    """
    _lock_members()
    member = _active(name)
    drawn_by = member.drawn_by
    check_confirms(name, drawn_by=drawn_by, has_second_factor=rights_of(member).has_second_factor, by=by)
    _check_lets_in(by)
    member.drawn_by = ""
    member.save(update_fields=["drawn_by"])
    keyring, at = unlocked(), utc_text(confirmed_at)
    reason = "" if by else AT_THE_COMMAND
    said = SignOff(CONFIRMING, confirmed_under(name), asked_by=drawn_by, asked_at=at, agreed_by=by, reason=reason)
    say_records([said], SIGNED_OFF, head=lock_stream(keyring.office), recorded_at=confirmed_at)
    sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=confirmed_at)


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
    ProgramNameTaken, RoleUnknown, RolesMissing, HoldsForNoCustodian, HoldsForAnother, TokenOverAtOnce, TokenTooLong,
    LeadUnconfirmed.
    """
    check_name(name)
    (given,) = read_roles([role] if role else [], name=name)
    check_expiry(expires_on, today=today)
    check_holds_for(party, kind=party_kind, name=name)
    _lock_members()
    _check_lets_in(by)
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


def _check_lets_in(by: str) -> None:
    """Of a lead who acts; whoever has the passphrase of the books, at the office's own command, needs nobody's word."""
    if by:
        check_lets_in(by, drawn_by=member_named(by).drawn_by)


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
