"""What is asked of errands: to be done, to end, to be done again. None of it is an act of the journal."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from tallystick.bundles.folder.layout import MOVES
from tallystick.core.errand import OPEN, TRIES_MAX, ErrandFileGone, ErrandKind, ErrandState, ErrandStep, next_state
from tallystick.core.errand import ErrandStepOutOfOrder as StepOutOfOrder
from tallystick.errands.kept import draw_code, file_pieces, keep_file, let_file_go, outcome_of, seal_wish, wish_of
from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.slate import EndedWithWorker, wish_to_end
from tallystick.errands.tasks import TASKS
from tallystick.errands.upload import Upload
from tallystick.journal.reach import within_reach
from tallystick.staff.queries import check_apart_from

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
def ask_take(weighed: Errand, *, by: str, party: str, asked_at: datetime, drawn_by: str = "") -> Errand:
    """Have a file that was weighed taken into the books; it goes over to the new errand.

    `party` is the custodian that this member holds for, if any; `drawn_by` was shown what they sign in with, if anybody was.
    Raises ErrandFileGone, ErrandStepOutOfOrder, ConcernsOneself, MayConcernOneself.
    """
    weighed = _locked(weighed)
    if (weighed.kind, weighed.state) != (ErrandKind.WEIGH, ErrandState.DONE):
        raise StepOutOfOrder
    if not weighed.file:
        raise ErrandFileGone
    outcome = outcome_of(weighed)
    check_apart_from(outcome["parties"], name=by, party=party, drawn_by=drawn_by)
    moves = sum(sum(counts[:2]) for file, *counts in outcome["files"] if file == MOVES)
    wish = {"name": wish_of(weighed)["name"], "moves": moves, "weighed": weighed.code}
    taking = _ask(ErrandKind.TAKE, wish, by=by, asked_at=asked_at, file=weighed.file)
    weighed.file = ""
    weighed.save(update_fields=["file"])
    return taking


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
def ask_again(errand: Errand) -> None:
    """Have the same done once more. Raises ErrandStepOutOfOrder, ErrandFileGone."""
    one = _locked(errand)
    one.state = next_state(one.state, ErrandStep.ASK_AGAIN)
    if one.kind != ErrandKind.GIVE and not one.file:
        raise ErrandFileGone
    one.tries, one.outcome = 0, None
    _enqueue(one)


@within_reach()
@transaction.atomic
def let_go(errand: Errand) -> None:
    """Keep its file no longer. Raises ErrandStepOutOfOrder while somebody may need it."""
    one = _locked(errand)
    if one.state in OPEN:
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
    """Put back what this worker, or the one that had its place before, left under way; how many errands those were.

    Whatever was left was undone by the database itself, so that doing it again is doing it once. An errand during which the worker
    was lost three times is not tried a fourth time.
    """
    left = list(Errand.objects.select_for_update().filter(state=ErrandState.UNDER_WAY))
    rows = DBTaskResult.objects.in_bulk([one.run for one in left if one.run])
    mine = [one for one in left if one.run not in rows or rows[one.run].worker_ids[-1:] == [worker]]
    for one in mine:
        _put_back(one, row=rows.get(one.run))
    return len(mine)


@within_reach()
@transaction.atomic
def sweep(now: datetime) -> None:
    """Let files go that nobody fetched for a day, and errands that were over a month ago."""
    wanted = Errand.objects.filter(file=OuterRef("file"), state__in=OPEN)
    FilePiece.objects.filter(~Exists(wanted), kept_at__lt=now - FILES_KEPT).delete()
    Errand.objects.filter(~Exists(FilePiece.objects.filter(file=OuterRef("file")))).exclude(file="").update(file="")
    Errand.objects.filter(asked_at__lt=now - ERRANDS_KEPT).exclude(state__in=OPEN).delete()
    DBTaskResult.objects.finished().exclude(pk__in=Errand.objects.exclude(run=None).values("run")).delete()


def _ask(kind: ErrandKind, wish: dict[str, Any], *, by: str, asked_at: datetime, file: str = "") -> Errand:
    code = draw_code()
    errand = Errand.objects.create(
        code=code, kind=kind, asked_by=by, asked_at=asked_at, wish=seal_wish(wish, code=code), file=file
    )  # fmt: skip
    _enqueue(errand)
    return errand


def _enqueue(errand: Errand) -> None:
    _rows_of(errand).delete()
    errand.run = UUID(TASKS[ErrandKind(errand.kind)].enqueue(errand.pk).id)
    errand.save()


def _rows_of(errand: Errand) -> DBTaskResultQuerySet:
    """The library's row of the last run, if there is one."""
    return DBTaskResult.objects.filter(pk__in=[errand.run] if errand.run else [])


def _put_back(errand: Errand, *, row: Row | None) -> None:
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
