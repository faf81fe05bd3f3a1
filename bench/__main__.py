"""The run: `bench/run`, or `bench/run --quick` for a look whether everything still goes."""

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench import batches, crowds, growth, imports, million, pages, singles
from bench.chapter import Chapter
from bench.kept import Measured, keep, kept
from bench.machine import commit, load, machine
from bench.page import page, summary, targets_of
from bench.place import ROOT, clear, find_generator, make_room
from bench.setting import POSTGRES, SQLCIPHER, Engine, Setting
from tests.postgres import Cluster, find_programs, start_cluster

PAGE = ROOT / "docs" / "benchmarks.md"
PARTS = (imports.PART, batches.PART, singles.PART, crowds.PART, million.PART, pages.PART, growth.PART)
FEW, MANY = 10_000, 1_000_000


def read_words(words: list[str]) -> argparse.Namespace:
    """What the run was told. Quick means few moves, one round, no question asked again, and no word on the page in docs."""
    reader = argparse.ArgumentParser(prog="bench/run", description="How fast the books are, against their peers.")
    reader.add_argument("--quick", action="store_true", help="less than a minute: few moves, one round, nothing asked twice")
    reader.add_argument("--only", action="append", choices=[part.name for part in PARTS], help="this part; may be said again")
    reader.add_argument("--engine", choices=[SQLCIPHER, POSTGRES], help="on this engine alone")
    reader.add_argument("--moves", type=int, help="moves of the programme that is imported and posted (100000; quick: 10000)")
    reader.add_argument("--pairs", type=int, help="rounds, each with the product and every peer (3; quick: 1)")
    reader.add_argument("--many", type=int, help="moves after which questions are asked again (1000000; quick: not again)")
    reader.add_argument("--most", type=int, help="and once more after so many, 10000000 say, which takes an hour")
    reader.add_argument("--seed", type=int, default=7)
    reader.add_argument("--page", type=Path, help="where the figures are written (of a part: the terminal)")
    reader.add_argument("--keep", action="store_true", help="put the figures among those kept, and write docs/benchmarks.md anew")
    told = reader.parse_args(words)
    told.moves = told.moves or (FEW if told.quick else 100_000)
    told.pairs = told.pairs or (1 if told.quick else 3)
    again = (told.many or (0 if told.quick else MANY), told.most or 0)
    told.asked_after = (told.moves if told.quick else FEW, *filter(None, again))
    is_whole = not (told.quick or told.only or told.engine)
    told.keep = told.keep or (is_whole and not told.page)
    if told.keep and told.quick:
        reader.error("what a quick run found is too short to be kept")
    return told


def main() -> int:
    """0 when every target was reached, 1 when one was missed; a quick run is too short to judge by and gives 0."""
    told = read_words(sys.argv[1:])
    find_generator()
    make_room()
    facts, left_out = _facts(told.pairs), list[str]()
    chapters: list[tuple[str, Chapter]] = []
    with ExitStack() as stack:
        stack.callback(clear)
        engines = _engines(stack, facts=facts, left_out=left_out, only=told.engine)
        setting = Setting(engines, told.moves, told.pairs, asked_after=told.asked_after, seed=told.seed, is_quick=told.quick)
        for part in PARTS:
            if not told.only or part.name in told.only:
                chapters += ((part.name, chapter) for chapter in part.run(setting))
        left_out += setting.left_out
    facts["machine's load at the end"] = load()
    measured = [Measured(chapter, part, facts) for part, chapter in chapters]
    if told.keep:
        keep(measured, is_every_engine=len(engines) == len((SQLCIPHER, POSTGRES)))
        PAGE.write_text(page(kept([part.name for part in PARTS]), parts=PARTS, left_out=left_out), encoding="utf-8")
    elif told.page:
        told.page.write_text(page(measured, parts=PARTS, left_out=left_out), encoding="utf-8")
    else:
        print(page(measured, parts=PARTS, left_out=left_out))
    targets = targets_of(chapter for _, chapter in chapters)
    print("\n".join(summary(targets)), file=sys.stderr)
    return 0 if told.quick or all(target.is_reached for target in targets) else 1


def _facts(pairs: int) -> dict[str, str]:
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": commit(),
        **machine(),
        "rounds": str(pairs),
        "machine's load at the start": load(),
    }


def _engines(stack: ExitStack, *, facts: dict[str, str], left_out: list[str], only: str | None) -> list[Engine]:
    """The engines of this machine: the encrypted file, and a throw-away PostgreSQL, durable as an office's would be."""
    engines = [Engine(SQLCIPHER)] if only != POSTGRES else []
    if only == SQLCIPHER:
        return engines
    if find_programs() is None:
        left_out.append("PostgreSQL, whose server programs this machine does not have")
        return engines
    cluster = start_cluster(durable=True)
    stack.callback(cluster.stop)
    facts[POSTGRES] = f"{server_version(cluster)}, sorted by {cluster.collation}, fsync and synchronous_commit on"
    return [*engines, Engine(POSTGRES, cluster)]


def server_version(cluster: Cluster) -> str:
    """The server's version, asked of the server, and a look that it does wait for the disk."""
    import psycopg

    with psycopg.connect(cluster.url("postgres")) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute(f"SHOW {name}".encode()).fetchone()
            assert row == ("on",), f"{name} is {row}"
        return f"{connection.info.server_version // 10000}.{connection.info.server_version % 10000}"


if __name__ == "__main__":
    sys.exit(main())
