"""Findings that are kept from run to run."""

from dataclasses import replace
from pathlib import Path

from faults.finding import Experiment, Finding
from faults.kept import Tried, keep, kept
from faults.page import page

CUTS = Experiment("cuts", "What is cut stays whole.", lambda scale, told: [])
FLOODS = Experiment("floods", "What is wet stays dry.", lambda scale, told: [])
FOUND = Finding("a cut", "SQLCipher", "one cut", problems=("the books broke",))
TRIED = Tried(CUTS, [FOUND], seconds=2.0, date="2026-11-24", commit="a1b2c3d", seed=7)


def test_what_was_found_in_one_form_is_shown_again_and_what_was_never_run_is_not(tmp_path: Path):
    keep(TRIED, form="long", folder=tmp_path)
    assert list(kept([FLOODS, CUTS], form="long", folder=tmp_path)) == [TRIED]
    assert not list(kept([CUTS], form="short", folder=tmp_path))


def test_a_later_run_stands_in_place_of_an_earlier_one(tmp_path: Path):
    keep(TRIED, form="long", folder=tmp_path)
    later = replace(TRIED, findings=[replace(FOUND, problems=())], commit="d4e5f6a")
    keep(later, form="long", folder=tmp_path)
    assert list(kept([CUTS], form="long", folder=tmp_path)) == [later]


def test_the_page_says_of_each_experiment_of_which_commit_it_is():
    said = page({"form": "long"}, [TRIED])
    assert "Commit a1b2c3d, seed 7, 2026-11-24; it took 2 seconds." in said
    assert "| a cut | SQLCipher | one cut | **NO** |" in said
    assert "- the books broke" in said
