"""Sixteen clients at one PostgreSQL, against one client at the same: with accounts enough for all, and with ten."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.books import Books, cloned, tallystick
from bench.chapter import Chapter, Part
from bench.figures import Target, Work, at_least, at_most, never_above, quotients, spread
from bench.fresh import run
from bench.pgbench import MISSING as PGBENCH_MISSING
from bench.pgbench import find_pgbench, make_branches, tpc_b
from bench.setting import Engine, Setting
from bench.singles import QUICK_ACCOUNTS
from bench.turns import Rounds, take_turns

CLIENTS = 16
ACCOUNTS = (1_000, 10)
RATE_LEAST, DELAY_MOST = 1.0, 20.0
SECONDS, QUICK_SECONDS = 5.0, 0.5
ONE, MANY = "one client", f"{CLIENTS} clients"
PGBENCH = {f"pgbench, {ONE}": 1, f"pgbench, {MANY}": CLIENTS}
METHOD = """\
- **Sixteen clients** are processes with a connection each, all of one office and at one set of books. Each hands over a little
  from one custodian to another, drawn by chance among a thousand or among ten, one `hand_over` and one commit at a time, as fast
  as it can. *One client* does the same alone, before or after them in every round. What a client waits for its entry is counted
  from asking to the commit. The server counts deadlocks; the bench counts the entries that are in the books afterwards, which
  have to be those that were acknowledged, and has the books proved by `verify`.
- **pgbench** is its TPC-B-like script at scale 16, with one client and with sixteen.
"""


@dataclass(frozen=True)
class Crowd:
    """What so many clients did: their entries, and what went wrong."""

    work: Work
    failures: tuple[str, ...] = ()
    deadlocks: int = 0

    def __str__(self) -> str:
        return f"{self.work}, {len(self.failures)} failures, {self.deadlocks} deadlocks"


def contests(setting: Setting) -> Iterator[Chapter]:
    """On PostgreSQL alone: where the books are a file, one writer at a time is the engine's own rule."""
    for engine in setting.engines:
        if engine.cluster is None:
            continue
        for accounts in (QUICK_ACCOUNTS,) if setting.is_quick else ACCOUNTS:
            setting.say(f"{MANY} on {engine.name}, {accounts:,} accounts: {setting.pairs} rounds")
            books = prepared(setting, engine, accounts=accounts)
            rounds = take_turns(players(setting, books), setting=setting, engine=engine)
            tallystick(books, "verify")
            books.remove()
            yield chapter(engine, rounds=rounds, accounts=accounts)
        yield from yardstick(setting, engine)


def prepared(setting: Setting, engine: Engine, *, accounts: int) -> Books:
    """New books with so many custodians among whom value can pass, and nothing in their hands."""
    return cloned(setting.imported(setting.crowd(accounts), engine).books, engine.cluster)


def players(setting: Setting, books: Books) -> dict[str, Callable[[], Crowd]]:
    return {who: (lambda clients=clients: crowd(setting, books, clients=clients)) for who, clients in ((ONE, 1), (MANY, CLIENTS))}


def crowd(setting: Setting, books: Books, *, clients: int) -> Crowd:
    """So many clients for as long as the setting allows; what they were told and what is in the books has to agree."""
    seconds = QUICK_SECONDS if setting.is_quick else SECONDS
    said = run("crowd", books.home, setting.next_number(), clients, seconds, database=books.database).said
    delays = [delay for one in said["clients"] for delay in one["delays"]]
    failures = [failure for one in said["clients"] for failure in one["failures"]]
    assert said["entries"] == len(delays), f"{len(delays)} entries were acknowledged and {said['entries']} are in the books"
    work = Work(len(delays), max(one["seconds"] for one in said["clients"]), delays=tuple(delays))
    return Crowd(work, failures=tuple(failures), deadlocks=said["deadlocks"])


def chapter(engine: Engine, *, rounds: Rounds[Crowd], accounts: int) -> Chapter:
    """What the rounds with so many accounts came to."""
    rates = {who: [one.work.rate for one in found] for who, found in rounds.found.items()}
    return Chapter(
        title=f"{CLIENTS} clients and {accounts:,} accounts on {engine.name}",
        words=f"One entry, one commit. {rounds.probed}",
        head=(
            "",
            "entries a second",
            "half within, ms",
            "99 of 100 within, ms",
            "the longest, ms",
            "deadlocks",
            "other failures",
        ),
        rows=tuple(
            (
                who,
                spread(rates[who], ",.0f"),
                *(spread([one.work.delay(percent) * 1000 for one in found], ".1f") for percent in (50, 99, 100)),
                str(sum(one.deadlocks for one in found)),
                str(sum(len(one.failures) for one in found)),
            )
            for who, found in rounds.found.items()
        ),
        targets=targets(rounds.found, where=f"{CLIENTS} clients, {accounts:,} accounts"),
    )


def targets(found: dict[str, list[Crowd]], *, where: str) -> tuple[Target, ...]:
    """What sixteen clients have to come to beside one."""
    crowds = found[MANY]
    rates = quotients([one.work.rate for one in crowds], [one.work.rate for one in found[ONE]])
    waits = [one.work.delay(99) / one.work.delay(50) for one in crowds]
    failures = [float(max(one.deadlocks, len(one.failures))) for one in crowds]
    return (
        at_least(f"{where}: entries a second against one client's", RATE_LEAST, values=rates),
        at_most(f"{where}: the wait of 99 of 100 against that of half", DELAY_MOST, values=waits),
        never_above(f"{where}: deadlocks and other failures", 0, values=failures, unit=""),
    )


def yardstick(setting: Setting, engine: Engine) -> Iterator[Chapter]:
    """pgbench's own script, with as many clients."""
    if not find_pgbench():
        setting.leave_out(PGBENCH_MISSING)
        return
    seconds = QUICK_SECONDS if setting.is_quick else SECONDS
    branches = make_branches(engine, is_quick=setting.is_quick)
    players = {
        who: (lambda clients=clients: tpc_b(branches, clients=clients, seconds=seconds)) for who, clients in PGBENCH.items()
    }
    rounds = take_turns(players, setting=setting, engine=engine)
    engine.drop_database(branches)
    yield Chapter(
        title=f"pgbench on {engine.name}",
        words=f"Its TPC-B-like script, a yardstick. {rounds.probed}",
        head=("", "transactions a second"),
        rows=tuple((who, spread(found, ",.0f")) for who, found in rounds.found.items()),
    )


PART = Part("crowds", contests, method=METHOD)
