"""What the product makes of a PostgreSQL server whose disk is full, fails or may not be written, and of one that forgets.

No disk is filled under a server here: that takes a file system of its own, which a person who is not root cannot make. A trigger
answers in its place, with the server's own number for it, at every table that an import writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from faults.media.books import close
from faults.media.deeds import Said, tell
from faults.media.person import run
from faults.media.story import standing
from faults.media.trials import Tally
from tests import books

TABLES = ("journal_act", "ledger_entry", "ledger_move", "ledger_account", "journal_checkpoint")
ANSWERS = {"53100": "disk_full", "58030": "disk_failing"}
READ_ONLY = "default_transaction_read_only"
FORGETTING = ("fsync", "full_page_writes", "synchronous_commit")
AT_ONCE = "CREATE TRIGGER answering BEFORE INSERT OR UPDATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION answer()"
AT_COMMIT = (
    "CREATE CONSTRAINT TRIGGER answering AFTER INSERT OR UPDATE ON {} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    " EXECUTE FUNCTION answer()"
)


class Server:
    """An import into books that hold nothing yet, refused again and again."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.before = standing()

    def fail(self) -> Tally:
        """The disk is full or fails, at each table in turn and at the commit; in the end the import is done."""
        for state, code in ANSWERS.items():
            for table in TABLES:
                for trigger in (AT_ONCE, AT_COMMIT):
                    with _answering(trigger.format(table), state):
                        self._refused(code, f"{state} at {table}{' and its commit' if trigger == AT_COMMIT else ''}")
        return self._done()

    def close_to_writing(self) -> Tally:
        """The database may be read and not written."""
        with _set(f"ALTER DATABASE {_database()} SET {READ_ONLY} = on", f"ALTER DATABASE {_database()} RESET {READ_ONLY}"):
            self._refused("books_read_only", "a database that is read-only")
            asked = tell("holdings")
            self.tally.tries += 1
            self.tally.done += asked.status == 0
            if asked.status != 0:
                self.tally.note("holdings, a database that is read-only", f"it said “{asked.err.strip()[:200]}”")
        return self._done()

    def forget(self) -> Tally:
        """A server that may lose what it says is done is not used at all; put right, it is."""
        for name in FORGETTING:
            with _set(f"ALTER SYSTEM SET {name} = off", f"ALTER SYSTEM RESET {name}"):
                said = run("import", books.LAMPS)
                self.tally.tries += 1
                self.tally.refused["books_unfit"] += 1
                if said.status != 1 or said.err.count("\n") != 1 or f"{name} is off" not in said.err:
                    self.tally.note(f"{name} off", f"it ended with {said.status} and said “{said.err.strip()[:200]}”")
            self._as_before(f"{name} off")
        return self._done()

    def _refused(self, code: str, where: str) -> None:
        said = tell("import", books.LAMPS)
        self.tally.tries += 1
        self.tally.refused[said.code or "something else"] += 1
        if said.code != code:
            self.tally.note(where, f"it ended with {said.status} and said “{said.err.strip()[:200]}”")
        self._as_before(where)

    def _as_before(self, where: str) -> None:
        now = standing()
        if now != self.before:
            self.tally.note(where, f"the books are not as before: {now}, which was {self.before}")

    def _done(self) -> Tally:
        said: Said = run("import", books.LAMPS)
        proof = books.proof()
        if said.status != 0 or not proof.holds:
            self.tally.note("the same again", f"it ended with {said.status}, and the proof finds {proof.problems[:1]}")
        return self.tally


def trouble(name: str) -> Tally:
    """One of the three, in a process with books of its own."""
    server = Server()
    return {"fail": server.fail, "close": server.close_to_writing, "forget": server.forget}[name]()


@contextmanager
def _answering(trigger: str, state: str) -> Iterator[None]:
    """The server says this in answer to whatever is written."""
    made = (
        f"CREATE FUNCTION answer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"
    )
    with connection.cursor() as cursor:
        cursor.execute(made)
        cursor.execute(trigger)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION answer CASCADE")


@contextmanager
def _set(words: str, back: str) -> Iterator[None]:
    """The server is set like this for connections from now on."""
    try:
        _tell_server(words)
        yield
    finally:
        _tell_server(back)


def _tell_server(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = off")
        cursor.execute(words)
        cursor.execute("SELECT pg_reload_conf()")
    close()


def _database() -> str:
    return str(connection.settings_dict["NAME"])
