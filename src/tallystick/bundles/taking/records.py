"""The folder's records: looked over against the books, then said, one act each."""

from datetime import datetime
from typing import Any

from tallystick.bundles.folder.layout import PROGRAMME, UNITS
from tallystick.bundles.folder.reading import Folder
from tallystick.bundles.records import say_records
from tallystick.bundles.references import unnamed
from tallystick.bundles.standing import COUNTED, KEYED, News, code_of, news_of
from tallystick.bundles.taking.taken import Taken, note_fault
from tallystick.core.programme import Programme
from tallystick.core.refusal import Refusal
from tallystick.journal.queries import Head, is_rehearsal
from tallystick.ledger.queries.records import programme as opened_programme


class ProgrammeAnother(Refusal):
    code = "programme_another"
    words = "These books are kept for “{held}” and this folder is of “{asked}”."
    expected = "the programme that the books were opened for, word for word"


class RehearsalMismatched(Refusal):
    code = "rehearsal_mismatched"
    words = "The folder says rehearsal = {asked} and the books were made with rehearsal = {held}."
    expected = "{held}; a rehearsal cannot become a programme for real people, nor the reverse"


def take_records(folder: Folder, taken: Taken, *, head: Head, recorded_at: datetime) -> None:
    """Say what the books do not hold yet; where anything is wrong, say nothing and leave the faults with the folder."""
    programmes = _new_programmes(folder)
    news = _look_over(folder)
    if folder.faults:
        return
    head = say_records(news[UNITS].new, head=head, recorded_at=recorded_at)
    head = say_records(programmes, head=head, recorded_at=recorded_at)
    taken.add(PROGRAMME, new=len(programmes), already=1 - len(programmes))
    for file, one in news.items():
        if file != UNITS:
            head = say_records(one.new, head=head, recorded_at=recorded_at)
        taken.add(file, new=len(one.new), already=one.already_count)


def _look_over(folder: Folder) -> dict[str, News]:
    """What each file adds to the books; what would change them, or names what is nowhere, is noted as a fault."""
    known: dict[str, dict[str, Any]] = {}
    news: dict[str, News] = {}
    for file in (*KEYED, *COUNTED):
        located = folder.records[file]
        news[file] = news_of(file, located)
        for one, refusal in news[file].changed:
            note_fault(folder, file, line=one.line, refusal=refusal, found=code_of(one.record))
        if file in KEYED:
            known[file] = KEYED[file]() | {code_of(one.record): one.record for one in located}
        for one, column, missing in unnamed(file, located, known=known):
            found = str(getattr(one.record, column))
            note_fault(folder, file, line=one.line, refusal=missing, found=found, column=column)
    return news


def _new_programmes(folder: Folder) -> list[Programme]:
    """The folder's programme where the books have none yet; nothing where it is theirs, a fault where it is not."""
    programme, held = folder.programme, opened_programme()
    if programme is None:
        return []
    if programme.rehearsal != is_rehearsal():
        refusal: Refusal = RehearsalMismatched(asked=_toml(programme.rehearsal), held=_toml(is_rehearsal()))
        note_fault(folder, PROGRAMME, refusal=refusal, found=_toml(programme.rehearsal), column="rehearsal")
    elif held is not None and held != programme:
        refusal = ProgrammeAnother(held=held.name, asked=programme.name)
        note_fault(folder, PROGRAMME, refusal=refusal, found=programme.name, column="name")
    return [programme] if held is None else []


def _toml(value: bool) -> str:
    return "true" if value else "false"
