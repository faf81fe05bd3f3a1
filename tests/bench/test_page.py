"""The bench's own sums: what a target is reached by, and that a page says so when it is missed."""

import pytest

from bench.books import Timed
from bench.figures import at_least, at_most, never_above, ratios, spread
from bench.imports import ALONE, BARE, LOADED, Contest, is_metadata
from bench.page import SQLCIPHER, Results, page, summary
from bench.place import ROOT, Programme
from bench.tables import slices


def contest(*, seconds: tuple[float, ...], peak_bytes: int = 10**8) -> Contest:
    """Imports that took so long, beside peers that took a second and beancount that took ten."""
    ours = [Timed(seconds=one + 1, inside_seconds=one, peak_bytes=peak_bytes) for one in seconds]
    peers = {BARE: 1.0, ALONE: 0.5, LOADED: 10.0}
    programme = Programme(folder=ROOT, seed=7, move_count=100)
    return Contest(programme, ours=ours, peers={name: [one] * len(seconds) for name, one in peers.items()})


def test_the_median_of_the_rounds_decides():
    assert at_least("import", 0.35, values=[0.1, 0.36, 0.4]).is_reached
    assert not at_least("import", 0.35, values=[0.1, 0.34, 0.9]).is_reached
    assert at_most("holdings", 1.3, values=[1.0, 1.3, 9.0]).is_reached
    assert not at_most("holdings", 1.3, values=[1.0, 1.31, 1.4]).is_reached


def test_of_memory_the_worst_round_decides():
    assert not never_above("memory", 400, values=[100, 100, 401], unit=" MB").is_reached


def test_a_ratio_is_between_figures_of_one_round():
    assert ratios([2.0, 3.0], [4.0, 3.0]) == [0.5, 1.0]
    with pytest.raises(ValueError, match="zip"):
        ratios([2.0], [4.0, 3.0])


def test_a_spread_goes_from_the_least_to_the_most():
    assert spread([3.0, 1.0, 2.0], ".1f") == "2.0 (1.0 to 3.0)"


def test_a_missed_target_stands_on_the_page_and_in_the_summary():
    results = Results(facts={"date": "2026-01-05"}, contests={SQLCIPHER: contest(seconds=(4.0, 4.0, 2.0))})
    text = page(results)
    assert "| import on SQLCipher against bare `executemany` | at least 0.35× | 0.25× | 0.25 to 0.50 | **NO** |" in text
    assert "| import on SQLCipher against beancount | at least 1× | 2.50× | 2.50 to 5.00 | yes |" in text
    assert [line[:7] for line in summary(results)] == ["MISSED ", "reached", "reached"]


def test_a_part_that_was_left_out_is_named():
    results = Results(facts={}, left_out=["holdings after a million moves"])
    assert "Left out of this run: holdings after a million moves." in page(results)
    assert list(results.targets()) == []


@pytest.mark.parametrize(("size", "count"), [(0, 1), (1, 3), (10, 3), (12, 4)])
def test_slices_leave_no_row_out(size: int, count: int):
    rows = [(number,) for number in range(size)]
    parts = list(slices(rows, count=count))
    assert len(parts) == count
    assert [row for part in parts for row in part] == rows


def test_only_metadata_is_taken_out_of_a_file_for_beancount():
    assert [is_metadata(line) for line in ('  time: "10:00"\n', '    kind: "gift"\n', "  act: 7\n")] == [True] * 3
    kept = ("  Assets:Custodian:OFFICE:SHOPS  5 USD\n", '2014-03-03 * "E1: gift"\n', "2014-03-03 balance A:B  1 ~ 0 USD\n", "\n")
    assert not any(map(is_metadata, kept))
