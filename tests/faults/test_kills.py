"""The experiment of the kills in miniature, and what it judges by."""

from datetime import UTC, datetime

import pytest

from faults.finding import POSTGRES, SQLCIPHER
from faults.kills.child import Fate, kill_while
from faults.kills.keeper import shares
from faults.kills.keepers import find_side_by_side

ENGINES = {"sqlcipher": SQLCIPHER, "postgres": POSTGRES}
KILLS = 30
AT = datetime(2016, 3, 1, 9, tzinfo=UTC)


def test_a_few_kills_of_every_activity_lose_tear_and_double_nothing(engine: str):
    told: list[str] = []
    found = find_side_by_side([("faults.kills.keeper", ENGINES[engine], "11", str(KILLS))], told=told.append)
    assert [(finding.title, finding.problems) for finding in found if not finding.holds] == []
    assert [finding.title for finding in found] == [
        "making an office", "migrating", "posting", "importing", "verifying", "exporting",
        "a seeded fault, acknowledged before the commit, is noticed",
        "a seeded fault, posted without a transaction, is noticed",
    ]  # fmt: skip
    assert told


@pytest.mark.parametrize("kills", [30, 500, 5_000])
def test_every_activity_has_its_share_of_the_kills(kills: int):
    told = shares(kills)
    assert sum(told.values()) == kills
    assert min(told.values()) > 0


@pytest.mark.parametrize(
    ("said", "inside"),
    [(("begin 0",), True), (("begin 0", "done 0"), False), (("begin 0", "done 0", "begin 1"), True), ((), False)],
)
def test_a_kill_is_inside_where_something_had_begun(said: tuple[str, ...], inside: bool):
    assert Fate(said, was_killed=True, after_seconds=0).was_inside() is inside
    assert Fate(said, was_killed=False, after_seconds=0).was_inside() is False


def test_what_a_child_fails_at_is_heard():
    def work(tell):
        tell("begin 0")
        raise LookupError("no such\nbook")

    fate = kill_while(work, after_seconds=60)
    assert (fate.faults, fate.was_killed, fate.acknowledged()) == (["LookupError: no such book"], False, set())


def test_a_child_is_killed_at_its_moment():
    def work(tell):
        tell("begin 0")
        while True:
            pass

    fate = kill_while(work, after_seconds=0.05)
    assert (fate.was_killed, fate.was_inside(), fate.faults) == (True, True, [])


def test_what_stands_is_held_against_what_should():
    from faults.kills.entries import gift
    from faults.kills.standing import Held, differing, held_of, wanted_of
    from tallystick.core.entry import Entry

    batch = [Entry("E1", AT, (gift(1),)), Entry("E2", AT, (gift(1), gift(2)))]
    wanted = wanted_of([batch])
    assert wanted == {("E1", AT): (1, 1), ("E2", AT): (1, 2)}
    assert held_of(batch, wanted) == Held.WHOLE
    assert held_of(batch, {}) == Held.NOTHING
    for stands in ({("E1", AT): (1, 1)}, wanted | {("E2", AT): (1, 1)}, wanted | {("E1", AT): (2, 2)}):
        assert held_of(batch, stands) == Held.PART
        assert differing(stands, wanted)
    assert differing(wanted, wanted) == ""
    assert differing({}, wanted) == "2 of 2 differ, the first E1 of 09:00: 0 entries with 0 moves"
