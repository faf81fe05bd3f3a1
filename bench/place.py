"""Where the bench works: folders of its own inside the repository, a passphrase of its own, programmes that it generates."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
WORK = ROOT / ".bench" / "work"
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
    clear()
    WORK.mkdir(parents=True)
    PASSPHRASE_FILE.touch(mode=0o600)
    PASSPHRASE_FILE.write_text(f"{PASSPHRASE}\n", encoding="utf-8")


def clear() -> None:
    """Take away all that a run made: after a million moves that is most of a gigabyte."""
    shutil.rmtree(WORK, ignore_errors=True)


def find_generator() -> Path:
    """The generator among what the developers share; ends the run with a clear word where it is not there."""
    shared = Path(os.environ.get("TALLYSTICK_SHARED") or ROOT.parent / "shared")
    if not (shared / GENERATOR).exists():
        sys.exit(
            f"The bench needs {GENERATOR}, which writes programmes of any size, and did not find it in {shared}."
            " The folder shared/ lies beside the repository; TALLYSTICK_SHARED names another place for it."
        )
    return shared / GENERATOR


def generate(name: str, *, moves: int, seed: int, few_parties: bool = False) -> Programme:
    """A programme of about so many moves; with `few_parties` it has so few that ten thousand moves fill every account."""
    folder = WORK / name
    command = [sys.executable, str(find_generator()), str(folder), "--moves", str(moves), "--seed", str(seed)]
    if few_parties:
        command += ["--recipients", "200", "--agents", "20", "--carriers", "40", "--earmarks", "4"]
    subprocess.run(command, check=True)
    with open(folder / "moves.csv", encoding="utf-8") as file:
        return Programme(folder=folder, seed=seed, move_count=sum(1 for _ in file) - 1)


def environment(database: str) -> dict[str, str]:
    """What a process of the bench finds in its environment: nobody else's books, and `database` where one is named."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
    mine["TALLYSTICK_PASSPHRASE_FILE"] = str(PASSPHRASE_FILE)
    return mine | ({"TALLYSTICK_DATABASE_URL": database} if database else {})
