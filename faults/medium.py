"""The medium under the books fills up, fails or is closed to writing: a clean refusal in one sentence, and books as before."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from faults.finding import POSTGRES, SQLCIPHER, Experiment, Finding, Scale
from faults.media.closed import FILE_ALONE, FOLDER_TOO, close_to_writing
from faults.media.crew import share_out
from faults.media.failing import CANTOPEN, FULL, IOERR_DELETE, IOERR_FSYNC, IOERR_READ, IOERR_TRUNCATE, IOERR_WRITE
from faults.media.layer import DELETED, OPENED, READ, SYNCED, TRUNCATED, WRITTEN
from faults.media.trials import Order, Tally, fail_everywhere, fill_up, trouble_on_server
from tests.postgres import find_programs, start_cluster

Told = Callable[[str], None]
FAILING = ("disk_failing", "books_unreadable")  # the first page not read at all is not told from one read under another key
BOTH = (True, False)  # whether a fault stays
MANY = ((WRITTEN, IOERR_WRITE), (READ, IOERR_READ))  # what a disk does often; syncs and the like can be counted on the fingers
REFUSAL = "a refusal in one sentence, exit status 1, the books as before, and the same again is done once the fault is gone"


def run_full(scale: Scale, told: Told) -> list[Finding]:
    """No page more, and no write more."""
    gifts = scale.pick(short=120, long=3000)
    pages = _gathered(share_out(fill_up, [gifts]), told)
    step = scale.pick(short=5, long=1)
    writes = [
        Order("import", WRITTEN, FULL, True, ("disk_full",), first=1 + scale.seed % step, step=step),
        *(Order("post", WRITTEN, FULL, stays, ("disk_full",)) for stays in BOTH),
    ]
    found = [
        Finding("an import, at every page boundary of it", SQLCIPHER, f"{_words(pages)}; byte for byte", tuple(pages.problems)),
        _finding(
            f"no room at every write of a post and every {_th(step)} of an import", share_out(fail_everywhere, writes), told=told
        ),
    ]
    return [*found, *_on_server("fail", "a server that says its disk is full, or fails", told=told)]


def run_failing(scale: Scale, told: Told) -> list[Finding]:
    """EIO at every step."""
    step = scale.pick(short=6, long=1)
    first = 1 + scale.seed % step
    every = "an import" if step == 1 else f"an import (of its reads and writes every {_th(step)})"
    asked = [Order(name, READ, IOERR_READ, stays, FAILING) for stays in BOTH for name in ("holdings", "verify")]
    return [
        _finding(f"EIO at every step of {every}", share_out(fail_everywhere, _import_orders(first, step)), told=told),
        _finding("EIO at every step of a single post", share_out(fail_everywhere, _post_orders(first, step)), told=told),
        _finding("EIO at every read of a question", share_out(fail_everywhere, asked), told=told),
    ]


def _import_orders(first: int, step: int) -> list[Order]:
    faults = (
        (SYNCED, IOERR_FSYNC, FAILING), (TRUNCATED, IOERR_TRUNCATE, FAILING), (DELETED, IOERR_DELETE, FAILING),
        (OPENED, CANTOPEN, ("books_read_only",)),
    )  # fmt: skip
    return [
        *(Order("import", what, code, stays, FAILING, first, step) for stays in BOTH for what, code in MANY),
        *(Order("import", what, code, stays, codes) for stays in BOTH for what, code, codes in faults),
    ]


def _post_orders(first: int, step: int) -> list[Order]:
    """At every step where the log is empty, at some where it stands and has to be read and carried over too."""
    return [
        *(Order("post", what, code, stays, FAILING) for stays in BOTH for what, code in MANY),
        *(Order("post", what, code, stays, FAILING, first, step, log_stands=True) for stays in BOTH for what, code in MANY),
        *(Order("post", SYNCED, IOERR_FSYNC, stays, FAILING, log_stands=stands) for stays in BOTH for stands in BOTH),
    ]


def run_closed(scale: Scale, told: Told) -> list[Finding]:
    """Read-only, by the modes of the file and its folder, and by the server's setting."""
    del scale
    found = [_finding(f"{what} read-only", share_out(close_to_writing, [what]), told=told) for what in (FILE_ALONE, FOLDER_TOO)]
    return [*found, *_on_server("close", "a database that is read-only", told=told)]


def run_forgetting(scale: Scale, told: Told) -> list[Finding]:
    """The settings by which a server may lose what it acknowledged."""
    del scale
    return _on_server("forget", "fsync, full_page_writes, synchronous_commit off, one at a time", told=told)


def _on_server(name: str, title: str, *, told: Told) -> list[Finding]:
    if find_programs() is None:
        return [Finding(title, POSTGRES, "left out: this machine has no server programs")]
    with _database() as url:
        return [_finding(title, share_out(trouble_on_server, [name], url=url), told=told, engine=POSTGRES)]


@contextmanager
def _database() -> Iterator[str]:
    cluster = start_cluster()
    try:
        yield cluster.make_database()
    finally:
        cluster.stop()


def _gathered(tallies: Iterable[Tally], told: Told) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
        told(f"{whole.tries} tries, {len(whole.problems)} problems")
    return whole


def _finding(title: str, tallies: Iterable[Tally], *, told: Told, engine: str = SQLCIPHER) -> Finding:
    whole = _gathered(tallies, told)
    return Finding(title, engine, _words(whole), tuple(whole.problems))


def _words(tally: Tally) -> str:
    refused = ", ".join(f"{count:,} {code}" for code, count in tally.refused.most_common())
    words = [f"{tally.tries:,} tries: refused {refused or 'none'}"]
    if tally.done:
        words.append(f"{tally.done:,} done or answered all the same")
    if tally.whole:
        words.append(
            f"{tally.whole:,} refused and found whole on opening again, for the disk failed on the last word of the commit"
        )
    return "; ".join(words)


def _th(step: int) -> str:
    return "one" if step == 1 else f"{step}th"


FULL_DISK = Experiment("disk-full", f"A disk with no room left: {REFUSAL}.", run_full)
FAILING_DISK = Experiment("disk-failing", f"A disk that answers EIO, once or from then on: {REFUSAL}.", run_failing)
CLOSED_DISK = Experiment(
    "read-only", "A medium that cannot be written: who asks is answered or told why not, and a write is refused.", run_closed
)
FORGETTING_SERVER = Experiment(
    "forgetting-server",
    "A server set so that it may lose what it says is done is not used: one sentence, exit status 1.",
    run_forgetting,
)
