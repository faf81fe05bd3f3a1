"""A batch is one thing: a bad entry in it leaves nothing of the others, and neither does a crash, wherever it falls."""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from faults.bank.crowd import Ended, at_once
from tallystick.bundles.digest import state_digest
from tallystick.core.entry import Entry
from tallystick.journal.queries import act_count
from tallystick.ledger.models import Account, Move
from tallystick.ledger.post import EntriesRefused
from tests import books

GIFT = "E1   3 March   gift   HAEBARAGI → OFFICE   USD 60000.00   SHOPS"
ONE_OF = "{letter}{number}   5 March   {kind}   OFFICE → HERON   USD 1.00   SHOPS   -   REH-MONEY"
STATEMENTS_MAX = 60
KILLED = Ended("")


@pytest.fixture(autouse=True)
def funded(transactional_db: None, tmp_path: Path) -> None:
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(GIFT)


def batch(count: int) -> list[Entry]:
    """So many handovers and dispatches, which open accounts that were not there."""
    kinds = ({"letter": "T", "kind": "dispatch"}, {"letter": "H", "kind": "handover"})
    return books.page("\n".join(ONE_OF.format(number=number, **kinds[number % 2]) for number in range(count)))


def everything() -> tuple[Any, ...]:
    """What would show a trace: the digest of all state, the acts, the moves, and the accounts with what is in them."""
    accounts = tuple(Account.objects.order_by("id").values_list("id", "holder", "balance"))
    return state_digest(), act_count(), Move.objects.count(), accounts


@pytest.mark.parametrize("place", [0, 49, 99])
@pytest.mark.parametrize("bad", ["H999   5 March   handover   HERON → OFFICE   USD 90000.00   SHOPS", GIFT.replace("60000", "1")])
def test_of_a_batch_with_one_bad_entry_nothing_stands(place: int, bad: str) -> None:
    entries = batch(100)
    entries[place] = books.page(bad)[0]
    before = everything()
    with pytest.raises(EntriesRefused) as refused:
        books.post(entries)
    assert [at for at, _ in refused.value.refused] == [place]
    assert everything() == before
    assert len(books.post(batch(100)).entries) == 100, "the good ones can be posted afterwards"


def posted_until(entries: list[Entry], at: int) -> int:
    """Posts these entries and is killed when statement number `at` would go out; how many entries were posted, where it was not."""
    count = 0

    def count_down(execute: Callable[..., Any], *words: Any) -> Any:
        nonlocal count
        if count == at:
            die()
        count += 1
        return execute(*words)

    with connection.execute_wrapper(count_down):
        return len(books.post(entries).entries)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("size", [3, 100])
def test_of_a_batch_whose_writer_was_killed_between_two_statements_nothing_stands_or_all_of_it(size: int) -> None:
    """Before every statement there is, one after the other, until what was asked for stands."""
    entries, before = batch(size), everything()
    for at in range(STATEMENTS_MAX):
        (answer,) = at_once(partial(posted_until, entries, at))
        if everything() != before:
            break
        assert answer == KILLED, f"statement {at} was the last, and nothing stands"
    assert at > 1, "there was something to be killed between"
    again = books.post(entries)
    assert (again.entries, again.already_count) == ((), size), f"killed before statement {at}"
    books.sign()
    assert books.proof().holds


def posted_with_commit(entries: list[Entry], commit: Callable[[Any], None]) -> int:
    BaseDatabaseWrapper.commit = commit  # type: ignore[method-assign]
    return len(books.post(entries).entries)


def test_who_is_killed_before_the_commit_has_posted_nothing() -> None:
    entries, before = batch(100), everything()
    assert at_once(partial(posted_with_commit, entries, lambda wrapper: die())) == [KILLED]
    assert everything() == before
    assert len(books.post(entries).entries) == 100


def test_who_is_killed_after_the_commit_hears_of_it_when_asking_again() -> None:
    commit = BaseDatabaseWrapper.commit

    def commit_and_die(wrapper: Any) -> None:
        commit(wrapper)
        die()

    entries, acts = batch(100), act_count()
    assert at_once(partial(posted_with_commit, entries, commit_and_die)) == [KILLED]
    assert act_count() == acts + 100
    again = books.post(entries)
    assert (again.entries, again.already_count, act_count()) == ((), 100, acts + 100)
