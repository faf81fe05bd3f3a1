"""Findings that are kept from run to run."""

from dataclasses import replace
from pathlib import Path

import pytest

from faults.finding import Experiment, Finding
from faults.kept import LONG, SHORT, Tried, keep, kept
from faults.page import page

CUTS = Experiment("cuts", "What is cut stays whole.", lambda scale, told: [])
FLOODS = Experiment("floods", "What is wet stays dry.", lambda scale, told: [])
FOUND = Finding("a cut", "SQLCipher", "one cut", problems=("the books broke",))
TRIED = Tried(CUTS, [FOUND], seconds=2.0, form=SHORT, date="2026-11-24", commit="a1b2c3d", seed=7)


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    return {form: tmp_path / form for form in (LONG, SHORT)}


def test_what_was_found_is_shown_again_and_what_was_never_run_is_not(folders: dict[str, Path]):
    keep(TRIED, folders=folders)
    assert list(kept([FLOODS, CUTS], folders=folders)) == [TRIED]


def test_a_later_run_stands_in_place_of_an_earlier_one(folders: dict[str, Path]):
    keep(TRIED, folders=folders)
    later = replace(TRIED, findings=[replace(FOUND, problems=())], commit="d4e5f6a")
    keep(later, folders=folders)
    assert list(kept([CUTS], folders=folders)) == [later]


def test_what_the_long_form_found_is_not_hidden_by_a_short_run(folders: dict[str, Path]):
    whole = replace(TRIED, form=LONG, seconds=3_000.0)
    keep(whole, folders=folders)
    keep(TRIED, folders=folders)
    assert list(kept([CUTS], folders=folders)) == [whole]


def test_the_page_says_of_each_experiment_in_which_form_and_of_which_commit_it_is():
    said = page({"processor": "some"}, [TRIED])
    assert "Short form, commit a1b2c3d, seed 7, 2026-11-24; it took 2 seconds." in said
    assert "| a cut | SQLCipher | one cut | **NO** |" in said
    assert "- the books broke" in said
