"""What is done with codes: given out, shown, used as two halves of a tally, and decided on when they froze.

The code itself passes through `give_out` once, on its way to whoever asked, and through `show`, which looks whether it is right.
Nothing else sees it: whoever showed it is given a proof of that, and works with the proof.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from tallystick.core.amount import Parts
from tallystick.core.grant import GrantUnknown
from tallystick.core.half import Half, read_half
from tallystick.core.moment import read_moment
from tallystick.core.payout import check_left, check_tranche
from tallystick.core.refusal import Refusal
from tallystick.core.slip import (
    HALVES,
    TRIES,
    CodeNotShown,
    Exhaustion,
    HalvesOfTwoTallies,
    Purpose,
    Redemption,
    Ruling,
    RulingKind,
    Slip,
    SlipFrozen,
    SlipOfAnotherOffice,
    SlipUnknown,
    TallyNotDispatched,
    after_wrong,
    check_given_out,
    check_in_time,
    check_may_be_shown,
    check_not_issuer,
    check_ruling,
)
from tallystick.grants.queries import grants
from tallystick.handovers.codes.apply import CODE_EXHAUSTED, CODE_ISSUED, CODE_REDEEMED, CODE_RULED
from tallystick.handovers.codes.queries import Found, ends_of_tally, is_name_taken, slip_named, slips_for
from tallystick.handovers.slips import SlipTry
from tallystick.journal.actions import lock_stream, sign_head, utc_text
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.queries.payouts import paid_in
from tallystick.ledger.queries.records import units
from tallystick.vault.codes import digest_of, draw_half, draw_name, is_proof, is_right, proof_of_showing
from tallystick.vault.keys import unlocked


@dataclass(frozen=True, slots=True)
class Given:
    """A slip that was given out, with its code: to be shown this once."""

    slip: str
    half: Half = field(repr=False)


@dataclass(frozen=True, slots=True)
class Confirming:
    """Who confirms slips, who agreed where two are needed, and when the world saw it and the books do."""

    confirmed_by: str
    happened_at: str
    recorded_at: datetime
    agreed_by: str = ""


@within_reach()
@transaction.atomic
def give_out_claim(
    grant: str, *, tranche: int, amount: Parts, valid_until: date, issued_by: str, office: str, issued_at: datetime
) -> Given:
    """A code with which the recipient claims this much of a tranche.

    Raises GrantUnknown, TrancheUnknown, AmountNotPositive, PastPromise, SlipLapsesAtOnce, SlipStandsOpen.
    """
    given, digest = _drawn()
    head = lock_stream(office)
    promised = grants(codes=[grant]).get(grant)
    if promised is None:
        raise GrantUnknown(grant=grant)
    check_tranche(promised, tranche)
    paid = paid_in(grant, unit=promised.unit)
    check_left(promised, amount, paid=paid, places=units()[promised.unit].places)
    standing = slips_for(grant, purposes=[Purpose.CLAIM])
    check_given_out(valid_until, today=issued_at.date(), subject=grant, standing=standing)
    said = Slip(
        given.slip, Purpose.CLAIM.value, grant, holder=promised.recipient, valid_until=valid_until,
        issued_by=issued_by, issued_at=utc_text(issued_at), digest=digest, tranche=tranche, amount=amount,
    )  # fmt: skip
    say_records([said], CODE_ISSUED, head=head, recorded_at=issued_at)
    return given


@within_reach()
@transaction.atomic
def give_out_half(tally: str, *, purpose: Purpose, valid_until: date, issued_by: str, office: str, issued_at: datetime) -> Given:
    """The giver's half of a tally, to go with the load, or the taker's, to go by another way.

    Raises TallyNotDispatched, SlipLapsesAtOnce, SlipStandsOpen.
    """
    given, digest = _drawn()
    head = lock_stream(office)
    ends = ends_of_tally(tally)
    if ends is None:
        raise TallyNotDispatched(tally=tally)
    standing = slips_for(tally, purposes=[purpose])
    check_given_out(valid_until, today=issued_at.date(), subject=tally, standing=standing)
    said = Slip(
        given.slip, purpose.value, tally, holder=ends[purpose is Purpose.TAKER], valid_until=valid_until,
        issued_by=issued_by, issued_at=utc_text(issued_at), digest=digest,
    )  # fmt: skip
    say_records([said], CODE_ISSUED, head=head, recorded_at=issued_at)
    return given


@within_reach()
def show(slip: str, typed: str, *, purposes: Collection[Purpose], name: str, shown_at: datetime) -> str:
    """The proof that this member typed the right code; a wrong one is counted, whatever else becomes of the wish.

    It is a transaction of its own and never part of another, or a refusal would undo the count. Raises CodeUnreadable,
    CodeMistyped (neither is counted), SlipUnknown, SlipOfAnotherOffice, SlipServesOtherwise, IssuerConfirms,
    SlipPayoutReversed, SlipUsed, SlipVoid, SlipFrozen, CodeWrong.
    """
    half = read_half(typed)
    found = ours(slip)
    check_may_be_shown(found.standing, name=name, purposes=purposes)
    right = is_right(half, slip=slip, digest=found.standing.slip.digest)  # before the lock: it takes a while, on purpose
    refusal = _weigh(slip, right=right, purposes=purposes, name=name, shown_at=shown_at)
    if refusal is not None:
        raise refusal
    return proof_of_showing(slip, name=name)


@within_reach()
@transaction.atomic
def use_halves(slips: tuple[str, str], shown: tuple[str, str], *, office: str, confirming: Confirming) -> str:
    """Both halves of a tally were shown together: proof that it arrived with whom it was meant for. The tally's reference.

    Raises what `check_usable` does, and HalvesOfTwoTallies.
    """
    head = lock_stream(office)
    found = [ours(slip) for slip in slips]
    subjects = {one.standing.slip.subject for one in found}
    if len(subjects) > 1 or {one.standing.slip.purpose for one in found} != HALVES:
        raise HalvesOfTwoTallies(first=slips[0], second=slips[1])
    for one, proof in zip(found, shown, strict=True):
        check_usable(one, proof, purposes=HALVES, confirming=confirming)
    said = [redemption_of(one.standing.slip, confirming=confirming) for one in found]
    say_records(said, CODE_REDEEMED, head=head, recorded_at=confirming.recorded_at)
    return subjects.pop()


@within_reach()
@transaction.atomic
def rule(slip: str, ruling: str, *, office: str, recorded_at: datetime) -> None:
    """Let a frozen slip serve again, or make a slip void. Raises SlipUnknown, SlipUsed, SlipVoid, SlipNotFrozen."""
    head = lock_stream(office)
    check_ruling(ours(slip).standing, RulingKind(ruling))
    say_records([Ruling(slip, ruling)], CODE_RULED, head=head, recorded_at=recorded_at)


def ours(slip: str) -> Found:
    """The slip of this name. Raises SlipUnknown, and SlipOfAnotherOffice: only who has the key can check its code."""
    found = slip_named(slip)
    if found is None:
        raise SlipUnknown(slip=slip)
    if found.office != unlocked().office:
        raise SlipOfAnotherOffice(slip=slip, office=found.office)
    return found


def check_usable(found: Found, shown: str, *, purposes: Collection[Purpose], confirming: Confirming) -> None:
    """Refuses a slip that does not serve for this, now and in these hands: SlipServesOtherwise, IssuerConfirms,
    SlipPayoutReversed, SlipUsed, SlipVoid, SlipFrozen, CodeNotShown, SlipLapsed, ShownBeforeGiven.
    """
    slip = found.standing.slip
    check_may_be_shown(found.standing, name=confirming.confirmed_by, purposes=purposes)
    check_not_issuer(slip, name=confirming.agreed_by)
    if not is_proof(shown, slip=slip.slip, name=confirming.confirmed_by):
        raise CodeNotShown(slip=slip.slip, name=confirming.confirmed_by)
    check_in_time(slip, read_moment(confirming.happened_at))


def redemption_of(slip: Slip, *, confirming: Confirming, entry: str = "") -> Redemption:
    """What the act says of a slip that served."""
    return Redemption(
        slip.slip, slip.issued_by, confirming.confirmed_by, confirming.happened_at, utc_text(confirming.recorded_at),
        agreed_by=confirming.agreed_by, entry=entry,
    )  # fmt: skip


def _drawn() -> tuple[Given, str]:
    """A slip nobody has, its code, and what is kept of that."""
    name = draw_name()
    while is_name_taken(name):
        name = draw_name()
    half = draw_half()
    return Given(name, half), digest_of(half, slip=name)


@transaction.atomic(durable=True)
def _weigh(slip: str, *, right: bool, purposes: Collection[Purpose], name: str, shown_at: datetime) -> Refusal | None:
    """Count a wrong code, and freeze the slip at the last; what is to be told, if anything is. Of two at once both count."""
    office = unlocked().office
    head = lock_stream(office)
    found = ours(slip)
    check_may_be_shown(found.standing, name=name, purposes=purposes)
    if right:
        return None
    SlipTry.objects.create(slip_id=slip, round=found.exhausted, tried_by=name, tried_at=shown_at)
    refusal = after_wrong(found.standing)
    if isinstance(refusal, SlipFrozen):
        say_records([Exhaustion(slip, TRIES, name)], CODE_EXHAUSTED, head=head, recorded_at=shown_at)
        sign_head(office, signing_key=bytes(unlocked().signing_key), signed_at=shown_at)
    return refusal
