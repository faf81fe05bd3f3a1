"""What a person does while the medium fails, and what a person is told: the command's own words, or those it would use."""

import io
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from django.db import Error

from faults.media import books as place
from faults.media.story import entries
from tallystick.config.sqlcipher.base import BooksUnreadable
from tallystick.core.refusal import Refusal
from tallystick.journal.medium import BooksDamaged, BooksReadOnly, DiskFailing, DiskFull, refused_by_medium
from tallystick.ops.command import main
from tests import books

DONE, REFUSED = 0, 1
GAP = re.compile(r"\\{\w+\\}")
KINDS: tuple[type[Refusal], ...] = (DiskFull, DiskFailing, BooksReadOnly, BooksDamaged, BooksUnreadable)
SENTENCES = {kind.code: re.compile(GAP.sub(".*", re.escape(kind.words))) for kind in KINDS}


@dataclass(frozen=True)
class Said:
    """How the deed ended, and what was said on the way."""

    status: int
    out: str = ""
    err: str = ""

    @property
    def code(self) -> str:
        """The code of the refusal whose one sentence was said; empty where anything else was."""
        if self.status != REFUSED or self.out or self.err.count("\n") != 1:
            return ""
        return next((code for code, sentence in SENTENCES.items() if sentence.match(self.err)), "")


@dataclass(frozen=True)
class Deed:
    """`tell` does it, in books that `before` has made ready; one that `reads` leaves them as they are."""

    name: str
    tell: Callable[[], Said]
    before: Callable[[], object]
    reads: bool = False


def tell(*words: object) -> Said:
    """What `tallystick WORDS` says of these books, in this process."""
    out, err = io.StringIO(), io.StringIO()
    sys.argv = ["tallystick", *map(str, words), "--home", str(place.home())]
    try:
        with redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        return Said(int(ended.code or 0), out.getvalue(), err.getvalue())
    raise AssertionError("the command did not say how it ended")


def post() -> Said:
    """One entry, as a program posts it; what it meets is said as the command would say it."""
    try:
        books.post(entries("ONE", count=1))
    except (Refusal, Error) as problem:
        refusal = problem if isinstance(problem, Refusal) else refused_by_medium(problem)
        return Said(REFUSED, err=f"{refusal}\n") if refusal else Said(70, err=f"{type(problem).__name__}: {problem}\n")
    return Said(DONE)


def plump(gifts: int) -> Path:
    """The lamps programme with so many gifts more, made once."""
    folder = place.home().parent / f"plump-{gifts}-{place.home().name}"
    if not folder.exists():
        shutil.copytree(books.LAMPS, folder)
        with open(folder / "moves.csv", "a", encoding="utf-8", newline="") as file:
            for number in range(gifts):
                file.write(f"2016-05-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}+09:00,")
                file.write(f"N{number},gift,HAEBARAGI,OFFICE,USD,0.01,SHOPS,,,\n")
    return folder


def import_of(gifts: int) -> Deed:
    """An import of the lamps programme with so many gifts more."""
    return Deed("import", lambda: tell("import", plump(gifts)), nothing)


def nothing() -> None:
    """These books are ready as they are."""


def deed_of(name: str) -> Deed:
    """An import, a single entry, or one of two questions."""
    return {
        "import": import_of(0),
        "post": Deed("post", post, lambda: books.take(books.LAMPS)),
        "holdings": Deed("holdings", lambda: tell("holdings"), lambda: books.take(books.LAMPS), reads=True),
        "verify": Deed("verify", lambda: tell("verify"), lambda: books.take(books.LAMPS), reads=True),
    }[name]
