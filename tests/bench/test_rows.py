"""What the bench reads and writes: slices, batches, files for beancount, and an earmark put among other moves."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.imports import is_metadata
from bench.place import MOVES, Programme, without_moves
from bench.posting import batches
from bench.tables import slices
from bench.traced import EARMARK, FUND, add_traced
from tallystick.core.entry import Entry, Line

HEAD = "happened_at,entry,kind,giver,taker,unit,amount,earmark,grant,authorisation,note"


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


def test_a_batch_ends_with_the_entry_that_fills_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bench.posting.BATCH", 4)
    line = Line("handover", "OFFICE", "HERON", "USD", 1, "SHOPS")
    at = datetime(2026, 1, 5, tzinfo=UTC)
    entries = [Entry(f"H{number}", at, (line,) * count) for number, count in enumerate((1, 2, 2, 3, 1, 1))]
    made = list(batches(entries))
    assert [[len(entry.lines) for entry in batch] for batch in made] == [[1, 2, 2], [3, 1], [1]]
    assert [entry for batch in made for entry in batch] == entries


@pytest.fixture
def programme(tmp_path: Path) -> Programme:
    """Five hundred entries of two moves each."""
    folder = tmp_path / "programme"
    folder.mkdir()
    (folder / "earmarks.csv").write_text("earmark,donor,unit,purpose\nM000,D000,USD,grants\n", encoding="utf-8")
    rows = [
        f"2020-01-{day:02}T08:00:00+03:00,E{day}-{n},gift,D000,OFFICE,USD,1.00,M000,,," for day in range(1, 26) for n in range(20)
    ]
    lines = [HEAD, *(row for row in rows for _ in range(2))]
    (folder / MOVES).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return Programme(folder=folder, seed=7, move_count=1_000)


def test_an_earmark_is_spread_evenly_among_the_moves_and_never_inside_an_entry(programme: Programme):
    before = (programme.folder / MOVES).read_text(encoding="utf-8").splitlines()
    traced = add_traced(programme)
    with open(traced.folder / MOVES, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == traced.move_count == 1_500
    own = [place for place, row in enumerate(rows) if row["earmark"] == EARMARK]
    assert len(own) == 500 and rows[own[0]]["kind"] == "gift"
    assert max(Counter(place // 150 for place in own).values()) <= 51
    assert [",".join(row.values()) for row in rows if row["earmark"] != EARMARK] == before[1:]
    runs = Counter(row["entry"] for row, above in zip(rows, [{}, *rows], strict=False) if row["entry"] != above.get("entry"))
    assert set(runs.values()) == {1}, "an entry was cut in two"
    assert [row["happened_at"] for row in rows] == sorted(row["happened_at"] for row in rows)


def test_an_earmark_never_passes_on_more_than_it_was_given(programme: Programme):
    traced = add_traced(programme)
    with open(traced.folder / MOVES, encoding="utf-8", newline="") as file:
        own = [row for row in csv.DictReader(file) if row["earmark"] == EARMARK]
    (given,) = [float(row["amount"]) for row in own if row["taker"] == FUND]
    assert sum(float(row["amount"]) for row in own if row["giver"] == FUND) < given


def test_a_programme_before_anything_moved_has_everything_but_its_moves(programme: Programme):
    before = without_moves(programme)
    assert (before.folder / MOVES).read_text(encoding="utf-8") == f"{HEAD}\n"
    assert (before.folder / "earmarks.csv").read_bytes() == (programme.folder / "earmarks.csv").read_bytes()
    assert before.move_count == 0 and without_moves(programme) == before
