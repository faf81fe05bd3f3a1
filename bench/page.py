"""The page of figures: docs/benchmarks.md, written whole by every run."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.figures import Target, at_least, at_most, never_above, rates, ratios, spread
from bench.growth import Asked
from bench.imports import ALONE, BARE, LOADED, READY, Contest

SQLCIPHER, POSTGRES = "SQLCipher", "PostgreSQL"
BARE_LEAST = {SQLCIPHER: 0.35, POSTGRES: 0.2}
GATE = {SQLCIPHER: BARE, POSTGRES: READY}  # of the bare peers the one that decides
PEAK_MOST_MB = 400
GROWTH_MOST = 1.3
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
Every figure was taken in a process of its own, after everything that waits for the disk had reached it. Product and peers take
turns, and who comes first in one round comes last in the next; a ratio is between two figures of one round. The median of the
rounds decides; of memory, the worst.

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
- **Holdings** asks two books with as many accounts that hold something: after few moves and after many.
"""


@dataclass
class Results:
    """What a run measured; a part that was left out is absent."""

    facts: dict[str, str]
    contests: dict[str, Contest] = field(default_factory=dict)
    growth: dict[str, tuple[Asked, Asked]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def targets(self) -> Iterator[Target]:
        for engine, contest in self.contests.items():
            ours, bare = contest.inside_seconds, GATE[engine]
            peer = PEERS[engine, bare].partition(",")[0]
            yield at_least(f"import on {engine} against {peer}", BARE_LEAST[engine], values=ratios(contest.peers[bare], ours))
            yield at_least(f"import on {engine} against beancount", 1.0, values=ratios(contest.peers[LOADED], ours))
            peaks = [one.peak_bytes / MB for one in contest.ours]
            yield never_above(f"peak memory of the import on {engine}", PEAK_MOST_MB, values=peaks, unit=" MB")
        for engine, (few, many) in self.growth.items():
            command = ratios(many.command_seconds, few.command_seconds)
            query = ratios(many.query_seconds, few.query_seconds)
            yield at_most(f"`holdings` on {engine}, the whole command, many moves against few", GROWTH_MOST, values=command)
            yield at_most(f"`holdings` on {engine}, the query alone, many moves against few", GROWTH_MOST, values=query)


def page(results: Results) -> str:
    """The whole page, as Markdown."""
    lines = ["# Benchmarks", "", "Written by `make bench`, figures and words; nothing here is put right by hand.", ""]
    lines += table(("", ""), results.facts.items())
    lines += ["", "## Targets", ""]
    lines += table(("what", "target", "measured", "least to most", "reached"), map(_target_row, results.targets()))
    lines += [f"\nLeft out of this run: {one}." for one in results.left_out]
    for engine, contest in results.contests.items():
        programme = contest.programme
        lines += ["", f"## Import of {programme.move_count:,} moves on {engine}", "", f"Seed {programme.seed}.", ""]
        lines += table(
            ("who", "seconds", "moves a second", "our rate to this one's", "that of our whole process"),
            _contest_rows(engine, contest),
        )
    for engine, asked in results.growth.items():
        lines += ["", f"## Whose hands now, on {engine}", ""]
        lines += table(("", *(f"{one.move_count:,} moves" for one in asked)), _growth_rows(asked))
    return "\n".join([*lines, "", "## How it is measured", "", METHOD])


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    """A Markdown table."""
    head = list(head)
    return [_row(head), "|" + "---|" * len(head), *map(_row, rows)]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _target_row(target: Target) -> tuple[str, ...]:
    form = ".2f" if target.unit == "×" else ".0f"
    bound = f"{'at least' if target.is_least else 'at most'} {target.bound:g}{target.unit}"
    spread_out = f"{min(target.values):{form}} to {max(target.values):{form}}"
    return target.words, bound, f"{target.deciding:{form}}{target.unit}", spread_out, "yes" if target.is_reached else "**NO**"


def _contest_rows(engine: str, contest: Contest) -> Iterator[tuple[str, ...]]:
    count, whole, inside = contest.programme.move_count, contest.our_seconds, contest.inside_seconds
    named = {"**Tallystick, once the books are open**": inside, "Tallystick, the whole process": whole}
    named |= {PEERS[engine, name]: seconds for name, seconds in contest.peers.items()}
    for name, seconds in named.items():
        yield (
            name,
            spread(seconds, ".2f"),
            spread(rates(count, seconds), ",.0f"),
            spread(ratios(seconds, inside), ".2f"),
            spread(ratios(seconds, whole), ".2f"),
        )


def _growth_rows(asked: tuple[Asked, Asked]) -> Iterator[tuple[str, ...]]:
    yield "accounts that hold something", *(f"{one.account_count:,}" for one in asked)
    yield "`tallystick holdings --csv`, seconds", *(spread(one.command_seconds, ".2f") for one in asked)
    yield "the query, milliseconds", *(spread([s * 1000 for s in one.query_seconds], ".1f") for one in asked)
    yield "the query, first time in its process", *(spread([s * 1000 for s in one.first_seconds], ".1f") for one in asked)
    yield "the import before, seconds", *(f"{one.imported.seconds:.1f}" for one in asked)
    yield "its peak memory, MB", *(f"{one.imported.peak_bytes / MB:.0f}" for one in asked)


def summary(results: Results) -> list[str]:
    """The targets, one line each, for the terminal."""
    return [
        f"{'reached' if target.is_reached else 'MISSED '}  {target.words}: {target.deciding:.2f}{target.unit}"
        f" (target {target.bound:g}{target.unit}, median of rounds {median(target.values):.2f})"
        for target in results.targets()
    ]
