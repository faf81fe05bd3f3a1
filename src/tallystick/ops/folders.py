"""`tallystick import`, `export` and `beancount`: whole programmes in and out."""

from datetime import datetime
from pathlib import Path
from typing import Any

from tallystick.bundles.folder.layout import MOVES
from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.folder.writing import appearing
from tallystick.bundles.giving import give_folder
from tallystick.bundles.taking.take import take_folder
from tallystick.bundles.taking.taken import Taken
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, print_json, progress, say
from tallystick.reports.beancount import write_beancount
from tallystick.vault.keys import Keyring


def take(source: Path, keyring: Keyring, *, recorded_at: datetime, as_json: bool) -> None:
    """Import and say what came in. Raises FolderRefused, FolderMissing."""
    taken = take_in(source, keyring, recorded_at=recorded_at)
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), **taken_document(taken)})
        return
    banner(rehearsal=is_rehearsal())
    for line in told_of(source, taken):
        say(line)


def take_in(source: Path, keyring: Keyring, *, recorded_at: datetime) -> Taken:
    """Import, with a bar to watch. Raises FolderRefused, FolderMissing."""
    with progress("Taking in moves") as told, open_folder(source) as folder:
        return take_folder(folder, keyring=keyring, recorded_at=recorded_at, told=told)


def taken_document(taken: Taken) -> dict[str, Any]:
    """What `--json` says of an import."""
    return {
        "changed": not taken.changed_nothing, "new": taken.new, "already": taken.already,
        "entries": taken.entry_count, "entries_already": taken.entry_already_count,
    }  # fmt: skip


def told_of(source: Path, taken: Taken) -> list[str]:
    """In words, what an import did."""
    if taken.changed_nothing:
        already = taken.already.get(MOVES, 0)
        return [f"{source} is already in the books, all {already:,} moves of it. Nothing was changed."]
    records = {file: count for file, count in taken.new.items() if file != MOVES and count}
    listed = ", ".join(f"{count:,} {file.partition('.')[0]}" for file, count in records.items())
    lines = [f"Took in {taken.new.get(MOVES, 0):,} moves in {taken.entry_count:,} entries" + (f"; {listed}." if listed else ".")]
    already = sum(taken.already.values())
    if already:
        lines.append(f"{already:,} rows were already in the books and changed nothing.")
    return lines


def give(target: Path, *, as_json: bool) -> None:
    """Export and say so. Raises NothingToExport, TargetExists, WorkbookTooLong."""
    with progress("Writing moves") as told:
        count = give_folder(target, told=told)
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), "target": str(target), "moves": count})
        return
    banner(rehearsal=is_rehearsal())
    say(f"Wrote {count:,} moves and all they refer to into {target}. It is not encrypted: keep it as you keep the books.")


def give_beancount(target: Path, *, as_json: bool) -> None:
    """Write the books for beancount. Raises TargetExists, TargetUnwritable."""
    with appearing(target) as part, open(part, "x", encoding="utf-8", newline="\n") as file:
        write_beancount(file)
    if as_json:
        print_json({"done": True, "rehearsal": is_rehearsal(), "target": str(target)})
        return
    banner(rehearsal=is_rehearsal())
    say(f"Wrote {target}. Prove it with: bean-check {target}")
