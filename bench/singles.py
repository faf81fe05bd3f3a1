"""One entry at a time, by one client, each safe on the disk before the next: against hordak's `transfer_to`."""

from collections.abc import Callable, Iterator

from bench.batches import posted
from bench.chapter import Chapter, Part
from bench.figures import Work, at_least, quotients, spread
from bench.fresh import run
from bench.hordak import MISSING, WITH, has_hordak, hordak
from bench.pgbench import MISSING as PGBENCH_MISSING
from bench.pgbench import find_pgbench, make_branches, tpc_b
from bench.place import WORK, Programme
from bench.setting import POSTGRES, SQLCIPHER, Engine, Setting
from bench.turns import Rounds, take_turns

OURS, MIXED, BARE, YARDSTICK = "Tallystick", "Tallystick, the programme's", "bare rows", "pgbench"
WHOLE, PARED = "hordak", "hordak without triggers"
TRANSFER_LEAST = {SQLCIPHER: 3.0, POSTGRES: 1.5}
FIRST_MOST = 10_000  # entries that are there before the first one is timed
SECONDS, QUICK_SECONDS = 5.0, 0.5
ACCOUNTS, QUICK_ACCOUNTS = 100, 10  # between which one move passes, here and at hordak's
METHOD = """\
- **One at a time**: one `hand_over` and one commit for each entry, by one client who waits for each. *One move* passes a little
  between two of a hundred custodians, which is what `transfer_to` does, and decides. *The programme's entries* are those of
  *batches*, the first ten thousand there before the clock starts: they have one move or two, and more than half of them open an
  account (each tally has one). What is compared is entries with transfers: an entry of two moves counts once. The books are
  proved by `verify` afterwards.
- **Bare, one at a time** is the rows of the programme's entries and the balances that they change, by prepared statements, one
  commit for each entry: nothing is read, decided or checked. It says what the disk and the database allow.
- **hordak's `transfer_to`** writes a transaction and its two legs between two of a hundred accounts, one commit each. It looks at
  no balance, keeps no act and knows no reference. Its migrations, which make the triggers that hold legs to add up, know
  PostgreSQL and no SQLite: so hordak on PostgreSQL decides on both engines. What it does on SQLCipher, on tables made from its
  models, where nothing holds its legs to add up, stands beside it; where this machine has no PostgreSQL, that decides.
- **pgbench** is its TPC-B-like script with one client, at scale 16: three updates, a reading and an insertion, one commit. A
  yardstick for the server and its disk, not a peer.
"""


def contests(setting: Setting) -> Iterator[Chapter]:
    """A contest on each engine."""
    for engine in setting.engines:
        programme = setting.programme()
        setting.say(f"one at a time on {engine.name}: {setting.pairs} rounds")
        rounds = take_turns(players(setting, engine, programme=programme), setting=setting, engine=engine)
        yield chapter(engine, rounds=rounds)


def players(setting: Setting, engine: Engine, *, programme: Programme) -> dict[str, Callable[[], Work]]:
    """Who takes part on this engine; hordak and pgbench where they are installed."""
    first = min(FIRST_MOST, programme.move_count // 3)
    seconds = QUICK_SECONDS if setting.is_quick else SECONDS

    def ours(programme: Programme, *words: object) -> Work:
        return work(posted(setting, engine, programme=programme, words=(*words, seconds))["delays"])

    taking_part = {
        OURS: lambda: ours(setting.crowd(QUICK_ACCOUNTS if setting.is_quick else ACCOUNTS), "plain"),
        MIXED: lambda: ours(programme, "singles", first),
        BARE: lambda: bare(setting, engine, programme=programme, words=(first, seconds)),
    }
    if not has_hordak():
        setting.leave_out(MISSING)
        return taking_part | yardstick(setting, engine, seconds=seconds)
    for there in setting.engines:
        if there.cluster or there == engine:
            taking_part[WHOLE if there.cluster else PARED] = lambda there=there: transfers(there, seconds=seconds)
    return taking_part | yardstick(setting, engine, seconds=seconds)


def transfers(engine: Engine, *, seconds: float) -> Work:
    return work(hordak("transfers", engine, words=(ACCOUNTS, seconds))["delays"])


def yardstick(setting: Setting, engine: Engine, *, seconds: float) -> dict[str, Callable[[], Work]]:
    """pgbench on a server, where it lies beside the server's programs."""
    if engine.cluster and find_pgbench():
        branches = make_branches(engine, is_quick=setting.is_quick)
        return {YARDSTICK: lambda: Work(round(tpc_b(branches, clients=1, seconds=seconds) * seconds), seconds)}
    if engine.cluster:
        setting.leave_out(PGBENCH_MISSING)
    return {}


def work(delays: list[float]) -> Work:
    return Work(len(delays), sum(delays), delays=tuple(delays))


def bare(setting: Setting, engine: Engine, *, programme: Programme, words: tuple[object, ...]) -> Work:
    """The bare peer on new tables, which are gone afterwards."""
    source = setting.imported(programme, engine).books
    target = engine.new_database() or str(WORK / "singles.db")
    said = run("bare_singles", source.home, source.database, target, *words).said
    engine.drop_database(target if engine.cluster else "")
    for path in WORK.glob("singles.db*"):
        path.unlink()
    return work(said["delays"])


def chapter(engine: Engine, *, rounds: Rounds[Work]) -> Chapter:
    """What the rounds on one engine came to."""
    name, rates = engine.name, {who: [one.rate for one in found] for who, found in rounds.found.items()}
    named = {
        OURS: "**Tallystick, `hand_over` of one move**",
        MIXED: "Tallystick, `hand_over` of the programme's entries",
        BARE: "bare rows of the programme's entries",
        WHOLE: f"{WITH[POSTGRES]}: `transfer_to`{'' if engine.cluster else ', on PostgreSQL'}",
        PARED: f"{WITH[SQLCIPHER]}: `transfer_to`",
        YARDSTICK: "pgbench, TPC-B-like, one client",
    }
    peer = next((who for who in (WHOLE, PARED) if who in rates), None)
    targets = ()
    if peer:
        values = quotients(rates[OURS], rates[peer])
        targets = (at_least(f"one at a time on {name} against hordak's `transfer_to`", TRANSFER_LEAST[name], values=values),)
    return Chapter(
        title=f"One at a time on {name}",
        words=f"One client, one commit each. {rounds.probed}",
        head=("who", "a second", "half of them within, ms", "99 of 100 within, ms", "our rate to this one's"),
        rows=tuple(
            (
                named[who],
                spread(rates[who], ",.0f"),
                *(spread([one.delay(percent) * 1000 for one in found], ".2f") if found[0].delays else "" for percent in (50, 99)),
                spread(quotients(rates[OURS], rates[who]), ".2f"),
            )
            for who, found in rounds.found.items()
        ),
        targets=targets,
    )


PART = Part("singles", contests, method=METHOD)
