"""The bank's own sums: what a watcher calls broken, what is reckoned up afterwards, and that a small crowd leaves the books right."""

from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import pytest

from faults.bank.crowd import Ended, at_once, deciding_together, faults_of, meeting, racing
from faults.bank.deeds import DEEDS, Client, OpenTally, changed, draw
from faults.bank.play import broken, crowd
from faults.bank.reckoning import compare
from faults.bank.town import OPENED_AT, Town, entry_of, is_whole
from faults.bank.watcher import Watch
from tallystick.core.custody.book import Book
from tallystick.core.entry import Line, PostedEntry
from tallystick.handovers.actions import hand_over
from tallystick.vault.keys import unlocked
from tests import books

RIGHT = [("W0000", "USD", 700), ("W0001", "USD", 200), ("@transit:T1", "USD", 100), ("PARISH", "USD", -1000)]


def watch(*reads: list[tuple[str, str, int]]) -> Watch:
    """What a watcher makes of these balances, read one after the other."""
    found = Watch(Town(2))
    for rows in reads:
        found.see_balances(rows)
    return found


def test_right_balances_break_no_law():
    found = watch(RIGHT, RIGHT)
    assert (found.reads, found.broke, found.problems) == (2, Counter(), [])


@pytest.mark.parametrize("holder", ["W0000", "@transit:T1"])
def test_one_read_with_somebody_below_zero_is_enough(holder: str):
    found = watch(RIGHT, [(holder, "USD", -1), ("PARISH", "USD", 1)], RIGHT)
    assert found.broke == {"somebody below zero": 1}
    assert found.problems == [f"read 2: {holder} stood at -1 USD"]


def test_donors_and_the_books_own_accounts_may_stand_below_zero():
    assert not watch([("PARISH", "USD", -9), ("@loss:theft", "USD", -1), ("@commission:W0001", "USD", 10)]).broke


def test_a_total_that_is_another_is_seen_unit_by_unit():
    found = watch([*RIGHT, ("W0001", "LAMP", 1)])
    assert found.problems == ["read 1: all LAMP added up to 1"]


def test_a_limit_that_was_passed_is_seen():
    found = watch([("W0000", "USD", 250_001), ("W0001", "USD", 250_001), ("PARISH", "USD", -500_002)])
    assert found.problems == ["read 1: ('W0000', 'USD') held 250001, and may hold 250000"], "W0001 has no limit"


def tail(*acts: int) -> list[tuple[int, str, str]]:
    return [(act, f"H{act}", "1 of 1") for act in acts]


def test_an_entry_that_was_seen_stays():
    found = Watch(Town(2))
    for acts in ((1, 2), (1, 2, 4), (1, 2, 3, 4, 5)):
        found.see_tail(tail(*acts))
    assert not found.broke, "what is written late may stand before others"
    found.see_tail(tail(1, 2, 3, 5))
    assert (found.broke, found.problems) == ({"an entry gone": 1}, ["read 0: H4 had been seen and stood no more"])


def test_of_an_entry_that_is_seen_every_move_is_there():
    found = Watch(Town(2))
    found.see_tail([(1, "H1", "1 of 2"), (1, "H1", "H0: 2 of 2")])
    assert not found.broke
    found.see_tail([(1, "H1", "1 of 2"), (1, "H1", "2 of 2"), (2, "H2", "1 of 2")])
    found.see_tail([(1, "H1", "1 of 2"), (1, "H1", "2 of 2"), (2, "H2", None)])
    assert found.broke == {"an entry in part": 2}


def test_everything_is_looked_at_too():
    found = Watch(Town(2))
    found.see_tail(tail(1, 2))
    found.see_whole([(1,), (2,), (3,)], astray=[])
    assert not found.broke
    found.see_whole([(2,)], astray=[(7, 5)])
    assert found.broke == {"an entry gone": 1, "a balance astray": 1}


def test_notes_say_whether_all_moves_are_there():
    line = Line("handover", "W0000", "W0001", "USD", 1, "SHOPS")
    notes = [line.note for line in entry_of("H1", OPENED_AT, line, line._replace(note="H0")).lines]
    assert notes == ["1 of 2", "H0: 2 of 2"]
    assert is_whole(notes)
    assert not any(map(is_whole, (notes[:1], notes[::-1], [], ["", ""])))


KEY = ("H1", OPENED_AT)


@pytest.mark.parametrize(
    ("rows", "told", "refused", "words"),
    [
        ([(KEY, (1, 5))], {KEY: (1, 5)}, set(), None),
        ([], {KEY: (1, 5)}, set(), "was acknowledged and does not stand"),
        ([(KEY, (1, 5))] * 2, {KEY: (1, 5)}, set(), "stands 2 times"),
        ([(KEY, (1, 6))], {KEY: (1, 5)}, set(), "stands with (1, 6) moves and parts; (1, 5) were acknowledged"),
        ([(KEY, (1, 5))], {}, {KEY}, "was refused and stands"),
        ([(KEY, (1, 5))], {}, set(), "stands, and nobody was told so"),
    ],
)
def test_what_stands_is_what_was_told(rows: list, told: dict, refused: set, words: str | None):
    found = compare(rows, told=told, refused=refused)
    assert len(found) == (words is not None)
    assert words is None or words in found[0]


def test_a_client_draws_the_same_from_the_same_seed_and_nothing_twice():
    def drawn(number: int) -> list:
        client = Client(Town(5), number, Random(f"7-{number}"), tallies=[OpenTally("T9-1-W0001-W0002", "USD", 10)])
        entries = []
        for _ in range(300):
            entries.append(draw(client))
            client.remember(entries[-1])
        return entries

    entries = drawn(1)
    assert entries == drawn(1) != drawn(2)
    assert {line.kind for entry in entries for line in entry.lines} >= {"dispatch", "receipt", "loss", "payout", "reversal"}
    keys = {(entry.reference, entry.happened_at) for entry in entries}
    assert len(keys) == 300
    assert not keys & {(entry.reference, entry.happened_at) for entry in drawn(2)}
    assert sum(DEEDS.values()) == 100


def test_a_changed_entry_is_another_under_the_same_reference():
    entry = next(Town(2).opening())
    other = changed(entry)
    assert other != entry
    assert (other.reference, other.happened_at) == (entry.reference, entry.happened_at)


def die() -> None:
    raise SystemExit("at once")


def test_whoever_does_not_come_to_its_end_is_told_of(db: None):
    import os

    one, other, third = at_once(lambda: 7, die, lambda: os.kill(os.getpid(), 9))
    assert one == 7
    assert "at once" in other.fault
    assert third == Ended("")
    assert faults_of([one, other, third]) == [other.fault, "it was killed"]


def decide() -> None:
    Book(opened=OPENED_AT.date()).carry(PostedEntry("H1", OPENED_AT, ()), {}, gains={})


def decide_and_say(place) -> bool:
    with deciding_together(place) as met:
        decide()
    return met[0]


def test_two_meet_while_they_decide_where_nothing_keeps_them_apart(db: None):
    place = meeting(2)
    assert at_once(*[partial(decide_and_say, place)] * 2) == [True, True]
    assert at_once(partial(decide_and_say, meeting(2))) == [False], "one alone does not wait for ever"
    assert racing(decide, decide) == [None, None]


@pytest.fixture
def town(transactional_db: None, tmp_path: Path) -> Town:
    town = Town(4)
    books.found()
    books.take(town.write(tmp_path / "bank"))
    hand_over(list(town.opening()), office=unlocked().office, recorded_at=books.POSTED_AT)
    return town


def test_a_small_crowd_leaves_the_books_right(town: Town):
    found = crowd(town, clients=4, seconds=2, seed=7)
    assert found["problems"] == []
    assert found["tried"].startswith("4 clients for 2 s: ")


def test_nothing_is_no_proof(town: Town):
    found = crowd(town, clients=0, seconds=0.1, seed=7)
    assert found["problems"] == ["nothing moved while the watchers looked, so nothing was tried"]


def test_what_the_watchers_saw_is_added_up():
    below = watch([("W0000", "USD", -1), ("PARISH", "USD", 1)])
    assert broken([below, below, watch(RIGHT)]) == {"somebody below zero": 2}
