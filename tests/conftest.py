"""What every test stands on: an engine, a home of its own, no skip in CI, and a note of every refusal that was provoked."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests import provoked
from tests.home import Home, books_in, make_home, passphrase_in
from tests.postgres import Cluster, start_cluster

ROOT = Path(__file__).parent.parent
IN_CI = bool(os.environ.get("CI"))
SETTINGS = "tallystick.config.settings"
CLUSTER = pytest.StashKey[Cluster]()
HOME = pytest.StashKey[Home]()

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if IN_CI else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("tallystick")
    group.addoption("--engine", choices=("sqlcipher", "postgres"), default="sqlcipher", help="the database under the books")
    group.addoption("--code-point-order", action="store_true", help="PostgreSQL sorts text as SQLite does, not as English does")


def pytest_configure(config: pytest.Config) -> None:
    """Opens a home for the test books before Django reads its settings; the rules in core are tested without either."""
    provoked.start_noting()
    config.addinivalue_line("markers", "last_of_all: runs when every other test has run, and only when every other test runs")
    if not _stands_on_books(config):
        return
    # Being told to end is taken as Ctrl-C: what was started is stopped first.
    # Started in the background of a script, Ctrl-C would be ignored here and in every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    database = None
    if config.option.engine == "postgres":
        config.stash[CLUSTER] = start_cluster(linguistic=not config.option.code_point_order)
        database = config.stash[CLUSTER].make_database()
    config.stash[HOME] = make_home(database=database)
    os.environ.update(config.stash[HOME].environment | provoked.environment(config.stash[HOME].base / "provoked.txt"))
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()
    from tests.emptying import let_tests_empty_tables

    let_tests_empty_tables()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Reached after a failure and after Ctrl-C as well."""
    if HOME in config.stash:
        config.stash[HOME].remove()
    if CLUSTER in config.stash:
        config.stash[CLUSTER].stop()


def pytest_report_header(config: pytest.Config) -> str:
    if CLUSTER in config.stash:
        return f"books: PostgreSQL, sorted by {config.stash[CLUSTER].collation}"
    return "books: SQLCipher" if HOME in config.stash else "books: none, the rules alone"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    report = yield
    return _without_skips(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    report = yield
    return _without_skips(report)


def _without_skips(report: Any) -> Any:
    """In CI a test that did not run has failed, so that nothing can hide behind a skip."""
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"CI refuses to skip: {report.longrepr}"
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Moves what sums up the whole run to its end, or leaves it out of a run that is only part of the whole."""
    last = [item for item in items if item.get_closest_marker("last_of_all")]
    others = [item for item in items if item not in last]
    everything = set((ROOT / "tests").rglob("test_*.py"))
    is_whole = {item.path for item in items} == everything and not _chooses(config)
    items[:] = [*others, *last] if is_whole else others
    if not is_whole and last:
        config.hook.pytest_deselected(items=last)


def _chooses(config: pytest.Config) -> bool:
    return bool(config.option.keyword or config.option.markexpr or any("::" in argument for argument in config.args))


def _stands_on_books(config: pytest.Config) -> bool:
    """Whether anything outside tests/core was asked for, and Django is there to stand on."""
    if not config.pluginmanager.hasplugin("django") or config.option.help or config.option.version:
        return False
    core = ROOT / "tests" / "core"
    asked_for = [Path(config.invocation_params.dir, argument.split("::")[0]).resolve() for argument in config.args]
    return not all(one.is_relative_to(core) for one in asked_for)


@pytest.fixture(scope="session")
def engine(pytestconfig: pytest.Config) -> str:
    """`sqlcipher` or `postgres`."""
    return str(pytestconfig.option.engine)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of programmes, tools and format that the developers share; it lies beside the repository."""
    folder = Path(os.environ.get("TALLYSTICK_SHARED") or ROOT.parent / "shared")
    if not (folder / "FORMAT.md").exists():
        pytest.skip("the folder shared/ does not lie beside this repository; TALLYSTICK_SHARED names another place for it")
    return folder


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder in which the command may make books: not there yet."""
    return tmp_path / "books"


@pytest.fixture
def run_tallystick(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the `tallystick` command as a person would, in a process of its own, with the passphrase in a file.

    `run_tallystick("holdings", "--csv", home=home)` gives the completed process; its texts are str, or bytes with `text=False`.
    With `--engine postgres` every home has a database of its own.
    """
    cluster = request.config.stash.get(CLUSTER, None)
    databases: dict[Path, str] = {}

    def run(*words: object, home: Path, **how: Any) -> subprocess.CompletedProcess[str]:
        if cluster is not None and home not in databases:
            databases[home] = cluster.make_database()
        mine = {name: value for name, value in os.environ.items() if not name.startswith(("TALLYSTICK_", "DJANGO_"))}
        mine |= passphrase_in(tmp_path) | books_in(databases.get(home)) | how.pop("environment", {})
        command = [str(Path(sys.executable).parent / "tallystick"), *map(str, words), "--home", str(home)]
        how = {"text": True, "capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 300, "check": False} | how
        return subprocess.run(command, env=mine, **how)

    return run
