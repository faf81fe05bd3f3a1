"""Where the bench works: folders of its own inside the repository, a passphrase of its own, programmes that it generates."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOM = "BENCH_ROOM"  # names the room of the run that started this process; a run of its own takes its own
WORK = ROOT / ".bench" / (os.environ.get(ROOM) or f"work-{os.getpid()}")
MOVES = "moves.csv"
BATCH = 10_000  # moves
GENERATOR = Path("tools") / "generate_programme.py"
PASSPHRASE = "nine swifts above the mill race"
PASSPHRASE_FILE = WORK / "passphrase"


@dataclass(frozen=True)
class Programme:
    """A generated programme folder. `move_count` is what was written, which may be a move or two more than was asked."""

    folder: Path
    seed: int
    move_count: int


def make_room() -> None:
    """An empty folder to work in, with the passphrase that every process of the bench reads."""
    for room in WORK.parent.glob("work*"):
        if not _is_in_use(room):
            shutil.rmtree(room, ignore_errors=True)
    WORK.mkdir(parents=True)
    PASSPHRASE_FILE.touch(mode=0o600)
    PASSPHRASE_FILE.write_text(f"{PASSPHRASE}\n", encoding="utf-8")


def clear() -> None:
    """Take away all that a run made: after a million moves that is most of a gigabyte."""
    shutil.rmtree(WORK, ignore_errors=True)


def _is_in_use(room: Path) -> bool:
    """Whether the run that made it still goes: one that was killed could not clear up after itself."""
    process = room.name.rpartition("-")[2]
    if not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return True


def find_generator() -> Path:
    """The generator among what the developers share; ends the run with a clear word where it is not there."""
    shared = Path(os.environ.get("TALLYSTICK_SHARED") or ROOT.parent / "shared")
    if not (shared / GENERATOR).exists():
        sys.exit(
            f"The bench needs {GENERATOR}, which writes programmes of any size, and did not find it in {shared}."
            " The folder shared/ lies beside the repository; TALLYSTICK_SHARED names another place for it."
        )
    return shared / GENERATOR


def generate(name: str, *, moves: int, seed: int, parties: dict[str, int]) -> Programme:
    """A programme of about so many moves; `parties` says how many there are of a sort, where the generator's own will not do."""
    folder = WORK / name
    command = [sys.executable, str(find_generator()), str(folder), "--moves", str(moves), "--seed", str(seed)]
    command += [word for sort, count in parties.items() for word in (f"--{sort}", str(count))]
    subprocess.run(command, check=True)
    with open(folder / MOVES, encoding="utf-8") as file:
        return Programme(folder=folder, seed=seed, move_count=sum(1 for _ in file) - 1)


def without_moves(programme: Programme) -> Programme:
    """The same programme before anything has moved; made beside it once."""
    if not programme.move_count:
        return programme
    folder = programme.folder.with_name(f"{programme.folder.name}-before")
    if not folder.exists():
        shutil.copytree(programme.folder, folder, ignore=shutil.ignore_patterns(MOVES))
        with open(programme.folder / MOVES, encoding="utf-8") as file:
            (folder / MOVES).write_text(file.readline(), encoding="utf-8")
    return Programme(folder=folder, seed=programme.seed, move_count=0)


def environment(database: str) -> dict[str, str]:
    """What a process of the bench finds in its environment: nobody else's books, and `database` where one is named."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
    mine["TALLYSTICK_PASSPHRASE_FILE"] = str(PASSPHRASE_FILE)
    mine[ROOM] = WORK.name
    return mine | ({"TALLYSTICK_DATABASE_URL": database} if database else {})
