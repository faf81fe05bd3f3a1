"""Programme folders for tests: the lamps programme with a change, or a stall by the river in a few rows."""

import csv
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tallystick.bundles.folder.fault import Fault
from tallystick.bundles.folder.layout import COLUMNS, MOVES, PROGRAMME
from tallystick.bundles.folder.reading import Folder, open_folder
from tallystick.bundles.folder.writing import Content
from tallystick.core.entry import Entry, Kind, Move, PostedEntry

LAMPS = Path(__file__).parents[2] / "examples" / "lamps"
STALL_TOML = """format = 1
name = "A stall by the river"
rehearsal = true
home = "KR"
reporting_unit = "USD"
opened = 2014-03-01
"""
STALL: dict[str, list[str]] = {
    "units.csv": ["USD,money,2,US dollar,", "LAMP,goods,0,solar lamp,9405.21"],
    "parties.csv": [
        "PARISH,donor,,,",
        "OFFICE,custodian:fund,Seoul,USD 80000,",
        "HERON,custodian:agent,Yanji,,",
        "R01,recipient,,,",
    ],
    "earmarks.csv": ["SHOPS,PARISH,USD,shops"],
    "authorisations.csv": ["REH,KR,authority,invented,grants,2014-03-01,2016-12-31,USD,70000.00"],
    "legs.csv": ["SEL-YNJ,Seoul,Yanji,by hand,10,0,USD,1,25000.00,REH"],
    "grants.csv": ["G01,R01,stall,SHOPS,REH,USD,200.00,1"],
    "vouches.csv": ["R01,HERON,cousin,20,2014-03-04,for"],
    "moves.csv": [
        "2014-03-03T10:00:00+09:00,E1,gift,PARISH,OFFICE,USD,900.00,SHOPS,,,",
        "2014-03-04T10:00:00+09:00,H2,handover,OFFICE,HERON,USD,300.00,SHOPS,,REH,",
        "2014-03-05T10:00:00+09:00,P3,payout,HERON,R01,USD,200.00,SHOPS,G01,REH,",
    ],
    "visits.csv": ["G01,2014-06-15,yes,320.00,USD,2,25.00,,1"],
}
Shown = tuple[str, int | None, str, str, str]
"""(file, line, column, found, code) of a fault."""


def make_stall(folder: Path, **rows: Iterable[str]) -> Path:
    """A sound little programme; `units=[…]` replaces the rows of units.csv. The header stays as FORMAT has it."""
    folder.mkdir(parents=True)
    (folder / PROGRAMME).write_text(STALL_TOML, encoding="utf-8")
    for file, columns in COLUMNS.items():
        lines = [",".join(columns), *rows.get(file.removesuffix(".csv"), STALL[file])]
        (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def copy_lamps(folder: Path) -> Path:
    shutil.copytree(LAMPS, folder)
    folder.chmod(0o700)
    for file in folder.iterdir():
        file.chmod(0o700)
    return folder


def row_with(file: str, **values: str) -> str:
    """The first row of a stall's file with other values in some columns, as CSV has it."""
    cells = dict(zip(COLUMNS[file], next(csv.reader([STALL[file][0]])), strict=True)) | values
    return as_csv([cells.values()]).removesuffix("\n")


def as_csv(rows: Iterable[Iterable[str]]) -> str:
    class Lines(list[str]):
        write = list.append

    lines = Lines()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return "".join(lines)


def read_to_the_end(path: Path) -> tuple[Folder, list[tuple[Entry, tuple[int, ...]]]]:
    with open_folder(path) as folder:
        return folder, list(folder.entries())


def faults_in(path: Path) -> list[Fault]:
    return list(read_to_the_end(path)[0].faults)


def shown(faults: Iterable[Fault]) -> list[Shown]:
    return [(one.file, one.line, one.column, one.found, one.code) for one in faults]


def content_of(path: Path) -> Content:
    """What a folder without faults holds, with its entries as they would stand in the books."""
    folder, numbered = read_to_the_end(path)
    assert not list(folder.faults)
    assert folder.programme is not None
    records: dict[str, Any] = {file: [one.record for one in located] for file, located in folder.records.items()}
    assert MOVES not in records
    return Content(folder.programme, records, posted(entry for entry, _ in numbered))


def posted(entries: Iterable[Entry]) -> list[PostedEntry]:
    """Entries as they would stand: the halves of a tally pass through its transit account."""
    tallies: set[str] = set()
    standing = []
    for entry in entries:
        moves = []
        for line in entry.lines:
            giver, taker, named, transit = line.giver, line.taker, "", f"@transit:{entry.reference}"
            if line.kind == Kind.DISPATCH:
                tallies.add(entry.reference)
                taker, named = transit, line.taker
            elif entry.reference in tallies and line.kind in (Kind.RECEIPT, Kind.LOSS, Kind.RETURN):
                giver, named = transit, line.giver
            moves.append(Move(line.kind, giver, taker, line.unit, line.amount, line.earmark, named, *line[6:]))
        standing.append(PostedEntry(entry.reference, entry.happened_at, tuple(moves)))
    return standing
