"""One small run of each experiment on the medium: the product holds, and what does not hold is noticed."""

import pytest

from faults.media.closed import FILE_ALONE, FOLDER_TOO, close_to_writing
from faults.media.crew import share_out
from faults.media.cuts import Order as Story
from faults.media.cuts import Outcome, cut_power
from faults.media.failing import FULL, IOERR_FSYNC, IOERR_READ
from faults.media.layer import READ, SYNCED, WRITTEN
from faults.media.trials import Order, Tally, fail_everywhere, fill_up


def outcome(*, pragma: str = "") -> Outcome:
    (made,) = share_out(cut_power, [Story(seed=7, chapter_count=8, cut_count=15, pragma=pragma)])
    return made


def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    seen = outcome()
    assert seen.problems == []
    assert (seen.cut_count, seen.acknowledged_count) == (15, 9)
    assert seen.at_risk_count > 0
    assert seen.loss.lost > 0


@pytest.mark.parametrize("how", ["OFF", "NORMAL"])
def test_books_that_do_not_wait_for_the_disk_are_found_out(how: str) -> None:
    seen = outcome(pragma=f"synchronous = {how}")
    assert seen.broken["kept what was acknowledged"] > 0


def tally(*orders: Order) -> Tally:
    whole = Tally()
    for one in share_out(fail_everywhere, orders):
        whole.add(one)
    return whole


def test_a_disk_at_fault_is_said_in_one_sentence_and_changes_nothing() -> None:
    seen = tally(
        Order("post", WRITTEN, FULL, True, ("disk_full",), first=2, step=15),
        Order("post", SYNCED, IOERR_FSYNC, True, ("disk_failing",), log_stands=True),
        Order("verify", READ, IOERR_READ, True, ("disk_failing", "books_unreadable"), step=12),
    )
    assert seen.problems == []
    assert seen.refused["disk_full"] > 0
    assert seen.refused["disk_failing"] > 0
    assert seen.whole == 1, "the disk failed on the last word of a commit, and had heard it"


def test_a_refusal_other_than_the_one_expected_is_noticed() -> None:
    seen = tally(Order("post", SYNCED, IOERR_FSYNC, False, ("disk_full",)))
    assert len(seen.problems) == 2
    assert all("The disk under the books does not read or write" in problem for problem in seen.problems)


def test_an_import_without_room_leaves_the_file_byte_for_byte() -> None:
    (seen,) = share_out(fill_up, [0])
    assert seen.problems == []
    assert seen.refused["disk_full"] == seen.tries > 20


def test_books_that_cannot_be_written_are_read_where_they_can_be() -> None:
    for what, done, refused in ((FILE_ALONE, 3, 1), (FOLDER_TOO, 0, 4)):
        (seen,) = share_out(close_to_writing, [what])
        assert seen.problems == []
        assert (seen.done, seen.refused["books_read_only"]) == (done, refused)
