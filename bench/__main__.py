"""The run: `bench/run`, or `bench/run --quick` for a look whether everything still goes."""

import argparse
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from bench.growth import ask_few_and_many
from bench.imports import contest_on_postgres, contest_on_sqlcipher
from bench.machine import commit, durable_writes, load, machine
from bench.page import POSTGRES, SQLCIPHER, Results, page, summary
from bench.place import ROOT, WORK, clear, find_generator, generate, make_room
from tests.postgres import Cluster, find_programs, start_cluster

PAGE = ROOT / "docs" / "benchmarks.md"
FEW, MANY = 10_000, 1_000_000


def read_words(words: list[str]) -> argparse.Namespace:
    """What the run was told. Quick means few moves, one round, no million, and no word on the page in docs."""
    reader = argparse.ArgumentParser(prog="bench/run", description="How fast the books are, against their peers.")
    reader.add_argument("--quick", action="store_true", help="a few minutes less: few moves, one round, no million moves")
    reader.add_argument("--moves", type=int, help="moves of the programme that is imported (100000; quick: 10000)")
    reader.add_argument("--pairs", type=int, help="rounds, each with the product and every peer (5; quick: 1)")
    reader.add_argument("--many", type=int, default=MANY, help="moves after which holdings are asked (1000000; quick: left out)")
    reader.add_argument("--seed", type=int, default=7)
    reader.add_argument("--page", type=Path, help="where the figures are written (docs/benchmarks.md; quick: the terminal)")
    told = reader.parse_args(words)
    told.moves = told.moves or (FEW if told.quick else 100_000)
    told.pairs = told.pairs or (1 if told.quick else 5)
    told.page = told.page or (None if told.quick else PAGE)
    return told


def main() -> int:
    """0 when every target was reached, 1 when one was missed; a quick run is too short to judge by and gives 0."""
    told = read_words(sys.argv[1:])
    find_generator()
    make_room()
    with ExitStack() as stack:
        stack.callback(clear)
        results = Results(facts=_facts(told.pairs))
        cluster = _cluster(stack, results)
        _measure(results, told, cluster=cluster)
    results.facts["machine's load at the end"] = load()
    if told.page:
        told.page.write_text(page(results), encoding="utf-8")
    else:
        print(page(results))
    print("\n".join(summary(results)), file=sys.stderr)
    return 0 if told.quick or all(target.is_reached for target in results.targets()) else 1


def _measure(results: Results, told: argparse.Namespace, *, cluster: Cluster | None) -> None:
    programme = generate("programme", moves=told.moves, seed=told.seed)
    say(f"{SQLCIPHER}: {programme.move_count:,} moves, {told.pairs} rounds")
    results.contests[SQLCIPHER] = contest_on_sqlcipher(programme, pairs=told.pairs, told=say)
    if cluster:
        say(f"{POSTGRES}: {programme.move_count:,} moves, {told.pairs} rounds")
        results.contests[POSTGRES] = contest_on_postgres(programme, cluster, pairs=told.pairs, told=say)
    if told.quick:
        results.left_out.append("holdings after a million moves")
        return
    few = generate("few", moves=FEW, seed=told.seed, few_parties=True)
    many = generate("many", moves=told.many, seed=told.seed, few_parties=True)
    results.growth[SQLCIPHER] = ask_few_and_many(few, many, pairs=told.pairs, database=lambda: "", told=say)
    if cluster:
        results.growth[POSTGRES] = ask_few_and_many(few, many, pairs=told.pairs, database=cluster.make_database, told=say)


def _facts(pairs: int) -> dict[str, str]:
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "commit": commit(),
        **machine(),
        "rounds": str(pairs),
        "durable writes of 4 KiB, the file's disk": f"{durable_writes(WORK):,.0f} a second",
        "machine's load at the start": load(),
    }


def _cluster(stack: ExitStack, results: Results) -> Cluster | None:
    """A throw-away PostgreSQL, durable as an office's would be; None, and a word on the page, where the machine has none."""
    if find_programs() is None:
        results.left_out.append("PostgreSQL, whose server programs this machine does not have")
        return None
    cluster = start_cluster(durable=True)
    stack.callback(cluster.stop)
    results.facts[POSTGRES] = f"{server_version(cluster)}, sorted by {cluster.collation}, fsync and synchronous_commit on"
    results.facts["durable writes of 4 KiB, the server's disk"] = f"{durable_writes(cluster.folder):,.0f} a second"
    return cluster


def server_version(cluster: Cluster) -> str:
    """The server's version, asked of the server, and a look that it does wait for the disk."""
    import psycopg

    with psycopg.connect(cluster.url("postgres")) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute(f"SHOW {name}".encode()).fetchone()
            assert row == ("on",), f"{name} is {row}"
        return f"{connection.info.server_version // 10000}.{connection.info.server_version % 10000}"


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
