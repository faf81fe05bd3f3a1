"""Importing a programme, against writing the same rows bare and against beancount loading the same moves."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bench.books import Books, Timed, take, tallystick
from bench.chapter import Chapter, Part
from bench.figures import at_least, never_above, rates, ratios, spread
from bench.fresh import run
from bench.place import WORK, Programme
from bench.setting import POSTGRES, SQLCIPHER, Engine, Setting
from bench.turns import Rounds, take_turns

OURS, BARE, ALONE, READY, LOADED = "Tallystick", "bare rows", "bare moves", "bare text", "beancount"
BARE_LEAST = {SQLCIPHER: 0.35, POSTGRES: 0.2}
GATE = {SQLCIPHER: BARE, POSTGRES: READY}  # of the bare peers the one that decides
PEAK_MOST_MB = 400
MB = 10**6
PEERS = {
    (SQLCIPHER, BARE): "bare `executemany`, the same rows and indexes",
    (SQLCIPHER, ALONE): "bare `executemany`, the moves alone, no key, no index",
    (POSTGRES, BARE): "bare `COPY`, the same rows and indexes, rows written one by one from Python",
    (POSTGRES, READY): "bare `COPY`, the same rows and indexes, text made ready beforehand",
    (POSTGRES, ALONE): "bare `COPY`, the moves alone, no key, no index, text made ready beforehand",
    (SQLCIPHER, LOADED): "beancount, loading and checking the same moves, no metadata",
    (POSTGRES, LOADED): "beancount, loading and checking the same moves, no metadata",
}
METHOD = """\
- **Import** is `tallystick import` into new books: reading the folder, every check, acts, chain, signature, rows, indexes,
  balances, one commit. *Once the books are open* decides: every peer's clock, too, starts when Python runs and its database or
  its library is open. The *whole process*, from starting Python to its end with opening the key (Argon2id), stands beside it.
- **Bare** is the rows that this import leaves in `journal_act`, `ledger_entry`, `ledger_move` and `ledger_account`, held in
  memory and written into tables of the same columns, types, keys and indexes, without triggers, checks and foreign keys. On
  SQLCipher with the product's own settings (key, write-ahead log, `synchronous=FULL`, `secure_delete=ON`), one transaction for
  each 10,000 moves; the clock runs from the first row to the last commit and leaves out opening and closing. On PostgreSQL
  with `fsync` and `synchronous_commit` on, one transaction; the text that is made ready before the clock starts decides, though
  no program could make it so for nothing.
- **beancount** is `loader.load_file` without its cache, Python's start left out, on the file that `tallystick beancount` writes
  with its metadata taken out, which makes it the quicker to load: that decides. It checks that every transaction adds up and
  what every account comes to; it keeps no act and writes nothing.
- **Memory** is the most that the import's process ever had resident; PostgreSQL's server is not in it.
"""


def contests(setting: Setting) -> Iterator[Chapter]:
    """A contest on each engine."""
    for engine in setting.engines:
        programme = setting.programme()
        setting.say(f"import on {engine.name}: {programme.move_count:,} moves, {setting.pairs} rounds")
        taking_part = players(setting, engine, programme=programme)
        yield chapter(programme, engine, rounds=take_turns(taking_part, setting=setting, engine=engine))


def ours(setting: Setting, engine: Engine, *, programme: Programme) -> Timed:
    books = setting.empty_books(engine)
    timed = take(books, programme)
    books.remove()
    return timed


def players(setting: Setting, engine: Engine, *, programme: Programme) -> dict[str, Callable[[], Timed]]:
    """Who takes part on this engine; the bare peers write the rows of books with the whole programme."""
    source = setting.imported(programme, engine).books
    lean = beancount_file(source)
    forms = {BARE: "rows", **({READY: "text"} if engine.cluster else {}), ALONE: "moves"}
    written = {name: (lambda form=form: bare(source, engine, form=form)) for name, form in forms.items()}
    return {OURS: lambda: ours(setting, engine, programme=programme), **written, LOADED: lambda: load(lean, programme)}


def bare(source: Books, engine: Engine, *, form: str) -> Timed:
    """The rows of `source` in one of the forms that bare_sqlcipher and bare_postgres know."""
    if engine.cluster:
        target = engine.new_database()
        seconds = run("bare_postgres", source.database, target, form).said["seconds"]
        engine.drop_database(target)
        return Timed(seconds, seconds)
    for path in WORK.glob("bare.db*"):
        path.unlink()
    seconds = run("bare_sqlcipher", source.home, WORK / "bare.db", form).said["seconds"]
    return Timed(seconds, seconds)


def beancount_file(books: Books) -> Path:
    """The books as the product writes them for beancount, without metadata, which makes them quicker to load."""
    whole, lean = (WORK / f"{books.home.name} {name}.beancount" for name in ("whole", "lean"))
    tallystick(books, "beancount", whole)
    with open(whole, encoding="utf-8") as read, open(lean, "w", encoding="utf-8") as written:
        written.writelines(line for line in read if not is_metadata(line))
    return lean


def is_metadata(line: str) -> bool:
    """Metadata is set in and begins with a small letter, as no account does."""
    return line.startswith("  ") and line.lstrip()[:1].islower()


def load(path: Path, programme: Programme) -> Timed:
    said = run("beancount_load", path).said
    assert said["moves"] == programme.move_count, f"{said['moves']} of {programme.move_count} moves were loaded"
    return Timed(said["seconds"], said["seconds"])


def chapter(programme: Programme, engine: Engine, *, rounds: Rounds[Timed]) -> Chapter:
    """What the rounds on one engine came to."""
    ours, name = rounds.found[OURS], engine.name
    inside = [one.inside_seconds for one in ours]
    peers = {who: [one.seconds for one in found] for who, found in rounds.found.items() if who != OURS}
    decides = PEERS[name, GATE[name]].partition(",")[0]
    targets = (
        at_least(f"import on {name} against {decides}", BARE_LEAST[name], values=ratios(peers[GATE[name]], inside)),
        at_least(f"import on {name} against beancount", 1.0, values=ratios(peers[LOADED], inside)),
        never_above(
            f"peak memory of the import on {name}", PEAK_MOST_MB, values=[one.peak_bytes / MB for one in ours], unit=" MB"
        ),
    )
    whole = [one.seconds for one in ours]
    named = {"**Tallystick, once the books are open**": inside, "Tallystick, the whole process": whole}
    named |= {PEERS[name, who]: seconds for who, seconds in peers.items()}
    rows = tuple(
        (
            who,
            spread(seconds, ".2f"),
            spread(rates(programme.move_count, seconds), ",.0f"),
            spread(ratios(seconds, inside), ".2f"),
            spread(ratios(seconds, whole), ".2f"),
        )
        for who, seconds in named.items()
    )
    return Chapter(
        title=f"Import of {programme.move_count:,} moves on {name}",
        words=f"Seed {programme.seed}. {rounds.probed}",
        head=("who", "seconds", "moves a second", "our rate to this one's", "that of our whole process"),
        rows=rows,
        targets=targets,
    )


PART = Part("imports", contests, method=METHOD)
