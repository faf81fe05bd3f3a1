"""Slips: codes given out on paper or by voice, what each is good for, and what ends it.

A slip is good for a recipient's claim to a tranche, or it is one half of a tally. Whoever gives it out never confirms it. It
serves once. Five wrong codes freeze it until two people have decided what becomes of it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from tallystick.core.amount import Parts
from tallystick.core.refusal import Refusal

TRIES = 5
CLAIM_WORDS, HALF_WORDS = "a slip for a recipient's claim", "a slip for this half of a tally"


class Purpose(StrEnum):
    CLAIM = "claim"
    GIVER = "giver"
    TAKER = "taker"


HALVES = frozenset({Purpose.GIVER, Purpose.TAKER})


class RulingKind(StrEnum):
    UNFREEZE = "unfreeze"
    VOID = "void"


class SlipState(StrEnum):
    """What a slip is today; the order is that in which one is asked after the other."""

    REVERSED = "reversed"  # used, and what was paid by it was taken back
    USED = "used"
    VOID = "void"
    FROZEN = "frozen"
    LAPSED = "lapsed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Slip:
    """What the act says of a code that was given out: everything but the code itself."""

    slip: str  # its own name, drawn by chance, so that a slip in strange hands tells nothing
    purpose: str  # a Purpose
    subject: str  # the grant, or the reference of the tally
    holder: str  # whom it is meant for
    valid_until: date  # the last day on which it serves, by the clock where it is shown
    issued_by: str
    issued_at: str  # UTC, ending in Z
    digest: str  # Argon2id, in PHC form, over a keyed digest of the code; the key never leaves the office
    tranche: int = 0
    amount: Parts | None = None


@dataclass(frozen=True, slots=True)
class Redemption:
    """A slip that has served: who confirmed it, when the world saw it and when the books did."""

    slip: str
    issued_by: str
    confirmed_by: str
    happened_at: str  # ISO 8601, by the clock there
    recorded_at: str  # UTC, ending in Z
    agreed_by: str = ""
    entry: str = ""  # the reference of what was paid out, where something was


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """Too many wrong codes were shown for a slip."""

    slip: str
    tries: int
    last_by: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What two people decided of a slip."""

    slip: str
    ruling: str  # a RulingKind


@dataclass(frozen=True, slots=True)
class Standing:
    """A slip with all that was said of it since."""

    slip: Slip
    used: Redemption | None = None
    is_void: bool = False
    is_frozen: bool = False
    wrong: int = 0  # codes, since somebody last decided
    taken_back_by: str = ""  # the reference of what took back what was paid by it

    def state(self, today: date) -> SlipState:
        if self.used is not None:
            return SlipState.REVERSED if self.taken_back_by else SlipState.USED
        if self.is_void:
            return SlipState.VOID
        if self.is_frozen:
            return SlipState.FROZEN
        return SlipState.LAPSED if today > self.slip.valid_until else SlipState.OPEN

    @property
    def is_ended(self) -> bool:
        """Whether it can never serve again, whatever is decided."""
        return self.used is not None or self.is_void


class SlipUnknown(Refusal):
    code = "slip_unknown"
    words = "No slip of these books is called “{slip}”, and none that is still good was given out for it."
    expected = "the name on the slip, or the grant that it was given out for"


class SlipOfAnotherOffice(Refusal):
    code = "slip_of_another_office"
    words = "{slip} was given out by office {office}, and only there can its code be checked."
    expected = "a word to that office"


class SlipServesOtherwise(Refusal):
    code = "slip_serves_otherwise"
    words = "{slip} is not good for this."
    expected = "{needed}"


class CodeWrong(Refusal):
    code = "code_wrong"
    words = "This is not the code of {slip}. After {left} more wrong ones it is frozen."
    expected = "the code as it was given out"


class SlipFrozen(Refusal):
    code = "slip_frozen"
    words = "{slip} is frozen: {tries} wrong codes were shown for it."
    expected = "a decision by two people, whether it serves again or is void"


class SlipUsed(Refusal):
    code = "slip_used"
    words = "{slip} has served already: {confirmed_by} confirmed it, at {happened_at}."
    expected = "a slip that has not served"


class SlipPayoutReversed(Refusal):
    code = "slip_payout_reversed"
    words = "{slip} has served, and {taken_back_by} took back what was paid by it: no code serves twice."
    expected = "a new code for the recipient, given out for the same tranche and amount"


class SlipVoid(Refusal):
    code = "slip_void"
    words = "{slip} is void."
    expected = "a slip that was given out in its place, or a payout without a code, by two people"


class SlipLapsed(Refusal):
    code = "slip_lapsed"
    words = "{slip} served until {valid_until}; this is said to have happened on {happened_on}."
    expected = "a moment up to that day, or another slip"


class ShownBeforeGiven(Refusal):
    code = "shown_before_given"
    words = "{slip} was given out at {issued_at}; this is said to have happened before, at {happened_at}."
    expected = "a moment after it"


class IssuerConfirms(Refusal):
    code = "issuer_confirms"
    words = "{name} gave out {slip}, so {name} cannot be the one who confirms it."
    expected = "another member"


class CodeNotShown(Refusal):
    code = "code_not_shown"
    words = "The code of {slip} was not shown to {name}."
    expected = "the code, typed in by whoever asks"


class SlipStandsOpen(Refusal):
    code = "slip_stands_open"
    words = "{slip} is still good for {subject}."
    expected = "that slip used, or made void by two people, before"


class SlipLapsesAtOnce(Refusal):
    code = "slip_lapses_at_once"
    words = "A slip that serves until {valid_until} has lapsed as it is given out."
    expected = "a day that is still to come, or today"


class SlipNotFrozen(Refusal):
    code = "slip_not_frozen"
    words = "{slip} is not frozen, so there is nothing to unfreeze."
    expected = "a frozen slip"


class TallyNotDispatched(Refusal):
    code = "tally_not_dispatched"
    words = "Nothing was dispatched under {tally}, so there is nothing of which to give out a half."
    expected = "the reference of a dispatch"


class HalvesOfTwoTallies(Refusal):
    code = "halves_of_two_tallies"
    words = "{first} and {second} are not the giver's and the taker's half of one tally."
    expected = "both halves of one tally"


def check_given_out(valid_until: date, *, today: date, subject: str, standing: Collection[Standing]) -> None:
    """Refuses, with SlipLapsesAtOnce or SlipStandsOpen, a slip of no use, or a second one for the same.

    `standing` are the slips given out for the same before. One that lapsed may still come in late, from paper: it stands open
    until two people make it void.
    """
    if valid_until < today:
        raise SlipLapsesAtOnce(valid_until=valid_until.isoformat())
    for one in standing:
        if not one.is_ended:
            raise SlipStandsOpen(slip=one.slip.slip, subject=subject)


def check_may_be_shown(standing: Standing, *, name: str, purposes: Collection[Purpose]) -> None:
    """Refuses what is clear before any code is looked at: SlipServesOtherwise, IssuerConfirms,
    SlipPayoutReversed, SlipUsed, SlipVoid, SlipFrozen.
    """
    slip = standing.slip
    if slip.purpose not in purposes:
        raise SlipServesOtherwise(slip=slip.slip, needed=CLAIM_WORDS if Purpose.CLAIM in purposes else HALF_WORDS)
    check_not_issuer(slip, name=name)
    if standing.taken_back_by:
        raise SlipPayoutReversed(slip=slip.slip, taken_back_by=standing.taken_back_by)
    if standing.used is not None:
        raise SlipUsed(slip=slip.slip, confirmed_by=standing.used.confirmed_by, happened_at=standing.used.happened_at)
    if standing.is_void:
        raise SlipVoid(slip=slip.slip)
    if standing.is_frozen:
        raise SlipFrozen(slip=slip.slip, tries=TRIES)


def check_in_time(slip: Slip, happened_at: datetime) -> None:
    """Refuses, with SlipLapsed or ShownBeforeGiven, a code that was shown outside its time, by the clock there."""
    if happened_at.date() > slip.valid_until:
        raise SlipLapsed(
            slip=slip.slip, valid_until=slip.valid_until.isoformat(), happened_on=happened_at.date().isoformat()
        )  # fmt: skip
    issued_at = datetime.fromisoformat(slip.issued_at)
    if happened_at.astimezone(UTC) < issued_at.replace(second=0, microsecond=0):  # a clock on a wall has no seconds
        raise ShownBeforeGiven(slip=slip.slip, issued_at=slip.issued_at, happened_at=happened_at.isoformat())


def check_not_issuer(slip: Slip, *, name: str) -> None:
    """Refuses, with IssuerConfirms, whoever gave the slip out."""
    if name == slip.issued_by:
        raise IssuerConfirms(slip=slip.slip, name=name)


def after_wrong(standing: Standing) -> Refusal:
    """What is told of one more wrong code, which `standing` does not count yet."""
    left = TRIES - standing.wrong - 1
    return CodeWrong(slip=standing.slip.slip, left=left) if left > 0 else SlipFrozen(slip=standing.slip.slip, tries=TRIES)


def check_ruling(standing: Standing, ruling: RulingKind) -> None:
    """Refuses, with SlipUsed, SlipVoid or SlipNotFrozen, to decide what has no question left."""
    slip = standing.slip.slip
    if standing.used is not None:
        raise SlipUsed(slip=slip, confirmed_by=standing.used.confirmed_by, happened_at=standing.used.happened_at)
    if standing.is_void:
        raise SlipVoid(slip=slip)
    if ruling is RulingKind.UNFREEZE and not standing.is_frozen:
        raise SlipNotFrozen(slip=slip)
