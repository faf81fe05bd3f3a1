"""The disk that a power cut leaves behind: what was synced is there, of the rest anything or nothing, and no more than that."""

from collections import Counter
from random import Random

import pytest

from faults.media.disk import Disk, Loss
from faults.media.layer import DELETED, FOLDER_SYNCED, OPENED, SYNCED, TRUNCATED, WRITTEN, Step

CRASHES = 400
PAGE, OLD = b"new." * 1024, b"old." * 1024


def left(*steps: Step, **files: bytes) -> Counter[bytes | None]:
    """What is found of the file `db` after many crashes at the end of these steps, and how often."""
    disk, chance = Disk(files), Random(7)
    disk.take(steps)
    return Counter(disk.crash(chance, Loss()).get("db") for _ in range(CRASHES))


def write(data: bytes, *, at: int = 0) -> Step:
    return Step(WRITTEN, "db", at, data)


def test_what_was_synced_is_there_every_time() -> None:
    assert left(write(PAGE), Step(SYNCED, "db"), db=OLD) == {PAGE: CRASHES}


def test_a_write_on_its_way_is_there_or_lost_or_torn_at_a_sector() -> None:
    found = left(write(PAGE), db=OLD)
    assert found[PAGE] > CRASHES // 10
    assert found[OLD] > CRASHES // 10
    torn = found.keys() - {PAGE, OLD}
    assert torn
    for content in torn:
        assert len(content) == len(PAGE)
        for start in range(0, len(PAGE), 512):
            assert content[start : start + 512] in (PAGE[start : start + 512], OLD[start : start + 512])


def test_a_later_write_may_be_there_without_an_earlier_one() -> None:
    found = left(write(b"first"), write(b"second", at=8), db=b"12345678654321")
    assert b"12345678second" in found
    assert b"first678654321" in found


def test_a_file_may_have_grown_for_a_write_that_is_lost() -> None:
    found = left(write(b"more", at=4), db=b"here")
    assert {b"here", b"heremore", b"here\0\0\0\0"} == found.keys()


def test_a_sync_of_another_file_makes_nothing_sure() -> None:
    assert left(write(b"new"), Step(SYNCED, "other"), db=b"old", other=b"")[b"old"]


@pytest.mark.parametrize(("synced", "found"), [(False, {b"long", b"lo"}), (True, {b"lo"})])
def test_a_truncation_is_sure_once_it_is_synced(synced: bool, found: set[bytes]) -> None:
    steps = [Step(TRUNCATED, "db", 2), *([Step(SYNCED, "db")] if synced else [])]
    assert left(*steps, db=b"long").keys() == found


@pytest.mark.parametrize(("synced", "found"), [(False, {b"new", None}), (True, {b"new"})])
def test_a_new_file_has_a_name_once_its_folder_is_synced(synced: bool, found: set[bytes | None]) -> None:
    steps = [Step(OPENED, "db", is_new=True), write(b"new"), Step(SYNCED, "db"), *([Step(FOLDER_SYNCED, "db")] if synced else [])]
    assert left(*steps).keys() == found


@pytest.mark.parametrize(("sure", "found"), [(False, {b"old", None}), (True, {None})])
def test_a_file_that_was_deleted_may_come_back(sure: bool, found: set[bytes | None]) -> None:
    assert left(Step(DELETED, "db", is_sure=sure), db=b"old").keys() == found


def test_a_file_deleted_and_made_again_is_either_of_them_or_none() -> None:
    steps = (Step(DELETED, "db"), Step(OPENED, "db", is_new=True), write(b"new"), Step(SYNCED, "db"))
    assert left(*steps, db=b"old").keys() == {b"old", None, b"new"}


def test_a_disk_counts_what_it_may_lose() -> None:
    disk = Disk({"db": b"old"})
    assert disk.unsure_count == 0
    disk.take([write(b"new")])
    assert disk.unsure_count == 1
    disk.take([Step(SYNCED, "db")])
    assert disk.unsure_count == 0
