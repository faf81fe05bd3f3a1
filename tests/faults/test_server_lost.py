"""The database gone, or held by another: said in one sentence, and the same asked for again is done once."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import psycopg
import pytest
from django.db import Error, IntegrityError, OperationalError, connection, transaction
from psycopg import errors

from tallystick.bundles.taking import take
from tallystick.core.refusal import Refusal
from tallystick.journal.actions import lock_stream
from tallystick.journal.medium import DiskFull
from tallystick.journal.queries import act_count
from tallystick.journal.reach import BooksBusy, BooksUnreachable, refusal_of, within_reach
from tallystick.ledger.post import Posted
from tallystick.vault.keys import unlocked
from tests import books
from tests.ops import conftest as ops

pytestmark = pytest.mark.django_db(transaction=True)

tell = ops.tell  # the command, in the process of the tests
Tell = Callable[..., CompletedProcess[str]]

GIFT = "E1   1 March   gift   HAEBARAGI → OFFICE   CNY 500.00   SHOPS"
AGAIN = "the same again in a moment: what was posted is not posted twice"
WAITING_FOR_A_REPLICA = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
SECONDS_MAX = 60


@pytest.fixture(autouse=True)
def lamps() -> None:
    books.found()
    books.take(books.LAMPS)


@pytest.fixture
def is_file() -> bool:
    return connection.vendor == "sqlite"


def asked(sql: str) -> list[tuple[Any, ...]]:
    """Asks the server through a connection of its own."""
    settings = connection.settings_dict
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"], autocommit=True) as beside:
        answer = beside.execute(sql.encode())
        return answer.fetchall() if answer.description else []


def cut() -> None:
    """Ends the session of the connection that the tests have, as a server does that is shut down."""
    asked(f"SELECT pg_terminate_backend({connection.connection.info.backend_pid}, 10000)")


def post(page: str) -> Posted:
    """A wish to post, as whoever may ask for it again has it."""
    with within_reach():
        return books.post(page)


@contextmanager
def held() -> Iterator[None]:
    """Another writer, in the middle of what it does."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                lock_stream(unlocked().office)
                holding.set()
                done.wait(timeout=SECONDS_MAX)
        finally:
            connection.close()

    writer = threading.Thread(target=hold)
    writer.start()
    try:
        assert holding.wait(timeout=SECONDS_MAX)
        yield
    finally:
        done.set()
        writer.join(timeout=SECONDS_MAX)


def give_up_soon(setting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50" if connection.vendor == "sqlite" else f"SET {setting} = '50ms'")


@pytest.mark.parametrize("setting", ["lock_timeout", "statement_timeout"])
def test_who_waits_too_long_for_another_writer_is_told_so_and_can_ask_again(setting: str) -> None:
    give_up_soon(setting)
    try:
        with held(), pytest.raises(BooksBusy) as busy:
            post(GIFT)
        assert busy.value.expectation() == AGAIN
        assert post(GIFT).already_count == 0
    finally:
        connection.close()


def test_a_cut_connection_is_told_and_the_next_wish_opens_another(is_file: bool) -> None:
    if is_file:
        return  # a file is never cut off
    post(GIFT)
    for wish in (act_count, lambda: post(GIFT)):
        cut()
        with pytest.raises(BooksUnreachable) as lost, within_reach():
            wish()
        assert lost.value.expectation() == AGAIN
        assert act_count() > 0
    assert post(GIFT).already_count == 1


def test_without_the_way_back_django_keeps_the_dead_connection(is_file: bool) -> None:
    if is_file:
        return
    act_count()
    cut()
    for _ in range(3):
        with pytest.raises(OperationalError):
            act_count()
    with pytest.raises(BooksUnreachable), within_reach():
        act_count()
    assert act_count() > 0


def test_an_entry_whose_answer_was_lost_is_known_again_by_its_reference(is_file: bool) -> None:
    if is_file:
        return
    before = act_count()
    with unanswered(), pytest.raises(BooksUnreachable):
        post(GIFT)
    assert act_count() == before + 1, "the entry was written, and nobody heard so"
    assert post(GIFT).already_count == 1
    assert act_count() == before + 1


@contextmanager
def unanswered() -> Iterator[None]:
    """A commit that is made and never answered: the session is cut while it waits for a replica that there is none of."""
    asked("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
    asked("SELECT pg_reload_conf()")
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    cutter = threading.Thread(target=cut_whoever_waits)
    cutter.start()
    try:
        yield
    finally:
        cutter.join(timeout=SECONDS_MAX)
        asked("ALTER SYSTEM RESET synchronous_standby_names")
        asked("SELECT pg_reload_conf()")


def cut_whoever_waits() -> None:
    given_up_at = time.monotonic() + SECONDS_MAX
    while not (waiting := asked(WAITING_FOR_A_REPLICA)):
        assert time.monotonic() < given_up_at, "nobody waits for a replica"
        time.sleep(0.01)
    asked(f"SELECT pg_terminate_backend({waiting[0][0]})")


def test_an_import_that_is_cut_off_at_its_last_word_is_refused_by_the_command_and_done_by_the_next(
    tell: Tell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_file: bool
) -> None:
    if is_file:
        return
    folder = more_lamps(tmp_path)
    before = act_count()
    monkeypatch.setattr(take, "sign_head", lambda *signed, **how: cut())
    told, in_json = tell("import", folder), tell("import", folder, "--json")
    assert (told.returncode, told.stdout) == (in_json.returncode, in_json.stderr) == (1, "")
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("The database of the books does not answer any more")
    assert json.loads(in_json.stdout)["code"] == "books_unreachable"
    monkeypatch.undo()
    connection.close()
    assert act_count() == before
    assert json.loads(tell("import", folder, "--json").stdout)["new"]["moves.csv"] == 1
    books.sign()
    assert books.proof().holds


def test_a_command_that_waits_too_long_says_so_in_one_sentence(tell: Tell, tmp_path: Path) -> None:
    give_up_soon("lock_timeout")
    folder = more_lamps(tmp_path)
    try:
        with held():
            told, in_json = tell("import", folder), tell("import", folder, "--json")
    finally:
        connection.close()
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith("The books are busy: ")
    assert (in_json.returncode, json.loads(in_json.stdout)["code"]) == (1, "books_busy")


def more_lamps(tmp_path: Path) -> Path:
    """The example programme, and a gift more."""
    folder = books.without_moves(books.LAMPS, tmp_path / "lamps")
    with open(folder / "moves.csv", "a", encoding="utf-8") as file:
        file.write("2016-06-01T09:00:00+09:00,N1,gift,HAEBARAGI,OFFICE,USD,0.01,SHOPS,,,\n")
    return folder


def test_a_loss_within_an_outer_transaction_is_told_and_the_connection_found_again(is_file: bool) -> None:
    if is_file:
        return
    before = act_count()

    def lose() -> None:
        with transaction.atomic():
            post(GIFT)
            cut()
            post(GIFT.replace("E1", "E2"))

    with pytest.raises(BooksUnreachable):
        lose()
    assert act_count() == before


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (errors.AdminShutdown(), BooksUnreachable),
        (errors.CrashShutdown(), BooksUnreachable),
        (errors.CannotConnectNow(), BooksUnreachable),
        (errors.TooManyConnections(), BooksUnreachable),
        (errors.ConnectionFailure(), BooksUnreachable),
        (errors.ConnectionTimeout(), BooksUnreachable),
        (errors.IdleInTransactionSessionTimeout(), BooksUnreachable),
        (psycopg.OperationalError("the connection is lost"), BooksUnreachable),
        (errors.LockNotAvailable(), BooksBusy),
        (errors.QueryCanceled(), BooksBusy),
        (errors.DeadlockDetected(), BooksBusy),
        (errors.SerializationFailure(), BooksBusy),
        (errors.PipelineAborted(), None),
        (errors.UniqueViolation(), None),
        (errors.DiskFull(), None),
        (psycopg.InterfaceError("the cursor is closed"), None),
        (ValueError("none of a database's"), None),
    ],
    ids=lambda one: getattr(one, "__name__", type(one).__name__),
)
def test_what_is_out_of_reach_and_what_is_busy(cause: Exception, kind: type[Refusal] | None) -> None:
    told = OperationalError("as Django says it")
    told.__cause__ = cause
    for problem in (cause, told):
        refusal = refusal_of(problem)
        assert (refusal and type(refusal)) == kind


def test_what_the_disk_refuses_is_told_as_well() -> None:
    with pytest.raises(DiskFull), within_reach():
        raise OperationalError("as Django says it") from errors.DiskFull()


def test_what_is_neither_stays_what_it_was() -> None:
    with pytest.raises(IntegrityError), within_reach(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_unit (code) VALUES (NULL)")
    with pytest.raises(Error, match="of ours"), within_reach():
        raise Error("a fault of ours")
