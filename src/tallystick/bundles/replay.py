"""Replaying a journal into empty books: every act is read, chained and applied as it was when it was said."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache, partial
from itertools import groupby, islice
from typing import Any, TypeVar

from django.db import transaction

from tallystick.bundles.registry import RECORD_KINDS
from tallystick.core.chain import FIRST, act_digest, read_act, read_content
from tallystick.core.entry import entry_said
from tallystick.core.record import record_of
from tallystick.core.refusal import Refusal
from tallystick.journal.apply import write_acts
from tallystick.journal.models import ENTRY_POSTED
from tallystick.journal.queries import StoredAct
from tallystick.journal.records import apply_records
from tallystick.ledger.apply.entries import EntryAct, apply_entries

BATCH = 5_000  # acts
moment_of = lru_cache(maxsize=1_024)(datetime.fromisoformat)  # acts said together were recorded at one moment
T = TypeVar("T")


class ActKindUnknown(Refusal):
    code = "act_kind_unknown"
    words = "Act {number} of {office} is of the kind “{kind}”, which this version does not know."
    expected = "an act written by this version or an earlier one"


class ChainBroken(Refusal):
    code = "chain_broken"
    words = "Act {number} of {office} does not follow from the act before it."
    expected = "the digest of its bytes and of the act before"


@transaction.atomic
def replay(acts: Iterable[StoredAct], *, told: Callable[[int], None] = lambda count: None) -> int:
    """Apply these acts, in their order, to the books at hand; how many they were. `told` hears the count of each batch.

    Raises ActUnreadable, ActKindUnknown, ChainBroken.
    """
    heads: dict[str, bytes] = {}
    count = 0
    for batch in _batches(acts):
        for act in batch:
            _check_link(act, heads)
        write_acts(batch)
        for kind, run in groupby(batch, key=lambda act: act.kind):
            _apply(kind, list(run))
        count += len(batch)
        told(len(batch))
    return count


def _batches(acts: Iterable[StoredAct]) -> Iterator[list[StoredAct]]:
    acts = iter(acts)
    while batch := list(islice(acts, BATCH)):
        yield batch


def _check_link(act: StoredAct, heads: dict[str, bytes]) -> None:
    digest = act_digest(heads.get(act.office, FIRST), act.body)
    if digest != act.digest:
        raise ChainBroken(number=act.number, office=act.office)
    heads[act.office] = digest


def _apply(kind: str, acts: list[StoredAct]) -> None:
    if kind == ENTRY_POSTED:
        apply_entries([entry_act(act) for act in acts])
        return
    if kind not in RECORD_KINDS:
        raise ActKindUnknown(number=acts[0].number, office=acts[0].office, kind=kind)
    apply_records(RECORD_KINDS[kind], [(act.id, _said(act, partial(record_of, RECORD_KINDS[kind].record))) for act in acts])


def entry_act(act: StoredAct) -> EntryAct:
    """The entry that an act of the kind entry_posted says. Raises ActUnreadable."""
    said = read_act(act.body)
    return EntryAct(act.id, act.office, moment_of(said.recorded_at), read_content(said, entry_said))


def _said(act: StoredAct, read: Callable[[dict[str, Any]], T]) -> T:
    """What `read` makes of an act's content; a content that this version never writes is refused."""
    return read_content(read_act(act.body), read)
