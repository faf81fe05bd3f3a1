"""Batches of 10,000 moves through the product's own door, against bare rows and against hordak's quickest way."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.books import tallystick
from bench.chapter import Chapter, Part
from bench.figures import Work, at_least, quotients, spread
from bench.fresh import run
from bench.hordak import MISSING, WITH, has_hordak, hordak
from bench.imports import bare
from bench.place import BATCH, Programme
from bench.setting import POSTGRES, SQLCIPHER, Engine, Setting
from bench.turns import Rounds, take_turns

OURS, BARE, BULK, READY = "Tallystick", "bare rows", "hordak in bulk", "hordak in bulk, objects ready"
BARE_LEAST = {SQLCIPHER: 0.4, POSTGRES: 0.3}
BULK_LEAST = {POSTGRES: 4.0}
BULK_BATCHES = 3
IN_BATCHES = ("batches",)
WAYS = {SQLCIPHER: "bare `executemany`", POSTGRES: "bare `COPY`"}
METHOD = """\
- **Batches**: the entries of the programme, in memory as the product reads them, are handed to `hand_over`, 10,000 moves and one
  transaction at a time, with everything on: citations, custody rules, holding limits, references, acts, chain, triggers and
  checks. The books are open and hold the programme's records, and no move. Afterwards they are proved by `verify`, or the run
  ends.
- **Bare batches** are the rows that those entries leave, 10,000 moves and one transaction at a time, in the way that *bare*
  describes; on PostgreSQL as text made ready before the clock starts.
- **hordak in bulk** is django-hordak's `bulk_create` of transactions and then of their legs, as its own benchmark command does
  it, 10,000 transactions of two legs in a database transaction. It begins as the product does, with values in memory (two
  accounts, an amount), and that decides; beside it, the same with all its objects made before the clock starts. A transaction of
  two legs counts as a move. On PostgreSQL hordak has its migrations' triggers, which check that legs add up. Its migrations know
  no SQLite: on SQLCipher it stands on tables made from its models, without triggers, and so has less to do.
"""


def contests(setting: Setting) -> Iterator[Chapter]:
    """A contest on each engine."""
    for engine in setting.engines:
        programme = setting.programme()
        setting.say(f"batches on {engine.name}: {programme.move_count:,} moves, {setting.pairs} rounds")
        rounds = take_turns(players(setting, engine, programme=programme), setting=setting, engine=engine)
        yield chapter(engine, rounds=rounds, programme=programme)


def players(setting: Setting, engine: Engine, *, programme: Programme) -> dict[str, Callable[[], Work]]:
    """Who takes part on this engine; hordak where it is installed."""
    source = setting.imported(programme, engine).books

    def ours() -> Work:
        said = posted(setting, engine, programme=programme, words=IN_BATCHES)
        assert said["moves"] == programme.move_count, f"{said['moves']} of {programme.move_count} moves were posted"
        return Work(said["moves"], sum(said["delays"]))

    def in_bulk(form: str) -> Work:
        said = hordak("bulk", engine, words=(min(programme.move_count, BULK_BATCHES * BATCH), BATCH, form))
        return Work(said["moves"], said["seconds"])

    taking_part = {OURS: ours, BARE: lambda: Work(programme.move_count, bare(source, engine, form="entries").seconds)}
    if not has_hordak():
        setting.leave_out(MISSING)
        return taking_part
    return taking_part | {BULK: lambda: in_bulk("values"), READY: lambda: in_bulk("objects")}


def posted(setting: Setting, engine: Engine, *, programme: Programme, words: tuple[object, ...]) -> dict[str, Any]:
    """What the program `posting` says of new books with the programme's records, which are then proved and removed.

    A quick run has time to prove the batches only.
    """
    books = setting.prepared(programme, engine)
    said = run("posting", books.home, programme.folder, *words, database=books.database).said
    if words == IN_BATCHES or not setting.is_quick:
        tallystick(books, "verify")
    books.remove()
    return said


def chapter(engine: Engine, *, rounds: Rounds[Work], programme: Programme) -> Chapter:
    """What the rounds on one engine came to."""
    name, rates = engine.name, {who: [one.rate for one in found] for who, found in rounds.found.items()}
    named = {
        OURS: "**Tallystick, `hand_over`**",
        BARE: f"{WAYS[name]}, the same rows and indexes",
        BULK: WITH[name] + ", in bulk",
        READY: "the same, its objects made ready beforehand",
    }
    targets = [at_least(f"batches on {name} against {WAYS[name]}", BARE_LEAST[name], values=quotients(rates[OURS], rates[BARE]))]
    if BULK in rates and name in BULK_LEAST:
        words = f"batches on {name} against hordak in bulk"
        targets.append(at_least(words, BULK_LEAST[name], values=quotients(rates[OURS], rates[BULK])))
    return Chapter(
        title=f"Batches of {BATCH:,} moves on {name}",
        words=f"{programme.move_count:,} moves, seed {programme.seed}. {rounds.probed}",
        head=("who", "moves a second", "our rate to this one's"),
        rows=tuple(
            (named[who], spread(found, ",.0f"), spread(quotients(rates[OURS], found), ".2f")) for who, found in rates.items()
        ),
        targets=tuple(targets),
    )


PART = Part("batches", contests, method=METHOD)
