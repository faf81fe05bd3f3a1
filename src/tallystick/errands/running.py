"""Running an errand, from waiting to its end, whatever the end is. An import ends in the transaction that it is itself."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django_tasks import TaskContext

from tallystick.bundles.folder.reading import Folder, open_bytes
from tallystick.bundles.giving import give_bytes
from tallystick.bundles.taking.take import FolderRefused, take_folder
from tallystick.bundles.taking.weigh import weigh_folder
from tallystick.core.bringing import BROUGHT_IN, TakesTwo
from tallystick.core.errand import ErrandState, ErrandStep, next_state
from tallystick.core.refusal import Refusal
from tallystick.core.sign_off import SignOff
from tallystick.errands.documents import refusal_document, taken_document, weighed_document
from tallystick.errands.kept import file_pieces, keep_file, let_file_go, seal_outcome, wish_of
from tallystick.errands.models import Errand
from tallystick.errands.slate import EndedByMember, EndedWithWorker, own_slate
from tallystick.journal.actions import lock_stream, utc_text
from tallystick.journal.reach import within_reach
from tallystick.ledger.queries.counts import act_count, moves_between
from tallystick.vault.keys import unlocked

Deed = Callable[[Errand, datetime], None]


def run(number: int, deed: Deed, *, context: TaskContext) -> None:
    """Do what an errand is for, if it still waits for this run. Only what no rule and no member wanted is raised."""
    errand = _begun(number, run=context.task_result.id)
    if errand is None:
        return
    began_at = context.task_result.started_at
    assert began_at is not None, "whoever runs a task has noted when it began"
    slate = own_slate()
    slate.begin(errand.pk)
    try:
        with within_reach():
            deed(errand, began_at)
    except EndedByMember:
        _end(errand, ErrandStep.CANCEL)
    except EndedWithWorker:
        raise
    except Refusal as refusal:
        _end(errand, ErrandStep.REFUSE, outcome=refusal_document(refusal), is_useless=isinstance(refusal, FolderRefused))
    except BaseException:
        _end(errand, ErrandStep.FAIL)
        raise
    finally:
        slate.wipe()


def weigh(errand: Errand, began_at: datetime) -> None:
    """Say what a folder would do. A file with faults is of no more use: it has to be put right and brought in again."""
    del began_at
    with _folder(errand) as folder:
        weighed = weigh_folder(folder, office=unlocked().office, told=own_slate().count)
        outcome = weighed_document(weighed, folder.faults)
        is_useless = bool(folder.faults) or weighed.taken.changed_nothing
    finish(errand, outcome, is_useless=is_useless)


@transaction.atomic
def take(errand: Errand, began_at: datetime) -> None:
    """Take a folder into the books, say whose wish it was, and let its file go: all of it, or nothing.

    Raises TakesTwo where one alone asked for what takes two: in books that held no entry when they did, and hold one now.
    """
    wish, keyring = wish_of(errand), unlocked()
    own_slate().expect(wish["moves"])
    lock_stream(keyring.office)
    is_enough = bool(errand.decided_by) or (wish.get("begins", False) and not act_count().entries)
    data = b"".join(file_pieces(errand.file))
    with open_bytes(wish["name"], data) as folder:
        taken = take_folder(
            folder, keyring=keyring, recorded_at=began_at, told=own_slate().count, signed_off=_sign_off(errand, data)
        )
    if taken.takes_two and not is_enough:
        raise TakesTwo
    finish(errand, taken_document(taken), is_useless=True)


def give(errand: Errand, began_at: datetime) -> None:
    """Write the books out into a file, which is kept until whoever asked has fetched it."""
    own_slate().expect(moves_between(0, act_count().acts))
    data = give_bytes(as_workbook=wish_of(errand)["as_workbook"], told=own_slate().count)
    with transaction.atomic():
        errand.file = keep_file(data, kept_at=began_at)
        finish(errand, {"bytes": len(data)})


@transaction.atomic
def finish(errand: Errand, outcome: dict[str, Any], *, is_useless: bool = False) -> None:
    """It is done. Raises ErrandStepOutOfOrder where it was cancelled by somebody who did not reach this worker."""
    state = Errand.objects.select_for_update().values_list("state", flat=True).get(pk=errand.pk)
    errand.state = next_state(state, ErrandStep.FINISH)
    _keep_outcome(errand, outcome, is_useless=is_useless)


@transaction.atomic
def _end(errand: Errand, step: ErrandStep, *, outcome: dict[str, Any] | None = None, is_useless: bool = False) -> None:
    """It came to nothing, for this reason; whoever cancelled it meanwhile has the last word."""
    state = Errand.objects.select_for_update().values_list("state", flat=True).get(pk=errand.pk)
    if state == ErrandState.UNDER_WAY:
        errand.state = next_state(state, step)
        _keep_outcome(errand, outcome or {}, is_useless=is_useless)


@transaction.atomic
def _begun(number: int, *, run: str) -> Errand | None:
    errand = Errand.objects.select_for_update().filter(pk=number).first()
    if errand is None or errand.state != ErrandState.WAITING or str(errand.run) != run:
        return None
    errand.state = next_state(errand.state, ErrandStep.BEGIN)
    errand.tries += 1
    errand.save(update_fields=["state", "tries"])
    return errand


def _keep_outcome(errand: Errand, outcome: dict[str, Any], *, is_useless: bool) -> None:
    errand.outcome = seal_outcome(outcome, code=errand.code)
    if is_useless:
        let_file_go(errand.file)
        errand.file = ""
    errand.save(update_fields=["state", "outcome", "file"])


def _sign_off(errand: Errand, data: bytes) -> SignOff:
    """What the journal says for ever of a file that was taken in: which, and who asked and agreed. No code of the books has an @."""
    digest = sha256(data).hexdigest()
    return SignOff(
        BROUGHT_IN, f"@file {digest[:16]}", asked_by=errand.asked_by, asked_at=utc_text(errand.asked_at), agreed_by=errand.decided_by,
        reason=wish_of(errand).get("reason", ""), asked_drawn_by=errand.drawn_by or None, agreed_drawn_by=errand.decider_drawn_by or None,
        content_digest=digest,
    )  # fmt: skip


def _folder(errand: Errand) -> Folder:
    return open_bytes(wish_of(errand)["name"], b"".join(file_pieces(errand.file)))
