"""What happens at the desk: a wish is looked at, asked for, agreed to, declined or taken back.

A wish for which one person is enough is carried out at once, any other waits as a draft. With whatever is carried out goes an
act that says who asked and who agreed, and the office's signature over where its journal then ends.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from tallystick.core.canonical import encode
from tallystick.core.draft import DraftState, check_decides, check_second_person, check_still_asks, check_waits, check_withdraws
from tallystick.core.entry import Move
from tallystick.core.moment import check_was, read_moment
from tallystick.core.record import content_of
from tallystick.core.sign_off import Signer, SignOff
from tallystick.core.wish import WISHES, check_may_ask, check_reason
from tallystick.desk.models import Draft
from tallystick.desk.queries import same_draft, wish_in
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Again, Asker, Deed, Done
from tallystick.journal.actions import lock_stream, sign_head, utc_text
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.queries.balances import Balance, balances_of
from tallystick.staff.apply import SIGNED_OFF
from tallystick.staff.queries import check_apart_from, is_program, roles_now, signed_off_as
from tallystick.vault.keys import unlocked


@dataclass(frozen=True, slots=True)
class Look:
    """What would come of a wish: the moves, what those whom they touch would hold then, and why two are needed, if they are."""

    moves: tuple[Move, ...]
    then: tuple[Balance, ...]
    second: str


@within_reach()
@transaction.atomic
def look(name: str, wish: Any, *, by: Asker, at: datetime) -> Look:
    """Carry a wish out, look at what it makes, and undo it. Raises whatever asking for it would."""
    second = _check(name, wish, by=by, at=at)
    done = WISH_KINDS[name].carry_out(wish, _deed(by.signer, at=at))
    moves = _moves(done)
    found = Look(moves, tuple(balances_of({(end, move.unit, move.earmark) for move in moves for end in move[1:3]})), second)
    transaction.set_rollback(True)
    return found


@within_reach()
@transaction.atomic
def ask(name: str, wish: Any, *, by: Asker, asked_at: datetime, reason: str = "") -> Done | Draft:
    """Carry a wish out where one person is enough, or keep it as a draft where not; which, the answer says.

    Asked for again by the same member, what waits already waits once; in the same words, what was carried out already stands, and
    the answer says so. Raises WishNotForRole, ConcernsOneself, MayConcernOneself, ReasonMissing, and what the room below refuses, for a
    draft as well.
    """
    second = _check(name, wish, by=by, at=asked_at)
    kind = WISH_KINDS[name]
    if second or kind.again is Again.AT_ONCE:
        lock_stream(unlocked().office)  # here, as PostgreSQL gives a lock back with the savepoint under which it was taken
    if kind.again is Again.AT_ONCE and (standing := _standing(name, wish, while_last=True)):
        return standing
    if second:
        check_reason(reason)
    try:
        done = _done_or_tried(name, wish, second=second, deed=_deed(by.signer, at=asked_at, reason=reason))
    except kind.refused_as:
        standing = _standing(name, wish, while_last=kind.again is Again.WHILE_LAST)
        if standing is None:
            raise
        return standing
    if not second or done.already:
        return done
    content = encode(content_of(wish)).decode()
    return same_draft(name, content=content, asked_by=by.name) or Draft.objects.create(
        wish=name, subject=WISH_KINDS[name].subject(wish), content=content,
        need=second, reason=reason, asked_by=by.name, asked_at=asked_at, drawn_by=by.drawn_by,
    )  # fmt: skip


@within_reach()
@transaction.atomic
def agree(number: int, *, by: Asker, agreed_at: datetime) -> Done:
    """Carry a draft out as its second person.

    Raises SecondPersonIsProgram, AgreesWithOwnProgram, DraftDecided, AgreesWithOneself, NotTwoPeople, AgreementNotForRole,
    AskerClosed, AskerMayNotAsk, ConcernsOneself, MayConcernOneself, and what the room below refuses by now.
    """
    draft = _locked(number)
    _check_decides(draft, by=by)
    check_still_asks(WISHES[draft.wish].ask, asked_by=draft.asked_by, roles=roles_now(draft.asked_by))
    wish = wish_in(draft)
    check_apart_from(WISH_KINDS[draft.wish].parties(wish), name=by.name, party=by.party, drawn_by=by.drawn_by)
    deed = _deed(Signer(draft.asked_by, draft.drawn_by), at=agreed_at, agreed=by.signer, reason=draft.reason)
    done = _carry_out(draft.wish, wish, deed=deed, asked_at=draft.asked_at)
    _decide(draft, DraftState.AGREED, by=by.signer, at=agreed_at)
    return done


@within_reach()
@transaction.atomic
def decline(number: int, *, by: Asker, declined_at: datetime, answer: str) -> None:
    """Say no to a draft, and why. Raises ReasonMissing, and as `agree` does whoever may not decide it."""
    draft = _locked(number)
    _check_decides(draft, by=by)
    check_reason(answer)
    _decide(draft, DraftState.DECLINED, by=by.signer, at=declined_at, answer=answer)


@within_reach()
@transaction.atomic
def withdraw(number: int, *, by: Asker, withdrawn_at: datetime) -> None:
    """Take a draft of one's own back. Raises DraftDecided, DraftOfAnother."""
    draft = _locked(number)
    check_withdraws(state=draft.state, asked_by=draft.asked_by, name=by.name)
    _decide(draft, DraftState.WITHDRAWN, by=Signer(by.name), at=withdrawn_at)


def _done_or_tried(name: str, wish: Any, *, second: str, deed: Deed) -> Done:
    """What comes of a wish, or of one for two what would come of it now: what would be refused then is refused now."""
    with transaction.atomic():
        if not second:
            return _carry_out(name, wish, deed=deed, asked_at=deed.recorded_at)
        tried = WISH_KINDS[name].carry_out(wish, deed)
        transaction.set_rollback(True)
    return tried


def _standing(name: str, wish: Any, *, while_last: bool) -> Done | None:
    """What these very words brought into the books before, if they did; with `while_last` only if nothing was said of the same since."""
    found = signed_off_as(name, content_digest=_digest(wish))
    if found is None:
        return None
    subject, is_last = found
    return Done(subject, stood=True) if is_last or not while_last else None


def _digest(wish: Any) -> str:
    return sha256(encode(content_of(wish))).hexdigest()


def _check(name: str, wish: Any, *, by: Asker, at: datetime) -> str:
    """Whether this member may ask for this now; why a second person is needed, or nothing."""
    kind = WISH_KINDS[name]
    check_may_ask(name, name=by.name, roles=by.roles)
    if happened_at := getattr(wish, "happened_at", ""):
        check_was(read_moment(happened_at), asked_at=at)
    check_apart_from(kind.parties(wish), name=by.name, party=by.party, drawn_by=by.drawn_by)
    return kind.second(wish)


def _check_decides(draft: Draft, *, by: Asker) -> None:
    asked = Signer(draft.asked_by, draft.drawn_by)
    check_second_person(name=by.name, is_program=by.is_program, asked_by=draft.asked_by, drawn_by=_drawn_token(draft))
    check_decides(draft.wish, state=draft.state, asked=asked, decides=by.signer, roles=by.roles)


def _drawn_token(draft: Draft) -> str:
    """Who drew the token of the program that asked; empty where a member did."""
    return draft.drawn_by if is_program(draft.asked_by) else ""


def _deed(asked: Signer, *, at: datetime, agreed: Signer | None = None, reason: str = "") -> Deed:
    return Deed(unlocked().office, at, asked=asked, agreed=agreed, reason=reason)


def _carry_out(name: str, wish: Any, *, deed: Deed, asked_at: datetime) -> Done:
    done = WISH_KINDS[name].carry_out(wish, deed)
    if done.already:
        return done  # it stood in the books already, signed off by whoever asked then
    said = SignOff(
        name, done.subject, asked_by=deed.asked_by, asked_at=utc_text(asked_at), agreed_by=deed.agreed_by, reason=deed.reason,
        asked_drawn_by=deed.asked.drawn_by or None, agreed_drawn_by=(deed.agreed.drawn_by if deed.agreed else "") or None,
        content_digest=_digest(wish),
    )  # fmt: skip
    keyring = unlocked()
    say_records([said], SIGNED_OFF, head=lock_stream(deed.office), recorded_at=deed.recorded_at)
    sign_head(deed.office, signing_key=bytes(keyring.signing_key), signed_at=deed.recorded_at)
    return done


def _locked(number: int) -> Draft:
    draft: Draft = Draft.objects.select_for_update().get(pk=number)
    return draft


def _decide(draft: Draft, state: DraftState, *, by: Signer, at: datetime, answer: str = "") -> None:
    check_waits(draft.state)
    draft.state, draft.decided_by, draft.decider_drawn_by, draft.decided_at = state, by.name, by.drawn_by, at
    draft.answer = answer
    draft.save(update_fields=["state", "decided_by", "decider_drawn_by", "decided_at", "answer"])


def _moves(done: Done) -> tuple[Move, ...]:
    return tuple(move for posted in (done.posted.entries if done.posted else ()) for move in posted.moves)
