"""Covenants: what a recipient who was given something in kind means to pass on to the next person.

A covenant is a word given and looked at, never a debt: it is kept in words and a count, in no account, and a broken one costs nothing.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tallystick.core.refusal import Refusal


class CovenantState(StrEnum):
    GIVEN = "given"  # nobody has looked yet
    KEPT = "kept"
    KEPT_IN_PART = "kept in part"
    NOT_KEPT = "not kept"


@dataclass(frozen=True, slots=True)
class Covenant:
    """`what` is said in words, as in “goat kids”; `passes_to` is empty until it is known who is next."""

    covenant: str
    grant: str
    what: str
    how_many: int
    passes_to: str = ""


@dataclass(frozen=True, slots=True)
class CovenantSeen:
    """What whoever looked found: how many had been passed on by then altogether, and to whom the last of them went."""

    covenant: str
    seen_on: date
    passed_on: int
    passes_to: str = ""
    note: str = ""


class CovenantGivenAlready(Refusal):
    code = "covenant_given_already"
    words = "{covenant} stands already, under {grant}."
    expected = "a code that no covenant has"


class CovenantUnknown(Refusal):
    code = "covenant_unknown"
    words = "No covenant is called “{covenant}” in these books."
    expected = "a covenant of these books"


class CovenantEmpty(Refusal):
    code = "covenant_empty"
    words = "{covenant} would pass on {asked} of it."
    expected = "at least 1"


class CovenantToOneself(Refusal):
    code = "covenant_to_oneself"
    words = "{recipient} was given it, so {recipient} is not the next person."
    expected = "another recipient, or nobody yet"


class NextIsNoRecipient(Refusal):
    code = "next_is_no_recipient"
    words = "{party} is a {kind}, and it is passed on to a recipient."
    expected = "a recipient, or nobody yet"


class PassedOnBelowZero(Refusal):
    code = "passed_on_below_zero"
    words = "{covenant} was seen with {asked} passed on."
    expected = "0 or more"


def check_next(passes_to: str, *, recipient: str, kind: str) -> None:
    """Refuses, with CovenantToOneself or NextIsNoRecipient, a next person who cannot be one; nobody is always allowed."""
    if passes_to and passes_to == recipient:
        raise CovenantToOneself(recipient=recipient)
    if passes_to and kind != "recipient":
        raise NextIsNoRecipient(party=passes_to, kind=kind)


def check_covenant(covenant: Covenant) -> None:
    """Refuses, with CovenantEmpty, a covenant that passes nothing on."""
    if covenant.how_many < 1:
        raise CovenantEmpty(covenant=covenant.covenant, asked=covenant.how_many)


def check_seen(seen: CovenantSeen) -> None:
    if seen.passed_on < 0:
        raise PassedOnBelowZero(covenant=seen.covenant, asked=seen.passed_on)


def covenant_state(how_many: int, passed_on: int | None) -> CovenantState:
    """How a covenant stands by what was seen last; None where nobody has looked."""
    if passed_on is None:
        return CovenantState.GIVEN
    if passed_on >= how_many:
        return CovenantState.KEPT
    return CovenantState.KEPT_IN_PART if passed_on else CovenantState.NOT_KEPT
