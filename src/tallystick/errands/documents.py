"""What came of an errand, as it is kept: plain texts and numbers, so that a page can say it in any language later."""

from itertools import islice
from typing import Any

from tallystick.bundles.folder.content import written_ends
from tallystick.bundles.folder.fault import FOUND_LENGTH, Fault, Faults, shown
from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME
from tallystick.bundles.taking.take import FolderRefused
from tallystick.bundles.taking.taken import Taken
from tallystick.bundles.taking.weigh import Weighed
from tallystick.core.amount import show_amount
from tallystick.core.entry import PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit

MOVES_SHOWN = 20  # of one entry


def weighed_document(weighed: Weighed, faults: Faults) -> dict[str, Any]:
    """What a folder would do, and all that is wrong with it; how many moves are new is not known where anything is."""
    taken = taken_document(weighed.taken, changed=weighed.changed)
    if faults:
        taken["files"] = [row for row in taken["files"] if row[0] != MOVES]
    return {
        **taken,
        "first": [_entry(posted, weighed.units) for posted in weighed.first],
        "parties": sorted(weighed.parties - {""}),
        "for_two": [[reason, found.count, found.first] for reason, found in weighed.taken.for_two.items() if found.count],
        **faults_document(faults),
    }


def taken_document(taken: Taken, *, changed: dict[str, int] | None = None) -> dict[str, Any]:
    """By file, how many rows are new, are there already, or would change what is there."""
    files = [
        [file, taken.new.get(file, 0), taken.already.get(file, 0), (changed or {}).get(file, 0)] for file in (PROGRAMME, *COLUMNS)
    ]
    return {"files": files, "entries": taken.entry_count, "entries_already": taken.entry_already_count}


def refusal_document(refusal: Refusal) -> dict[str, Any]:
    """Why an errand was refused; the faults with it where a folder was."""
    document: dict[str, Any] = {"refusal": _said(refusal)}
    return document | faults_document(refusal.faults) if isinstance(refusal, FolderRefused) else document


def faults_document(faults: Faults) -> dict[str, Any]:
    """The faults in the order of their lines, file after file: they are found by two readers, one behind the other."""
    files = {file: place for place, file in enumerate(dict.fromkeys(fault.file for fault in faults))}
    in_order = sorted(faults, key=lambda fault: (files[fault.file], fault.line or 0))
    return {"faults": [_fault(fault) for fault in in_order], "faults_more": faults.more}


def _fault(fault: Fault) -> dict[str, Any]:
    assert fault.refusal is not None, "a fault that was found has the refusal it comes from"
    place = {"file": fault.file, "line": fault.line, "column": fault.column, "found": fault.found}
    return place | _said(fault.refusal)


def _said(refusal: Refusal) -> dict[str, Any]:
    """A refusal's sentence and its facts, apart, so that the sentence can be said in another language."""
    facts = {name: shown(str(fact), most=FOUND_LENGTH) for name, fact in refusal.facts.items()}
    return {"code": refusal.code, "words": refusal.words, "expected": refusal.expected, "facts": facts}


def _entry(posted: PostedEntry, units: dict[str, Unit]) -> dict[str, Any]:
    moves = []
    for move in islice(posted.moves, MOVES_SHOWN):
        giver, taker = written_ends(move)
        amount = show_amount(move.amount, units[move.unit].places)
        moves.append([move.kind, giver, taker, move.unit, amount, move.earmark, move.grant])
    more = len(posted.moves) - len(moves)
    return {"reference": posted.reference, "happened_at": posted.happened_at.isoformat(), "moves": moves, "more": more}
