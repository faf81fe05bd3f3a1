"""Errands as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tallystick.core.errand import OPEN, ErrandKind, ErrandState
from tallystick.core.moment import read_moment
from tallystick.errands.kept import outcome_of, wish_of
from tallystick.errands.models import Errand
from tallystick.errands.queries import NEVER, Moments, moments_of
from tallystick.errands.slate import Progress, progress_of
from tallystick.web.errands.words import ARCHIVE, KINDS, NEEDS, STATES, WORKBOOK
from tallystick.web.figures import age, day, grouped

ENTRIES_ON_A_PAGE = 100
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """An errand in the list, or at the head of its own page."""

    code: str
    kind: str
    about: str
    asked_by: str
    asked_at: datetime
    asked: str
    age: str
    state: str
    words: str
    took: str
    is_open: bool
    progress: Progress | None
    told: str


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal that was kept, with its facts, as the filters for sentences take one."""

    code: str
    words: str
    expected: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class FaultShown:
    file: str
    line: int | None
    column: str
    found: str
    said: Said


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An entry that would be posted, with its moves and how many of them are left out."""

    reference: str
    day: str
    moves: list[dict[str, str]]
    more: int


def rows(errands: Sequence[Errand]) -> list[Row]:
    moments = moments_of(errands)
    return [_row(one, moments.get(one.run, NEVER) if one.run else NEVER) for one in errands]


def row(errand: Errand) -> Row:
    return rows([errand])[0]


def outcome(errand: Errand) -> dict[str, Any]:
    """What came of an errand, for its page: counts by file, faults, the reason of a refusal."""
    found = outcome_of(errand)
    context: dict[str, Any] = {
        "files": [
            (file, grouped(new), grouped(already), grouped(changed)) for file, new, already, changed in found.get("files", [])
        ],
        "faults": [_fault(one) for one in found.get("faults", [])],
        "faults_more": found.get("faults_more", 0),
        "entry_count": found.get("entries", 0),
        "entries": grouped(found.get("entries", 0)),
        "entries_already": grouped(found.get("entries_already", 0)),
        "size": _size(found["bytes"]) if "bytes" in found else "",
    }
    return context | ({"refusal": _said(found["refusal"])} if "refusal" in found else {})


def entries_page(errand: Errand, number: int) -> dict[str, Any]:
    """The page of this number of the entries that would be posted; the last where there are not so many."""
    first: list[dict[str, Any]] = outcome_of(errand).get("first", [])
    last = max((len(first) - 1) // ENTRIES_ON_A_PAGE + 1, 1)
    number = min(max(number, 1), last)
    at = (number - 1) * ENTRIES_ON_A_PAGE
    shown = first[at : at + ENTRIES_ON_A_PAGE]
    return {
        "first": [_entry(one) for one in shown], "from_entry": grouped(at + 1), "to_entry": grouped(at + len(shown)),
        "before": number - 1, "after": number + 1 if number < last else 0,
    }  # fmt: skip


def for_two(errand: Errand) -> dict[str, Any]:
    """Of what was weighed, what takes two people: why, how many rows or entries, and the first of them."""
    found: list[tuple[str, int, list[str]]] = outcome_of(errand).get("for_two", [])
    return {"for_two": [(str(NEEDS[reason]), grouped(count), first, count - len(first)) for reason, count, first in found]}


def _row(errand: Errand, moments: Moments) -> Row:
    is_open = errand.state in OPEN
    progress = progress_of(errand.pk) if is_open else None
    return Row(
        code=errand.code,
        kind=str(KINDS[ErrandKind(errand.kind)]),
        about=_about(errand),
        asked_by=errand.asked_by,
        asked_at=errand.asked_at,
        asked=day(errand.asked_at),
        age=age(errand.asked_at, timezone.now()),
        state=errand.state,
        words=str(STATES[ErrandState(errand.state)]),
        took=_took(moments),
        is_open=is_open,
        progress=progress,
        told=_told(progress),
    )


def _about(errand: Errand) -> str:
    wish = wish_of(errand)
    if errand.kind == ErrandKind.GIVE:
        return str(WORKBOOK if wish["as_workbook"] else ARCHIVE)
    return str(wish["name"])


def _took(moments: Moments) -> str:
    if moments.began_at is None or moments.ended_at is None:
        return ""
    seconds = max(round((moments.ended_at - moments.began_at).total_seconds()), 1)
    return ngettext("{count} second", "{count} seconds", seconds).format(count=grouped(seconds))


def _told(progress: Progress | None) -> str:
    if progress is None:
        return ""
    counted = grouped(progress.counted)
    if not progress.all:
        return ngettext("{count} move so far", "{count} moves so far", progress.counted).format(count=counted)
    return _("{count} of {all} moves").format(count=counted, all=grouped(progress.all))


def _size(count: int) -> str:
    return f"{count / MIB:,.1f} MiB" if count >= MIB else f"{max(round(count / 1024), 1)} KiB"


def _said(kept: dict[str, Any]) -> Said:
    return Said(kept["code"], kept["words"], kept["expected"], kept["facts"])


def _fault(kept: dict[str, Any]) -> FaultShown:
    return FaultShown(kept["file"], kept["line"], kept["column"], kept["found"], _said(kept))


def _entry(kept: dict[str, Any]) -> EntryShown:
    names = ("kind", "giver", "taker", "unit", "amount", "earmark", "grant")
    moves = [dict(zip(names, [*move[:4], _amount(move[4]), *move[5:]], strict=True)) for move in kept["moves"]]
    return EntryShown(kept["reference"], day(read_moment(kept["happened_at"])), moves, kept["more"])


def _amount(text: str) -> str:
    whole, point, decimals = text.partition(".")
    return f"{int(whole):,}{point}{decimals}"
