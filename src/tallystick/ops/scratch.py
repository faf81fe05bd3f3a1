"""Throw-away books for a replay: a folder in the home, gone again whatever happens."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tallystick.ops.opening import writing_in
from tallystick.vault.keys import NoBooksThere


@contextmanager
def scratch_folder(home: Path) -> Iterator[Path]:
    """The path of a database file to be, encrypted under a key that only this process holds; removed at the end."""
    if not home.is_dir():
        raise NoBooksThere(home=home)
    with writing_in(home):
        folder = Path(tempfile.mkdtemp(prefix="replay-", dir=home))
    try:
        yield folder / "books.db"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
