"""What is asked of errands: to be done, to end, to be done again. None of it is an act of the journal."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from tallystick.bundles.folder.layout import MOVES
from tallystick.core.bringing import Bringer, check_agrees, need_of
from tallystick.core.draft import check_still_asks
from tallystick.core.errand import (
    KEEPS_FILE,
    MAY_ASK,
    OPEN,
    TRIES_MAX,
    ErrandFileGone,
    ErrandKind,
    ErrandState,
    ErrandStep,
    check_may_ask,
    next_state,
)
from tallystick.core.errand import ErrandStepOutOfOrder as StepOutOfOrder
from tallystick.core.sign_off import Signer
from tallystick.core.wish import check_reason
from tallystick.errands.kept import draw_code, file_pieces, keep_file, let_file_go, outcome_of, seal_outcome, seal_wish, wish_of
from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.slate import EndedWithWorker, wish_to_end
from tallystick.errands.tasks import TASKS
from tallystick.errands.upload import Upload
from tallystick.journal.reach import within_reach
from tallystick.ledger.queries.counts import act_count
from tallystick.staff.queries import check_apart_from, roles_now

FILES_KEPT = timedelta(days=1)
ERRANDS_KEPT = timedelta(days=30)
Row = DBTaskResult[..., Any]
ENDED_WITH_WORKER = f"{EndedWithWorker.__module__}.{EndedWithWorker.__qualname__}"


@within_reach()
@transaction.atomic
def ask_weigh(upload: Upload, *, by: str, asked_at: datetime) -> Errand:
    """Have a file weighed; it is kept, sealed, until it is taken in or of no more use."""
    file = keep_file(upload.data, kept_at=asked_at)
    return _ask(ErrandKind.WEIGH, {"name": upload.name}, by=by, asked_at=asked_at, file=file)


@within_reach()
@transaction.atomic
def ask_take(weighed: Errand, *, by: Bringer, asked_at: datetime, reason: str = "") -> Errand:
    """Have a file that was weighed taken into the books, at once or when a second person agreed; it goes over to the new errand.

    Raises WishNotForRole, ErrandFileGone, ErrandStepOutOfOrder, ConcernsOneself, MayConcernOneself, and ReasonMissing where two are needed.
    """
    check_may_ask(ErrandKind.TAKE, name=by.name, roles=by.roles)
    weighed = _locked(weighed)
    if (weighed.kind, weighed.state) != (ErrandKind.WEIGH, ErrandState.DONE):
        raise StepOutOfOrder
    outcome = outcome_of(weighed)
    if not weighed.file or "for_two" not in outcome:  # an earlier release weighed, and noted nothing of two
        raise ErrandFileGone
    moves = sum(sum(counts[:2]) for file, *counts in outcome["files"] if file == MOVES)
    wish = {
        "name": wish_of(weighed)["name"], "moves": moves, "weighed": weighed.code, "reason": reason,
        "parties": outcome["parties"], "for_two": [why for why, *_ in outcome["for_two"]],
    }  # fmt: skip
    taking = Errand(code=draw_code(), kind=ErrandKind.TAKE, file=weighed.file)
    _wish_taken(taking, wish, by=by, asked_at=asked_at)
    taking.state = ErrandState.ASKED if taking.need else ErrandState.WAITING
    _set_out(taking)
    weighed.file = ""
    weighed.save(update_fields=["file"])
    return taking


@within_reach()
@transaction.atomic
def agree_take(errand: Errand, *, by: Bringer) -> None:
    """Have what another asked for taken in, as its second person.

    Raises ErrandStepOutOfOrder, AgreesWithOneself, NotTwoPeople, AgreementNotForRole, ConcernsOneself,
    MayConcernOneself, AskerClosed, AskerMayNotAsk.
    """
    one = _decided(errand, ErrandStep.AGREE, by=by)
    check_still_asks(MAY_ASK[ErrandKind.TAKE], asked_by=one.asked_by, roles=roles_now(one.asked_by))
    _enqueue(one)


@within_reach()
@transaction.atomic
def decline_take(errand: Errand, *, by: Bringer, answer: str) -> None:
    """Say no to it, and why; its file goes. Raises ReasonMissing, and as `agree_take` does whoever may not decide it."""
    one = _decided(errand, ErrandStep.DECLINE, by=by)
    check_reason(answer)
    one.outcome = seal_outcome({"answer": answer}, code=one.code)
    one.save()
    _drop_file(one)


@within_reach()
@transaction.atomic
def ask_give(*, as_workbook: bool, by: str, asked_at: datetime) -> Errand:
    """Have the books written out, as a workbook or as an archive."""
    return _ask(ErrandKind.GIVE, {"as_workbook": as_workbook}, by=by, asked_at=asked_at)


@within_reach()
def cancel(errand: Errand) -> None:
    """End it. What is under way ends after its next moves and leaves nothing behind; nothing is written to tell it so, for
    while an import goes on nothing can be. Raises ErrandStepOutOfOrder where it is over.
    """
    if wish_to_end(errand.pk):
        return
    with transaction.atomic():
        one = _locked(errand)
        one.state = next_state(one.state, ErrandStep.CANCEL)
        one.save(update_fields=["state"])
        _rows_of(one).ready().delete()


@within_reach()
@transaction.atomic
def ask_again(errand: Errand, *, by: Bringer, asked_at: datetime, reason: str = "") -> None:
    """Have the same done once more; what takes two waits for a second person again, whoever agreed before.

    Raises WishNotForRole, ErrandStepOutOfOrder, ErrandFileGone, ConcernsOneself, MayConcernOneself, ReasonMissing.
    """
    one = _locked(errand)
    check_may_ask(one.kind, name=by.name, roles=by.roles)
    next_state(one.state, ErrandStep.ASK_AGAIN)
    if one.kind != ErrandKind.GIVE and not one.file:
        raise ErrandFileGone
    if one.kind == ErrandKind.TAKE:
        wish = wish_of(one)
        _wish_taken(one, {**wish, "reason": reason or wish.get("reason", "")}, by=by, asked_at=asked_at)
    one.state = next_state(one.state, ErrandStep.ASK_SECOND if one.need else ErrandStep.ASK_AGAIN)
    one.tries, one.outcome = 0, None
    _set_out(one)


@within_reach()
@transaction.atomic
def let_go(errand: Errand) -> None:
    """Keep its file no longer. Raises ErrandStepOutOfOrder while somebody may need it."""
    one = _locked(errand)
    if one.state in KEEPS_FILE:
        raise StepOutOfOrder
    _drop_file(one)


@within_reach()
@transaction.atomic
def hand_out(errand: Errand) -> bytes:
    """The file that was made; from now on it is not kept any more. Raises ErrandFileGone."""
    one = _locked(errand)
    if (one.kind, one.state) != (ErrandKind.GIVE, ErrandState.DONE) or not one.file:
        raise ErrandFileGone
    data = b"".join(file_pieces(one.file))
    _drop_file(one)
    return data


@within_reach()
@transaction.atomic
def take_up(worker: str) -> int:
    """Put back what this worker, or the one that had its place before, left; how many errands those were. To be asked between errands.

    Whatever was left was undone by the database itself, so that doing it again is doing it once. An errand during which the worker
    was lost three times is not tried a fourth time. What had been claimed and was never begun is no try.
    """
    going_on = list(Errand.objects.select_for_update().filter(state__in=OPEN))
    rows = DBTaskResult.objects.in_bulk([one.run for one in going_on if one.run])
    left = [one for one in going_on if _is_left(one, row=rows.get(one.run), worker=worker)]
    for one in left:
        _put_back(one, row=rows.get(one.run))
    return len(left)


@within_reach()
@transaction.atomic
def sweep(now: datetime) -> None:
    """Let files go that nobody fetched for a day, and errands that were over, or for which no second person was found, for a month."""
    Errand.objects.filter(asked_at__lt=now - ERRANDS_KEPT).exclude(state__in=OPEN).delete()
    wanted = Errand.objects.filter(file=OuterRef("file"), state__in=KEEPS_FILE)
    FilePiece.objects.filter(~Exists(wanted), kept_at__lt=now - FILES_KEPT).delete()
    Errand.objects.filter(~Exists(FilePiece.objects.filter(file=OuterRef("file")))).exclude(file="").update(file="")
    DBTaskResult.objects.finished().exclude(pk__in=Errand.objects.exclude(run=None).values("run")).delete()


def _ask(kind: ErrandKind, wish: dict[str, Any], *, by: str, asked_at: datetime, file: str = "") -> Errand:
    code = draw_code()
    errand = Errand.objects.create(
        code=code, kind=kind, asked_by=by, asked_at=asked_at, wish=seal_wish(wish, code=code), file=file
    )  # fmt: skip
    _enqueue(errand)
    return errand


def _wish_taken(errand: Errand, wish: dict[str, Any], *, by: Bringer, asked_at: datetime) -> None:
    """Whoever asks now is who asked; whether one is enough, and why not, is decided anew."""
    if "for_two" not in wish:  # asked for in an earlier release
        raise ErrandFileGone
    check_apart_from(wish["parties"], name=by.name, party=by.party, drawn_by=by.signer.drawn_by)
    has_entries = bool(act_count().entries)
    errand.need = need_of(wish["for_two"], has_entries=has_entries, roles=by.roles)
    if errand.need:
        check_reason(wish["reason"])
    errand.wish = seal_wish({**wish, "begins": not has_entries and not errand.need}, code=errand.code)
    errand.asked_by, errand.drawn_by, errand.asked_at = by.name, by.signer.drawn_by, asked_at
    errand.decided_by = errand.decider_drawn_by = ""


def _set_out(errand: Errand) -> None:
    errand.save()
    if errand.state == ErrandState.WAITING:
        _enqueue(errand)


def _decided(errand: Errand, step: ErrandStep, *, by: Bringer) -> Errand:
    one = _locked(errand)
    one.state = next_state(one.state, step)
    parties = wish_of(one)["parties"]
    check_agrees(Signer(one.asked_by, one.drawn_by), by, parties=parties)
    check_apart_from(parties, name=by.name, party=by.party, drawn_by=by.signer.drawn_by)
    one.decided_by, one.decider_drawn_by = by.name, by.signer.drawn_by
    return one


def _enqueue(errand: Errand) -> None:
    _rows_of(errand).delete()
    errand.run = UUID(TASKS[ErrandKind(errand.kind)].enqueue(errand.pk).id)
    errand.save()


def _rows_of(errand: Errand) -> DBTaskResultQuerySet:
    """The library's row of the last run, if there is one."""
    return DBTaskResult.objects.filter(pk__in=[errand.run] if errand.run else [])


def _is_left(errand: Errand, *, row: Row | None, worker: str) -> bool:
    """Whether nobody is at an errand any more, nor will be: its row is gone, this worker's, or over while the errand still waits."""
    if row is None or row.worker_ids[-1:] == [worker]:
        return True
    return errand.state == ErrandState.WAITING and row.finished_at is not None


def _put_back(errand: Errand, *, row: Row | None) -> None:
    if errand.state == ErrandState.WAITING:
        _enqueue(errand)
        return
    if row is not None and row.exception_class_path == ENDED_WITH_WORKER:
        errand.tries -= 1
    if errand.tries >= TRIES_MAX:
        errand.state = next_state(errand.state, ErrandStep.FAIL)
        errand.save(update_fields=["state"])
        return
    errand.state = next_state(errand.state, ErrandStep.PUT_BACK)
    _enqueue(errand)


def _drop_file(errand: Errand) -> None:
    let_file_go(errand.file)
    errand.file = ""
    errand.save(update_fields=["file"])


def _locked(errand: Errand) -> Errand:
    return Errand.objects.select_for_update().get(pk=errand.pk)
