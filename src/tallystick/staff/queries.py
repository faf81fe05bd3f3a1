"""Reading the members: who there are, in which roles, and whether each has a second factor."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from tallystick.core.member import MemberUnknown
from tallystick.core.role import Role
from tallystick.core.sign_off import SignOff as SignOffRecord
from tallystick.core.wish import check_not_about_drawer, check_not_about_oneself
from tallystick.staff.models import ApiClient, Member, MemberRole, SignOff
from tallystick.vault.derived import token_digest

SIGN_OFF_FIELDS = tuple(field.name for field in fields(SignOffRecord))
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What proves more than a password does; recovery codes stand in for one of these and are none themselves."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a member may: the roles, and whether a second factor has been set up."""

    roles: frozenset[Role]
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member as the list of members shows them."""

    name: str
    roles: tuple[Role, ...]
    party: str
    is_active: bool
    has_second_factor: bool
    drawn_by: str
    last_seen_at: datetime | None


def rights_of(member: Member) -> Rights:
    """What this member may, asked at once and anew for every page: what a lead takes away is gone with the next look."""
    rows = MemberRole.objects.filter(member=member).values_list("role", Exists(_factors("member_id")))
    return Rights(frozenset(Role(role) for role, _ in rows), any(has_factor for _, has_factor in rows))


def members() -> list[MemberShown]:
    """Everybody who signs in or once did, by name; in two questions however many there are."""
    roles = roles_of_members()
    rows = Member.objects.annotate(has_factor=Exists(_factors("pk"))).order_by("username")
    return [
        MemberShown(
            name=row.username,
            roles=tuple(role for role in Role if role in roles[row.username]),
            party=row.party,
            is_active=row.is_active,
            has_second_factor=row.has_factor,
            drawn_by=row.drawn_by,
            last_seen_at=row.last_login,
        )
        for row in rows
    ]


def roles_of_members() -> dict[str, set[Role]]:
    """The roles of every member who is not closed, by name; the closed have none."""
    roles: dict[str, set[Role]] = defaultdict(set)
    for name, role in MemberRole.objects.filter(member__is_active=True).values_list("member__username", "role"):
        roles[name].add(Role(role))
    return roles


def member_named(name: str) -> Member:
    """The member of this name, closed ones too. Raises MemberUnknown."""
    found = Member.objects.filter(username=name).first()
    if found is None:
        raise MemberUnknown(name=name)
    return found


def check_apart_from(parties: Collection[str], *, name: str, party: str, drawn_by: str) -> None:
    """Refuses a wish that touches whom a member holds for, or whom the lead holds for who may be the person behind their name.

    Raises ConcernsOneself, MayConcernOneself.
    """
    check_not_about_oneself(parties, name=name, party=party)
    if drawn_by:
        check_not_about_drawer(parties, name=name, drawn_by=drawn_by, party=member_named(drawn_by).party)


def has_members() -> bool:
    """Whether anybody can sign in at all."""
    return Member.objects.filter(is_active=True).exists()


def clients() -> list[ApiClient]:
    """Every program that signs in or once did, by name."""
    return list(ApiClient.objects.order_by("name"))


def roles_now(name: str) -> frozenset[Role] | None:
    """The roles of the member or program of this name, none where it was closed; None where nobody ever had it.

    A token that is over was good when it asked: that it ends takes nothing back, as closing it does.
    """
    client = ApiClient.objects.filter(name=name).first()
    if client is not None:
        return frozenset({Role(client.role)} if client.is_active else ())
    if not Member.objects.filter(username=name).exists():
        return None
    held = MemberRole.objects.filter(member__username=name, member__is_active=True)
    return frozenset(map(Role, held.values_list("role", flat=True)))


def is_program(name: str) -> bool:
    """Whether this name is a program's; members and programs share their names."""
    return ApiClient.objects.filter(name=name).exists()


def client_of(token: str) -> ApiClient | None:
    """The program that this token was drawn for, over or not; None where it is nobody's or was closed."""
    return ApiClient.objects.filter(digest=token_digest(token), is_active=True).first()


def _factors(member: str) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=OuterRef(member), type__in=SECOND_FACTORS)
    return found


def sign_offs(subject: str) -> list[SignOffRecord]:
    """Who asked for and agreed to what was done under this code or reference, in the order in which it was said."""
    rows = SignOff.objects.filter(subject=subject).order_by("act_id").values_list(*SIGN_OFF_FIELDS)
    return [SignOffRecord(*row) for row in rows]


def signed_off_as(wish: str, *, content_digest: str) -> tuple[str, bool] | None:
    """(subject, whether nothing was signed off under it since) of these very words, where they were carried out before."""
    said = SignOff.objects.order_by("-act_id")
    same = said.filter(wish=wish, content_digest=content_digest).values_list("act_id", "subject").first()
    if same is None:
        return None
    act_id, subject = same
    return subject, said.filter(subject=subject).values_list("act_id", flat=True).first() == act_id


def confirmed_under(name: str) -> str:
    """The subject of the sign-offs that say of a member that they are a person of their own; no code of the books looks like it."""
    return f"@{name}"
