"""The page of figures, and what a run is told to measure."""

from dataclasses import replace
from pathlib import Path

import pytest

import bench
from bench.__main__ import PARTS, read_words
from bench.chapter import Chapter
from bench.figures import at_least, at_most, never_above
from bench.growth import QUESTIONS
from bench.kept import Measured, keep, kept
from bench.page import page, summary, targets_of
from bench.reasons import REASONS, reasons

CHAPTER = Chapter(
    title="Import on SQLCipher",
    words="Seed 7.",
    head=("who", "seconds"),
    rows=(("Tallystick", "4.00"), ("bare rows", "1.00")),
    targets=(
        at_least("import against bare rows", 0.35, values=[0.25, 0.25, 0.5]),
        at_most("a balance", 1.0, values=[0.2, 0.25, 3.0], unit=" ms"),
        never_above("bytes a move", 1_000, values=[1_500.4], unit=" bytes"),
    ),
)


def test_a_missed_target_stands_on_the_page_and_in_the_summary():
    text = page([Measured(CHAPTER, "imports", {"date": "2026-01-05"})])
    assert "| import against bare rows | at least 0.35× | 0.25× | 0.25 to 0.50 | **NO** |" in text
    assert "| a balance | at most 1 ms | 0.25 ms | 0.20 to 3.00 | yes |" in text
    assert "| bytes a move | at most 1,000 bytes | 1,500 bytes | 1,500 to 1,500 | **NO** |" in text
    assert [line[:7] for line in summary(CHAPTER.targets)] == ["MISSED ", "reached", "MISSED "]


def test_the_reason_stands_on_the_page_where_a_target_is_missed_and_nowhere_else():
    beginning, why = next(iter(REASONS.items()))
    missed, reached = (at_least(f"{beginning} rows", 0.4, values=[value]) for value in (0.3, 0.5))
    without = at_least("something nobody looked into", 0.4, values=[0.3])
    assert list(reasons([reached, without])) == []
    (said,) = reasons([missed, reached])
    assert said.startswith(f"- **{missed.words}**: {' '.join(why.split())[:40]}")
    text = page([Measured(replace(CHAPTER, targets=(missed,)), "imports", {})])
    assert f"What was missed, and why:\n\n{said}" in text


def test_every_reason_is_about_a_target_that_there_is():
    sources = " ".join(path.read_text(encoding="utf-8") for path in Path(bench.__file__).parent.glob("*.py"))
    for beginning in REASONS:
        plain, _, _ = beginning.removeprefix("16 ").partition(" on ")
        asked = plain in QUESTIONS.values()
        assert asked or f"{plain} on " in sources or f"{{CLIENTS}} {plain}, " in sources, beginning


def test_a_chapter_is_a_table_under_its_title():
    text = page([Measured(CHAPTER, "imports", {})])
    assert (
        "## Import on SQLCipher\n\nSeed 7.\n\n| who | seconds |\n|---|---|\n| Tallystick | 4.00 |\n| bare rows | 1.00 |\n" in text
    )


def test_a_part_that_was_left_out_is_named():
    assert "Left out of this run: a million moves, and questions." in page([], left_out=["a million moves, and questions"])


def test_the_page_says_how_each_of_its_parts_was_measured_and_no_other():
    text = page([Measured(CHAPTER, part.name, {}) for part in (PARTS[0], PARTS[-1])], parts=PARTS)
    assert text.count(PARTS[0].method) == text.count(PARTS[-1].method) == 1
    assert not any(part.method in text for part in PARTS[1:-1])
    assert text.endswith("\n") and not text.endswith("\n\n")


@pytest.mark.parametrize("words", [["--quick"], ["--only", "singles"], ["--engine", "PostgreSQL"]])
def test_only_a_whole_run_writes_the_page_in_docs_unless_told_to(words: list[str]):
    assert not read_words(words).keep
    assert read_words([]).keep
    assert not read_words(["--page", "elsewhere.md"]).keep


def test_a_part_is_kept_where_it_is_told_to_be_and_never_of_a_quick_run(capsys: pytest.CaptureFixture[str]):
    assert read_words(["--only", "growth", "--engine", "SQLCipher", "--keep"]).keep
    with pytest.raises(SystemExit):
        read_words(["--quick", "--keep"])
    assert "too short to be kept" in capsys.readouterr().err


ONE, OTHER = replace(CHAPTER, title="On one"), replace(CHAPTER, title="On the other", targets=())


def test_figures_of_several_runs_make_one_page(tmp_path: Path):
    early = {"date": "2026-01-05", "rounds": "3", "memory": "8 GiB"}
    keep([Measured(ONE, "growth", early), Measured(OTHER, "growth", early)], is_every_engine=True, folder=tmp_path)
    keep([Measured(CHAPTER, "imports", early)], is_every_engine=True, folder=tmp_path)
    anew = Measured(replace(ONE, rows=(("Tallystick", "2.00"),)), "growth", early | {"date": "2026-01-06", "rounds": "5"})
    keep([anew], is_every_engine=False, folder=tmp_path)
    found = kept(["imports", "growth", "never measured"], folder=tmp_path)
    assert found == [Measured(CHAPTER, "imports", early), anew, Measured(OTHER, "growth", early)]
    text = page(found)
    assert "| memory | 8 GiB |" in text and "| rounds |" not in text
    assert "| Tallystick | 2.00 |\n\nMeasured so: date 2026-01-06; rounds 5.\n" in text
    assert text.count("Measured so: date 2026-01-05; rounds 3.") == 2


def test_a_part_measured_on_every_engine_replaces_all_that_was_kept_of_it(tmp_path: Path):
    keep([Measured(ONE, "growth", {}), Measured(OTHER, "growth", {})], is_every_engine=True, folder=tmp_path)
    keep([Measured(ONE, "growth", {})], is_every_engine=True, folder=tmp_path)
    assert [one.chapter for one in kept(["growth"], folder=tmp_path)] == [ONE]
    assert targets_of([ONE, OTHER]) == list(ONE.targets)


def test_a_run_asks_after_few_moves_and_after_a_million_and_after_more_when_told():
    assert read_words([]).asked_after == (10_000, 1_000_000)
    assert read_words(["--most", "10000000"]).asked_after == (10_000, 1_000_000, 10_000_000)
    assert read_words(["--quick", "--moves", "1000"]).asked_after == (1_000,)
