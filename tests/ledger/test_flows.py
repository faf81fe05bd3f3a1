"""The database adds up flows and swaps as the rules do, and a stock that was kept with what was said since is the stock anew."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from tallystick.core.flow import flows_in, swaps_in
from tallystick.ledger.queries.flows import Extent, flows_since, on_the_road, swaps_since
from tallystick.ledger.queries.state import all_entries
from tallystick.ledger.queries.stock import stock_now
from tests.books import LAMPS, found, post, take
from tests.questions import Questions

pytestmark = pytest.mark.django_db

TAKEN_BACK = """
    E1   2 March   gift       PARISH → OFFICE           USD 90.00   STALLS
    X1   3 March   exchange   OFFICE → DESK             USD 60.00   STALLS
    X1   3 March   exchange   DESK → OFFICE             CNY 366.00  STALLS
    V1   4 March   reversal   DESK → OFFICE             USD 60.00   STALLS   -   -   X1
    V1   4 March   reversal   OFFICE → DESK             CNY 366.00  STALLS   -   -   X1
    T1   5 March   dispatch   CRANE → WAGTAIL           CNY 90.00   SHOPS   G05   REH-MONEY
    V2   6 March   reversal   @transit:T1 → CRANE       CNY 90.00   SHOPS   -   -   T1
    T2   7 March   dispatch   CRANE → WAGTAIL           CNY 80.00   SHOPS   G05   REH-MONEY
    T2   8 March   receipt    CRANE → WAGTAIL           CNY 50.00   SHOPS   G05   REH-MONEY
    T2   9 March   return     WAGTAIL → CRANE           CNY 10.00   SHOPS   G05
    T2   10 March  loss       CRANE → @loss:theft       CNY 5.00    SHOPS   G05
"""


def as_the_rules_say() -> None:
    entries = list(all_entries())
    assert sorted([*flows_since(0), *on_the_road()]) == sorted(flows_in(entries))
    assert sorted(swaps_since(0)) == sorted(swaps_in(entries))
    size = Extent(len(entries), sum(len(one.moves) for one in entries), max(one.happened_at for one in entries))
    assert stock_now().extent == size


def test_the_flows_of_the_lamps_programme_are_those_of_its_entries(db: None):
    found()
    take(LAMPS)
    as_the_rules_say()


def test_what_was_taken_back_flowed_nowhere_and_the_road_is_what_is_open(db: None):
    found()
    take(LAMPS)
    post(TAKEN_BACK)
    as_the_rules_say()


def test_what_is_said_after_a_look_is_added_to_what_was_seen(db: None):
    found()
    take(LAMPS)
    as_the_rules_say()
    for line in TAKEN_BACK.strip().splitlines(keepends=True):
        if line.split()[0] not in ("X1", "V1"):
            post(line)
            as_the_rules_say()
    pairs = [line for line in TAKEN_BACK.strip().splitlines(keepends=True) if line.split()[0] in ("X1", "V1")]
    for pair in ("".join(pairs[:2]), "".join(pairs[2:])):
        post(pair)
        as_the_rules_say()


def test_a_look_at_what_was_undone_again_is_forgotten(db: None):
    found()
    take(LAMPS)
    with transaction.atomic():
        post(TAKEN_BACK)
        as_the_rules_say()
        transaction.set_rollback(True)
    as_the_rules_say()
    post(TAKEN_BACK.replace("90.00", "70.00"))
    as_the_rules_say()


def test_a_look_when_nothing_was_said_since_adds_nothing_up(db: None):
    found()
    take(LAMPS)
    stock_now()
    with Questions() as asked:
        assert stock_now().extent.move_count > 100
    assert not [query for query in asked.captured_queries if "SUM(" in query["sql"]]


def test_the_flows_of_a_generated_programme_are_those_of_its_entries(db: None, shared: Path, tmp_path: Path):
    generator = [sys.executable, shared / "tools" / "generate_programme.py"]
    subprocess.run([*generator, tmp_path / "folder", "--moves", "3000", "--seed", "5"], check=True)
    found()
    take(tmp_path / "folder")
    as_the_rules_say()


def test_empty_books_have_no_flows(db: None):
    found()
    stock = stock_now()
    assert (list(stock.sums.each_flow()), list(stock.sums.each_swap()), stock.extent) == ([], [], Extent(0, 0, None))
