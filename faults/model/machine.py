"""The bookkeeper of tests/core/bookkeeping.py before books in a database: batches too, and every way to ask what is held."""

from copy import deepcopy
from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from faults.model.door import BooksDoor, sign
from tallystick.core.custody.book import Key
from tallystick.core.entry import Entry
from tallystick.ledger.queries.holdings import balances_now
from tallystick.reports.holdings import open_tallies, whose_hands
from tests import books
from tests.core.bookkeeping import Bookkeeping
from tests.core.plain_books import HELD_ALREADY, TAKEN, PlainBooks


class Posting(Bookkeeping):
    """Each example is played in a transaction that is taken back at its end, after the books were proved."""

    examples: ClassVar[int] = 0
    entries: ClassVar[int] = 0
    refused: ClassVar[int] = 0

    def __init__(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.gathered: list[Entry] = []
        self.wanted = 0  # entries of the batch that is being gathered
        super().__init__()

    open_books = BooksDoor

    @initialize()
    def begin(self) -> None:
        Posting.examples += 1

    def post(self, entry: Entry) -> None:
        """By itself, or with those that follow where a batch is being gathered."""
        if not self.wanted:
            super().post(entry)
            return
        self.gathered.append(entry)
        if len(self.gathered) == self.wanted:
            batch, self.gathered, self.wanted = self.gathered, [], 0
            self.post_together(batch)

    @precondition(lambda self: not self.wanted)
    @rule(size=st.integers(2, 4))
    def gather_a_batch(self, size: int) -> None:
        self.wanted = size

    def post_together(self, batch: list[Entry]) -> None:
        after = deepcopy(self.model)
        verdict = judge(batch, after)
        said = self.books.attempt_all(batch)
        assert said == verdict, f"the books say “{said}” and the model “{verdict}” to {batch}"
        if TAKEN in verdict:
            self.model = after

    @invariant()
    def accounts_and_tallies_say_the_same(self) -> None:
        assert balances_now() == self.held()
        on_the_road = {(one.reference, one.giver, one.carrier) for one in open_tallies()}
        assert on_the_road == {(tally, *self.model.roads[tally]) for tally in self.model.open_tallies()}

    def held(self) -> dict[Key, int]:
        return {key: amount for key, amount in self.model.held.items() if amount}

    def teardown(self) -> None:
        """Nothing of the example stays; what it said is proved before."""
        try:
            assert {(one.holder, one.unit, one.earmark): one.amount for one in whose_hands()} == self.held()
            sign()
            proof = books.proof()
            assert proof.holds, proof.problems
            Posting.entries += len(self.model.said)
            Posting.refused += self.books.refused
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)


def judge(batch: list[Entry], model: PlainBooks) -> str:
    """What the model says to entries that are posted together, all or none; it takes their effect."""
    for place, entry in enumerate(batch):  # what a line cites is looked up for all of them first
        if wrong := next((code for line in entry.lines if (code := model.uncited(line, entry.reference))), ""):
            return f"entry {place}: {wrong}"
    already = 0
    for place, entry in enumerate(batch):
        verdict = model.verdict(entry)
        if verdict not in (TAKEN, HELD_ALREADY):
            return f"entry {place}: {verdict}"
        already += verdict == HELD_ALREADY
        if verdict == TAKEN:
            model.take(entry)
    return f"{len(batch) - already} {TAKEN}, {already} {HELD_ALREADY}"
