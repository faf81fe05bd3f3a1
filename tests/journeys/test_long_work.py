"""Long work over the wire: brought in, looked through, taken in, given out; with workers that end, are killed, and come again."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tallystick.bundles.folder.files import KNOWN
from tallystick.bundles.folder.writing import packed
from tests.journeys.browsing import Browser, serving, signed_in
from tests.journeys.conftest import LAMPS
from tests.journeys.desk import Desk, lines

WATCHING = str(Path(__file__).parents[1] / "watching")
FILES = {name: (LAMPS / name).read_bytes() for name in KNOWN}
# Files that hold nothing of what anybody sent: locks, memory that processes share, and those by which Python looks for a folder.
EMPTY = re.compile(r"null|urandom|work-\d\.lock|books\.db|pym-.*|wgunicorn-.*|[a-z0-9_]{8}")
BACK_AND_FORTH = 30_000
PATIENCE = 240  # seconds, on a machine that does other things as well
ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="who is whose child is looked up in /proc, as Linux has it"
)


def long_folder() -> bytes:
    """The lamps programme, and money that goes back and forth until an import takes some seconds."""
    rows = [
        f"2016-03-01T09:00:00+09:00,N{number},handover,{'CRANE,WAGTAIL' if number % 2 else 'WAGTAIL,CRANE'},CNY,1.00,SHOPS,,,\n"
        for number in range(1, BACK_AND_FORTH + 1)
    ]
    return packed(FILES | {"moves.csv": FILES["moves.csv"] + "".join(rows).encode()})


def until(is_so: Callable[[], bool]) -> None:
    given_up_at = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < given_up_at
        time.sleep(0.1)


def state_of(browser: Browser, path: str) -> str:
    """How the errand at this address stands, in the page's own words."""
    found = re.search(r'<p aria-live="polite">([^<·]+)', browser.look(path))
    assert found is not None
    return found[1].strip()


def over(browser: Browser, path: str) -> str:
    """The words for how an errand ended, once it has."""
    until(lambda: state_of(browser, path) not in ("waiting", "under way"))
    return state_of(browser, path)


def children(served: subprocess.Popen[bytes]) -> set[int]:
    """The processes that this one started and that are Python's own way of starting a worker."""
    found = Path(f"/proc/{served.pid}/task/{served.pid}/children").read_text().split()
    tasks = Path(f"/proc/{served.pid}/task").iterdir()
    found += [child for task in tasks for child in (task / "children").read_text().split()]
    return {int(child) for child in found if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()}


def words_of(engine: str) -> tuple[str, ...]:
    """How these books are served: by a team where they can be."""
    return ("serve", "--workers", "2") if engine == "postgres" else ("serve",)


def brought_in(browser: Browser, data: bytes) -> str:
    """The address of the errand that has looked a file through."""
    browser.look("bring-in")
    browser.upload("bring-in", folder_zip=data)
    path = browser.path
    assert over(browser, path) == "done"
    return path


def test_a_spreadsheet_goes_in_and_comes_out_and_is_never_on_the_disk(
    desk: Desk, founded: Path, tmp_path: Path, engine: str
) -> None:
    home, noted = desk.copy(founded), tmp_path / "written"
    watched = {"PYTHONPATH": WATCHING, "TALLY_WATCHED": str(noted)}
    with serving(desk, home, *words_of(engine), **watched) as (address, _):
        browser = signed_in(desk, home, address=address, role="lead")
        browser.look("bring-in")
        big = packed(FILES | {"visits.csv": FILES["visits.csv"]}) + bytes(3 << 20)
        browser.upload("bring-in", folder_zip=big)
        assert over(browser, browser.path) == "done", "more than waitress and Django keep in memory by themselves"
        browser.send(brought_in(browser, packed(FILES)), wish="take")
        assert over(browser, browser.path) == "done"
        assert "Entries posted: 98." in browser.page
        browser.look("give-out")
        browser.send("give-out", form="archive")
        path = browser.path
        assert over(browser, path) == "done"
        (tmp_path / "fetched.zip").write_bytes(browser.fetch(f"{path}/file"))
        assert "is not kept here any more" in browser.look(path)
    with ZipFile(tmp_path / "fetched.zip") as archive:
        assert archive.read("moves.csv") == FILES["moves.csv"]
    written = {Path(line).name for line in noted.read_text().splitlines()}
    assert {name for name in written if not EMPTY.fullmatch(name)} == set()
    assert not any(b"HAEBARAGI" in file.read_bytes() for file in home.iterdir())
    assert lines(desk.run("verify", home=home))[1].startswith("Proved: ")


@ON_LINUX
def test_a_killed_worker_loses_nothing_and_its_work_is_done_by_the_next(desk: Desk, founded: Path, engine: str) -> None:
    home = desk.copy(founded)
    with serving(desk, home, *words_of(engine)) as (address, served):
        browser = signed_in(desk, home, address=address, role="lead")
        browser.send(brought_in(browser, long_folder()), wish="take")
        path = browser.path
        until(lambda: "moves" in browser.look(f"{path}/progress") or state_of(browser, path) == "done")
        assert state_of(browser, path) == "under way"
        for child in children(served):
            os.kill(child, signal.SIGKILL)
        assert over(browser, path) == "done"
    assert lines(desk.run("verify", home=home))[1].startswith("Proved: ")


@ON_LINUX
def test_an_import_that_is_cancelled_leaves_nothing_and_one_cut_short_is_done_later(
    desk: Desk, founded: Path, engine: str
) -> None:
    home = desk.copy(founded)
    with serving(desk, home, *words_of(engine)) as (address, _):
        browser = signed_in(desk, home, address=address, role="lead")
        browser.send(brought_in(browser, long_folder()), wish="take")
        path = browser.path
        until(lambda: "moves" in browser.look(f"{path}/progress"))
        browser.look(path)
        browser.send(path, wish="cancel")
        assert over(browser, path) == "cancelled"
        assert lines(desk.run("verify", home=home))[1].startswith("Proved: 1 act")
        browser.send(path, wish="again")
        until(lambda: "moves" in browser.look(f"{path}/progress"))
    assert lines(desk.run("verify", home=home))[1].startswith("Proved: 1 act")
    with serving(desk, home, *words_of(engine)) as (browser.address, _):
        assert over(browser, path) == "done", "whoever is signed in still is: the session lies in the books"


@ON_LINUX
def test_workers_end_when_whoever_started_them_is_gone(desk: Desk, founded: Path, engine: str) -> None:
    with desk.start(*words_of(engine), "--json", home=desk.copy(founded)) as served:
        until(lambda: bool(children(served)))
        workers = children(served)
        time.sleep(1)
        served.kill()
        until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
