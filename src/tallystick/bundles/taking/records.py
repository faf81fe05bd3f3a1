"""The folder's records: looked over against the books, then said, one act each."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from typing import Any

from tallystick.bundles.folder.layout import PROGRAMME, UNITS
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.records import say_known
from tallystick.bundles.references import unnamed
from tallystick.bundles.standing import COUNTED, KEYED, News, code_of, news_of
from tallystick.bundles.taking.taken import Taken, note_fault
from tallystick.core.programme import Programme
from tallystick.core.refusal import Refusal
from tallystick.core.unit import PLACES_MAX
from tallystick.journal.queries import Head, is_rehearsal
from tallystick.ledger.queries.records import programme as opened_programme
from tallystick.ledger.queries.records import units


class ProgrammeAnother(Refusal):
    code = "programme_another"
    words = "These books are kept for the programme “{programme}”, of which this folder says “{asked}”."
    expected = "{held}"


class RehearsalMismatched(Refusal):
    code = "rehearsal_mismatched"
    words = "The folder says rehearsal = {asked} and the books were made with rehearsal = {held}."
    expected = "{held}; a rehearsal cannot become a programme for real people, nor the reverse"


def take_records(folder: Folder, taken: Taken, *, head: Head, recorded_at: datetime) -> None:
    """Say what the books do not hold yet; where anything is wrong, say nothing and leave the faults with the folder."""
    programmes = new_programmes(folder)
    news = look_over(folder)
    if folder.faults:
        return
    head = say_known(news[UNITS].new, head=head, recorded_at=recorded_at)
    head = say_known(programmes, head=head, recorded_at=recorded_at)
    taken.add(PROGRAMME, new=len(programmes), already=1 - len(programmes))
    for file, one in news.items():
        if file != UNITS:
            head = say_known(one.new, head=head, recorded_at=recorded_at)
        taken.add(file, new=len(one.new), already=one.already_count)
        taken.note_records(one.new)


def look_over(folder: Folder) -> dict[str, News]:
    """What each file adds to the books; what would change them, or names what is nowhere, is noted as a fault."""
    known: dict[str, dict[str, Any]] = {}
    news: dict[str, News] = {}
    counted = [*(one.record for one in folder.records[UNITS]), *units().values()]
    places = defaultdict(lambda: PLACES_MAX, {unit.unit: unit.places for unit in counted})  # UnitPlaces says why
    patchy = {file for file in KEYED if any(fault.file == folder.place(file) for fault in folder.faults)}
    for file in (*KEYED, *COUNTED):
        located = folder.records[file]
        news[file] = news_of(file, located, places=places)
        if file != UNITS and UNITS in patchy:
            news[file].changed.clear()  # amounts were read by decimals that may be others
        for one, column, found, refusal in news[file].changed:
            note_fault(folder, file, line=one.line, refusal=refusal, found=found, column=column)
        if file == UNITS and news[file].changed:
            return news  # amounts in such a unit mean something else here: nothing more can be compared
        if file in KEYED:
            known[file] = KEYED[file]() | {code_of(one.record): one.record for one in located}
        _note_unnamed(folder, file, known=known, patchy=patchy)
    return news


def _note_unnamed(folder: Folder, file: str, *, known: dict[str, dict[str, Any]], patchy: set[str]) -> None:
    """Note the names that nobody bears; what a `patchy` file, of which not every row could be read, may hold is left alone."""
    for one, column, target, refusal in unnamed(file, folder.records[file], known=known):
        found = str(getattr(one.record, column))
        if target not in patchy or found in known[target]:
            note_fault(folder, file, line=one.line, refusal=refusal, found=found, column=column)


def new_programmes(folder: Folder) -> list[Programme]:
    """The folder's programme where the books have none yet; nothing where it is theirs, a fault where it is not."""
    programme, held = folder.programme, opened_programme()
    if programme is None:
        return []
    if programme.rehearsal != is_rehearsal():
        refusal: Refusal = RehearsalMismatched(asked=_toml(programme.rehearsal), held=_toml(is_rehearsal()))
        note_fault(folder, PROGRAMME, refusal=refusal, found=_toml(programme.rehearsal), column="rehearsal")
    elif held is not None and held != programme:
        for column, stands, asked in _differing(held, programme):
            note_fault(
                folder,
                PROGRAMME,
                refusal=ProgrammeAnother(programme=held.name, asked=asked, held=stands),
                found=asked,
                column=column,
            )
    return [programme] if held is None else []


def _differing(held: Programme, asked: Programme) -> Iterator[tuple[str, str, str]]:
    """(key, what the books hold, what the folder says) where the two differ."""
    for field in fields(Programme):
        stands, other = getattr(held, field.name), getattr(asked, field.name)
        if stands != other:
            yield field.name, str(stands), str(other)


def _toml(value: bool) -> str:
    return "true" if value else "false"
