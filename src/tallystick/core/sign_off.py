"""Sign-offs: who asked for something, and who agreed to it where one person is not enough."""

from dataclasses import dataclass

from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class SignOff:
    """What an act beside the deed itself says: the members' code names, and why, in their words."""

    wish: str  # what was asked for, one of core/wish.py
    subject: str  # the code or reference of what it is about
    asked_by: str
    asked_at: str  # UTC, ending in Z
    agreed_by: str = ""  # the second person; empty where one was enough
    reason: str = ""


class AgreesWithOneself(Refusal):
    code = "agrees_with_oneself"
    words = "{name} asked for this, so {name} cannot be the second person who agrees."
    expected = "another member, whose role may agree"


def check_two(asked_by: str, agreed_by: str) -> None:
    """Refuses, with AgreesWithOneself, one person in the place of two."""
    if asked_by == agreed_by:
        raise AgreesWithOneself(name=asked_by)
