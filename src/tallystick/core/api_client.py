"""Programs that sign in with a token: who may draw one, for how long it is good, and what it opens.

A program has one role, as a member has several, and a token instead of a password. It asks as a member does; it never stands in
for the second person (core/draft.py).
"""

from collections.abc import Collection
from datetime import date, timedelta

from tallystick.core.refusal import Refusal
from tallystick.core.role import PAGES, Role, listed

LASTS = timedelta(days=366)  # at most: a year, whichever it is


class ProgramNameTaken(Refusal):
    code = "program_name_taken"
    words = "There is, or was, a program {name} already: a name stays with whoever had it."
    expected = "another code name"


class ProgramUnknown(Refusal):
    code = "program_unknown"
    words = "There is no program {name}."
    expected = "a name that tallystick staff programs list shows"


class ProgramClosed(Refusal):
    code = "program_closed"
    words = "{name} is closed: nothing signs in with its token any more."
    expected = "another program"


class HoldsForAnother(Refusal):
    code = "holds_for_another"
    words = "{drawn_by} holds for {own}, so a program of theirs cannot hold for {asked}."
    expected = "{own}, or another lead to do it"


class TokenOverAtOnce(Refusal):
    code = "token_over_at_once"
    words = "A token until {asked} would be over before anybody shows it."
    expected = "a day from {first} to {last}"


class TokenTooLong(Refusal):
    code = "token_too_long"
    words = "A token until {asked} would be good for more than a year."
    expected = "a day from {first} to {last}"


class TokenMissing(Refusal):
    code = "token_missing"
    words = "Whoever asks here shows a token, and none was shown."
    expected = "the header “Authorization: Bearer TOKEN”, with a token that a lead drew on the page “Programs”"


class TokenUnknown(Refusal):
    """The token itself is no fact of this refusal; one that was closed is told nothing else."""

    code = "token_unknown"
    words = "No program signs in with this token."
    expected = "a token that a lead drew on the page “Programs”"


class TokenOver(Refusal):
    code = "token_over"
    words = "The token of {name} was good until {ended}."
    expected = "a new program, made by a lead on the page “Programs”"


class AddressNotForRole(Refusal):
    code = "address_not_for_role"
    words = "{name} is {held}, and this is not there for it."
    expected = "a program that is {needed}"


class AskedTooOften(Refusal):
    code = "asked_too_often"
    words = "{name} asked {count} times within a minute, and may not ask more often."
    expected = "the same again in a minute"


def check_expiry(expires_on: date, *, today: date) -> None:
    """Refuses, with TokenOverAtOnce or TokenTooLong, a last day that is not within a year from today."""
    last = today + LASTS
    if expires_on < today:
        raise TokenOverAtOnce(asked=expires_on.isoformat(), first=today.isoformat(), last=last.isoformat())
    if expires_on > last:
        raise TokenTooLong(asked=expires_on.isoformat(), first=today.isoformat(), last=last.isoformat())


def held_for(party: str, *, drawn_by: str, own: str) -> str:
    """The custodian that a program holds for: the one of the lead who draws its token, where they hold for one.

    Without this a lead could post about the custodian they hold for, by a program. Refuses with HoldsForAnother.
    """
    if own and party and party != own:
        raise HoldsForAnother(drawn_by=drawn_by, own=own, asked=party)
    return party or own


def check_is_good(name: str, *, expires_on: date, today: date) -> None:
    """Refuses, with TokenOver, a token past its last day."""
    if today > expires_on:
        raise TokenOver(name=name, ended=expires_on.isoformat())


def check_address(address: str, *, name: str, roles: Collection[Role], writing: bool) -> None:
    """Refuses, with AddressNotForRole, an address of the API that is for none of these roles."""
    needed = PAGES[address].roles(writing=writing)
    if not needed & set(roles):
        raise AddressNotForRole(name=name, held=listed(roles), needed=listed(needed))
