"""The house's own files as the rules see them: paths, texts and syntax trees."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "src" / "tallystick"
PROGRAMS = ("src", "tests", "bench", "faults")


@dataclass(frozen=True)
class Module:
    """A Python file; `name` is its path from the repository's root, or from the example that a test makes up."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @property
    def room(self) -> str:
        """The room of the product it stands in; empty outside the product and at its front door."""
        parts = Path(self.name).parts
        return parts[2] if parts[:2] == ("src", "tallystick") and len(parts) > 3 else ""

    @property
    def is_written_by_django(self) -> bool:
        path = Path(self.name)
        return path.parent.name == "migrations" and path.name[:4].isdigit()


@cache
def modules() -> tuple[Module, ...]:
    """Every Python file of the product, the tests, the bench and the faults."""
    found = (path for folder in PROGRAMS for path in (ROOT / folder).rglob("*.py"))
    return tuple(Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(found))


def product() -> Iterator[Module]:
    return (module for module in modules() if module.name.startswith("src/tallystick/"))


@cache
def rooms() -> tuple[tuple[str, ...], ...]:
    """The rooms from the top of the house down, as the import contract has them; those on one floor are strangers."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(one for one in settings["tool"]["importlinter"]["contracts"] if one["id"] == "rooms")
    return tuple(tuple(room.strip(" ()") for room in floor.split("|")) for floor in contract["layers"])


def may_know(*, room: str, other: str) -> bool:
    """Whether `room` may name `other`: itself, or a room on a lower floor."""
    floors = {name: floor for floor, names in enumerate(rooms()) for name in names}
    return room == other or floors[room] < floors[other]


@cache
def committed_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository; without git, as in an unpacked archive, all that is not ignored."""
    asking = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(asking, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    else:
        listed = [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if not _is_ignored(path.relative_to(ROOT))]
    return tuple(path for path in (ROOT / name for name in sorted(set(listed)) if name) if path.is_file())


def _is_ignored(path: Path) -> bool:
    patterns = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()]
    return any(fnmatch(part, pattern) for part in path.parts for pattern in patterns)
