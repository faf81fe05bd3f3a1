"""Files of books on a disk at fault: full, closed to writing, damaged, failing. Each function ends in what SQLite says of it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from faults.media.failing import IOERR_READ, Failing
from faults.media.layer import LAYER, READ

ROWS = json.dumps([0] * 500)


@contextmanager
def file(path: Path, *, mode: str = "rwc") -> Iterator[Any]:
    """A plain file of the library in use, with a table of some pages."""
    opened = driver.connect(f"file:{path}?mode={mode}", uri=True, isolation_level=None)
    try:
        if mode == "rwc":
            opened.execute("CREATE TABLE IF NOT EXISTS lamp (wick text)")
        yield opened
    finally:
        opened.close()


def fill(opened: Any) -> None:
    opened.execute("INSERT INTO lamp SELECT hex(randomblob(100)) FROM json_each(?)", [ROWS])


def no_room(path: Path) -> None:
    with file(path) as opened:
        opened.execute("PRAGMA max_page_count = 3")
        fill(opened)


def closed(path: Path) -> None:
    with file(path), file(path, mode="ro") as opened:
        fill(opened)


def no_folder(path: Path) -> None:
    with file(path / "nowhere" / "db"):
        pass


def damaged(path: Path) -> None:
    with file(path) as opened:
        fill(opened)
    content = bytearray(path.read_bytes())
    content[4096:8192] = bytes(4096)
    path.write_bytes(content)
    with file(path) as opened:
        opened.execute("SELECT COUNT(wick) FROM lamp WHERE wick > ''").fetchone()


def no_file_of_ours(path: Path) -> None:
    path.write_bytes(b"The ford is high." * 1000)
    with file(path):
        pass


def failing(path: Path) -> None:
    with file(path) as opened:
        fill(opened)
    with LAYER.watched_by(Failing(READ, at=3, code=IOERR_READ, stays=True)), file(path) as opened:
        opened.execute("SELECT COUNT(wick) FROM lamp WHERE wick > ''").fetchone()
