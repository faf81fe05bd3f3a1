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
    asked_drawn_by: str | None = None  # who was shown what the asker signs in with, and might be the asker; None where nobody
    agreed_drawn_by: str | None = None
    content_digest: str | None = None  # SHA-256 over the wish's content, so that the same words are known again


@dataclass(frozen=True, slots=True)
class Signer:
    """A name that something is signed off under, and who was shown what it signs in with, where nobody else confirmed it since."""

    name: str
    drawn_by: str = ""

    @property
    def may_be(self) -> frozenset[str]:
        """Whoever may be the person behind this name."""
        return frozenset(filter(None, (self.name, self.drawn_by)))


class AgreesWithOneself(Refusal):
    code = "agrees_with_oneself"
    words = "{name} asked for this, so {name} cannot be the second person who agrees."
    expected = "another member, whose role may agree"


class NotTwoPeople(Refusal):
    code = "not_two_people"
    words = "{drawn_by} was shown what {name} signs in with, so {first} and {second} may be one person."
    expected = "another member; or a lead who is neither, and confirms {name} on the page “Staff”"


def check_two(asked: Signer, agreed: Signer) -> None:
    """Refuses, with AgreesWithOneself or NotTwoPeople, one person in the place of two."""
    if asked.name == agreed.name:
        raise AgreesWithOneself(name=asked.name)
    check_apart(asked, agreed)


def check_apart(first: Signer, second: Signer) -> None:
    """Refuses, with NotTwoPeople, two names behind which the same person may stand."""
    shared = first.may_be & second.may_be
    if shared and first.name != second.name:
        doubtful = second if second.drawn_by in shared else first
        raise NotTwoPeople(drawn_by=doubtful.drawn_by, name=doubtful.name, first=first.name, second=second.name)
