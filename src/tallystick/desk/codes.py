"""Wishes about codes: given out for a claim or as half of a tally, both halves shown, and what becomes of a frozen one."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.sign_off import Signer, check_apart
from tallystick.core.slip import Purpose, RulingKind, SlipNotFrozen, SlipUsed, SlipVoid
from tallystick.desk.wishes import Again, Deed, Done, WishKind
from tallystick.grants.queries import grants
from tallystick.handovers.codes.actions import Confirming, give_out_claim, give_out_half, rule, use_halves
from tallystick.handovers.codes.queries import ends_of_tally, slip_named
from tallystick.staff.queries import sign_offs


@dataclass(frozen=True, slots=True)
class ClaimWish:
    """A code with which a recipient claims so much of a tranche, until the end of a day."""

    grant: str
    tranche: int
    amount: Parts = field(metadata={"unit_of": "grant"})
    valid_until: date


@dataclass(frozen=True, slots=True)
class HalfWish:
    """One half of a tally, `giver` or `taker`."""

    tally: str
    half: str = field(metadata={"one_of": (Purpose.GIVER, Purpose.TAKER)})
    valid_until: date


@dataclass(frozen=True, slots=True)
class HalvesWish:
    """Both halves of a tally, each with the proof that its code was shown to whoever asks; never the codes."""

    giver_slip: str
    giver_shown: str
    taker_slip: str
    taker_shown: str
    happened_at: str


@dataclass(frozen=True, slots=True)
class RulingWish:
    """What is to become of a slip: `unfreeze` or `void`."""

    slip: str
    ruling: str = field(metadata={"one_of": tuple(RulingKind)})


def give_claim(wish: ClaimWish, deed: Deed) -> Done:
    """Give the code out. Raises what give_out_claim does."""
    given = give_out_claim(
        wish.grant, tranche=wish.tranche, amount=wish.amount, valid_until=wish.valid_until,
        issued_by=deed.asked_by, office=deed.office, issued_at=deed.recorded_at,
    )  # fmt: skip
    return Done(given.slip, shown_once=given.half)


def give_half(wish: HalfWish, deed: Deed) -> Done:
    """Give the half out. Raises what give_out_half does."""
    given = give_out_half(
        wish.tally, purpose=Purpose(wish.half), valid_until=wish.valid_until,
        issued_by=deed.asked_by, office=deed.office, issued_at=deed.recorded_at,
    )  # fmt: skip
    return Done(given.slip, shown_once=given.half)


def confirm_halves(wish: HalvesWish, deed: Deed) -> Done:
    """Use both up. Raises what use_halves does, and NotTwoPeople."""
    for slip in (wish.giver_slip, wish.taker_slip):
        check_issuer_apart(slip, deed)
    confirming = Confirming(deed.asked_by, wish.happened_at, deed.recorded_at, agreed_by=deed.agreed_by)
    slips, shown = (wish.giver_slip, wish.taker_slip), (wish.giver_shown, wish.taker_shown)
    return Done(use_halves(slips, shown, office=deed.office, confirming=confirming))


def check_issuer_apart(slip: str, deed: Deed) -> None:
    """Refuses, with NotTwoPeople, whoever may be the person who gave this slip out, under another name."""
    for said in sign_offs(slip):
        if said.wish in (CLAIM.name, HALF.name):
            for signer in deed.signers:
                check_apart(Signer(said.asked_by, said.asked_drawn_by or ""), signer)


def decide_code(wish: RulingWish, deed: Deed) -> Done:
    """Let it serve again, or make it void. Raises what rule does."""
    rule(wish.slip, wish.ruling, office=deed.office, recorded_at=deed.recorded_at)
    return Done(wish.slip)


def parties_of_claim(wish: ClaimWish) -> Collection[str]:
    return {one.recipient for one in grants(codes=[wish.grant]).values()}


def parties_of_tally(wish: HalfWish) -> Collection[str]:
    return ends_of_tally(wish.tally) or ()


def parties_of_halves(wish: HalvesWish) -> Collection[str]:
    found = slip_named(wish.giver_slip)
    return (ends_of_tally(found.standing.slip.subject) if found else None) or ()


def holder_of(wish: RulingWish) -> Collection[str]:
    found = slip_named(wish.slip)
    return {found.standing.slip.holder} if found else ()


def facts_of_ruling(wish: RulingWish) -> list[tuple[str, str]]:
    found = slip_named(wish.slip)
    subject = found.standing.slip.subject if found else ""
    return [("slip", wish.slip), ("good for", subject), ("decision", RULING_WORDS[RulingKind(wish.ruling)])]


def ruling_needs_two(wish: RulingWish) -> str:
    """Whoever may guess again, or may take somebody's claim away, does it with another."""
    del wish
    return "a code is unfrozen or made void"


RULING_WORDS = {RulingKind.UNFREEZE: "it serves again", RulingKind.VOID: "it is void"}

CLAIM = WishKind(
    "claim_code",
    ClaimWish,
    give_claim,
    subject=lambda wish: str(wish.grant),
    parties=parties_of_claim,
    again=Again.ANEW,
)
HALF = WishKind(
    "tally_half",
    HalfWish,
    give_half,
    subject=lambda wish: str(wish.tally),
    parties=parties_of_tally,
    again=Again.ANEW,
)
HALVES = WishKind(
    "tally_halves", HalvesWish, confirm_halves, subject=lambda wish: str(wish.giver_slip), parties=parties_of_halves,
    refused_as=(SlipUsed,),
)  # fmt: skip
CODE_RULING = WishKind(
    "code_ruling", RulingWish, decide_code,
    subject=lambda wish: str(wish.slip), parties=holder_of, second=ruling_needs_two, facts=facts_of_ruling,
    again=Again.WHILE_LAST, refused_as=(SlipNotFrozen, SlipVoid),
)  # fmt: skip
