"""Members: those who sign in. What they may be called, and who can never be sent away."""

import re
from collections.abc import Collection, Mapping

from tallystick.core.party import is_custodian
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role

NAME_LENGTH = 30
NAME = re.compile(rf"[A-Z][A-Z0-9-]{{1,{NAME_LENGTH - 1}}}", re.ASCII)


class MemberNameUnreadable(Refusal):
    code = "member_name_unreadable"
    words = "“{asked}” is no name that a member can sign in under."
    expected = "a code name of 2 to {longest} capital letters, digits and hyphens, never a person's own"


class MemberNameTaken(Refusal):
    code = "member_name_taken"
    words = "There is, or was, a member {name} already: a name stays with whoever had it."
    expected = "another code name"


class MemberUnknown(Refusal):
    code = "member_unknown"
    words = "There is no member {name}."
    expected = "a name that tallystick staff list shows"


class MemberClosed(Refusal):
    code = "member_closed"
    words = "{name} is closed: nobody signs in under this name any more."
    expected = "another member"


class RolesMissing(Refusal):
    code = "roles_missing"
    words = "{name} would have no role, and could see nothing."
    expected = "one role or more of {known}"


class RoleUnknown(Refusal):
    code = "role_unknown"
    words = "“{asked}” is no role."
    expected = "one of {known}"


class ClosesOneself(Refusal):
    code = "closes_oneself"
    words = "{name} cannot close {name}: nobody locks the door from outside and leaves the key within."
    expected = "another lead to do it"


class LastLead(Refusal):
    code = "last_lead"
    words = "{name} is the last lead, and without one nobody can let anybody in."
    expected = "another lead first"


class LeadUnconfirmed(Refusal):
    code = "lead_unconfirmed"
    words = "{drawn_by} was shown what {name} signs in with, and until another lead confirms {name}, {name} lets nobody in."
    expected = "a lead who is neither, and confirms {name} on the page “Staff”; or tallystick staff confirm {name}"


class NothingToConfirm(Refusal):
    code = "nothing_to_confirm"
    words = "{name} stands as a person of their own already."
    expected = "a member whose password a lead has drawn, and whom nobody confirmed since"


class ConfirmsOwnDrawing(Refusal):
    code = "confirms_own_drawing"
    words = "{drawn_by} was shown what {name} signs in with, so {by} cannot be the one who says that they are two people."
    expected = "a lead who is neither of them; where the office has no other, tallystick staff confirm {name} at its own machine"


class ConfirmedBeforeFactor(Refusal):
    code = "confirmed_before_factor"
    words = "{name} has no second factor yet: whoever was shown the password could still set one up."
    expected = "{name} signed in, with a second factor of their own"


class HoldsForNoCustodian(Refusal):
    code = "holds_for_no_custodian"
    words = "{party} is no custodian of these books, so {name} cannot hold for it."
    expected = "the code of a custodian, or none"


def read_roles(asked: Collection[str], *, name: str) -> frozenset[Role]:
    """The roles that these words name. Raises RoleUnknown, RolesMissing."""
    known = ", ".join(Role)
    for word in asked:
        if word not in set(Role):
            raise RoleUnknown(asked=word, known=known)
    if not asked:
        raise RolesMissing(name=name, known=known)
    return frozenset(map(Role, asked))


def check_name(name: str) -> None:
    """Refuses, with MemberNameUnreadable, what is no code name: two that differ in small letters alone would be one to a person."""
    if not NAME.fullmatch(name):
        raise MemberNameUnreadable(asked=name, longest=NAME_LENGTH)


def check_holds_for(party: str, *, kind: str | None, name: str) -> None:
    """Refuses, with HoldsForNoCustodian, a party of this kind; `kind` is None where the books know no such party."""
    if party and not (kind and is_custodian(kind)):
        raise HoldsForNoCustodian(party=party, name=name)


def check_lead_stays(leads: Collection[str], *, without: str) -> None:
    """Refuses, with LastLead, to take the role of lead from the only one of `leads`."""
    if set(leads) == {without}:
        raise LastLead(name=without)


def check_closes(name: str, *, by: str | None) -> None:
    """Refuses, with ClosesOneself, a member who would lock themselves out; `by` is None at the office's own command."""
    if name == by:
        raise ClosesOneself(name=name)


def check_lets_in(name: str, *, drawn_by: str) -> None:
    """Refuses, with LeadUnconfirmed, a lead who may be another in disguise: whom they let in, two would know."""
    if drawn_by:
        raise LeadUnconfirmed(name=name, drawn_by=drawn_by)


def check_confirms(name: str, *, drawn_by: str, has_second_factor: bool, by: str) -> None:
    """Refuses, with NothingToConfirm, ConfirmsOwnDrawing or ConfirmedBeforeFactor; `by` is empty at the office's own command."""
    if not drawn_by:
        raise NothingToConfirm(name=name)
    if by in (name, drawn_by):
        raise ConfirmsOwnDrawing(name=name, drawn_by=drawn_by, by=by)
    if not has_second_factor:
        raise ConfirmedBeforeFactor(name=name)


def leads_among(roles: Mapping[str, Collection[Role]]) -> set[str]:
    """The names of those who are lead."""
    return {name for name, held in roles.items() if Role.LEAD in held}
