"""What a wish is made of: its content, whom it touches, whether one person is enough, and how it is carried out."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.core.sign_off import Signer
from tallystick.ledger.post import Posted


@dataclass(frozen=True, slots=True)
class Asker:
    """Who is at the desk, a member or a program: the code name, the roles, and the custodian they hold for, if they do."""

    name: str
    roles: frozenset[Role]
    party: str = ""
    is_program: bool = False
    drawn_by: str = ""  # who was shown the program's token, or the member's password where no other lead confirmed them since

    @property
    def signer(self) -> Signer:
        return Signer(self.name, self.drawn_by)


@dataclass(frozen=True, slots=True)
class Deed:
    """What carrying out a wish is told besides its content."""

    office: str
    recorded_at: datetime
    asked: Signer
    agreed: Signer | None  # where one person is enough, nobody
    reason: str

    @property
    def asked_by(self) -> str:
        return self.asked.name

    @property
    def agreed_by(self) -> str:
        """Empty where one person is enough."""
        return self.agreed.name if self.agreed else ""

    @property
    def signers(self) -> tuple[Signer, ...]:
        return (self.asked, self.agreed) if self.agreed else (self.asked,)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a wish: the code or reference under which it is found, and what was posted, if anything was.

    `shown_once` is for whoever asked, on the answer alone: it stands in no draft, no act, no log and no address.
    """

    subject: str
    posted: Posted | None = None
    shown_once: str = field(default="", repr=False)
    stood: bool = False  # a record that was said before, word for word, and is not said again

    @property
    def already(self) -> bool:
        """Whether all of it stood in the books before, so that nothing was done."""
        return self.stood or (self.posted is not None and not self.posted.entries)


class Again(Enum):
    """What is done where somebody asks in the same words for what was carried out already, so that asking twice is safe."""

    WHERE_REFUSED = "where it is refused"  # as a code that is taken (`refused_as`), it is the answer that it stands
    WHILE_LAST = "while it was the last"  # the same, so long as nothing else was signed off of the same since
    AT_ONCE = "at once"  # nothing would refuse it; so long as nothing else was said of the same since
    ANEW = "anew"  # each is a deed of its own, or its action knows what it did


def one_is_enough(wish: Any) -> str:
    """For wishes that never need a second person."""
    del wish
    return ""


def touches_nobody(wish: Any) -> Collection[str]:
    """For wishes that concern no party."""
    del wish
    return ()


def no_facts(wish: Any) -> list[tuple[str, str]]:
    """For wishes of which the moves say everything."""
    del wish
    return []


@dataclass(frozen=True, slots=True)
class WishKind:
    """A kind of wish. Its name stands in core/wish.py, with those who may ask and agree.

    `record` is a frozen dataclass in the form of core/record.py. `second` gives the reason, in words that a page can translate,
    why one person is not enough, or nothing. `parties` are those whom the wish moves something to or from, or changes.
    `facts` are (what it is, what stands there) in English words, for what no move shows; pages translate what it is.
    `again` is what asking for it once more in the same words is, and `refused_as` are the refusals that say of the same words that
    they stand: that the code is taken, the step done. Any other refusal of them is one.
    `carry_out` is the action of the room below: it raises that room's refusals, and runs within a transaction.
    """

    name: str
    record: type[Any]
    carry_out: Callable[[Any, Deed], Done]
    subject: Callable[[Any], str]
    parties: Callable[[Any], Collection[str]] = touches_nobody
    second: Callable[[Any], str] = one_is_enough
    facts: Callable[[Any], list[tuple[str, str]]] = no_facts
    again: Again = Again.WHERE_REFUSED
    refused_as: tuple[type[Refusal], ...] = ()
