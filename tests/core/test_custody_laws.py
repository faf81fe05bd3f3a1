"""Laws of the books, over tales that hypothesis makes up: nothing appears or disappears, and a refusal leaves no trace."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.custody.book import Book, Key
from tallystick.core.custody.decide import decide
from tallystick.core.custody.reversal import ReversalOfReversal, ReversedAlready
from tallystick.core.entry import Entry, Kind, Line, PostedEntry
from tallystick.core.party import Party
from tallystick.core.refusal import Refusal
from tallystick.core.unit import Unit
from tests.core.ledger_page import copy_of, written
from tests.core.tales import EARMARKS, GRANTS, HANDS, Tale, tales

UNITS = {"USD": Unit("USD", "money", 2, ""), "CNY": Unit("CNY", "money", 2, ""), "LAMP": Unit("LAMP", "goods", 0, "")}
KINDS = dict.fromkeys(HANDS, "custodian:agent") | dict.fromkeys(("PARISH", "LAMPMAKER"), "donor")
KINDS |= {"DESK": "changer", "LIGHTWORKS": "supplier"} | dict.fromkeys(GRANTS.values(), "recipient")
CARRIED = {"holding_too_small", "tally_too_small", "holding_limit_passed", "holding_limit_passed_on_the_road", "amount_too_large"}
HOLDERS = (
    *KINDS,
    "@loss:theft",
    "@cost:fuel",
    "@commission:HERON",
    "@changer:HERON",
    "@earmark",
    "@transit:E3",
    "@transit:T4",
    "@",
)


def new_book() -> Book:
    book = Book(opened=date(2014, 3, 1), units=UNITS, earmarks=set(EARMARKS))
    book.know_parties(Party(party, kind) for party, kind in KINDS.items())
    return book


def told_in(book: Book, tale: Tale) -> list[PostedEntry | None]:
    return [decide(written(entry), book) for entry in tale.entries]


def held_in(book: Book) -> dict[Key, int]:
    return {key: held for key, held in book.balances.items() if held}


def check_books(book: Book) -> None:
    """Every unit of every earmark adds up to nothing over all hands; no custodian and no tally stands below zero."""
    sums: dict[str, int] = defaultdict(int)
    for (holder, unit, _), held in book.balances.items():
        sums[unit] += held
        if holder in HANDS or holder.startswith("@transit:"):
            assert held >= 0, f"{holder} holds {held} {unit}"
    assert not any(sums.values()), sums


@settings(max_examples=15)
@given(tale=tales())
def test_a_tale_is_taken_as_it_was_told_and_a_second_telling_changes_nothing(tale: Tale):
    book = new_book()
    assert told_in(book, tale) == tale.entries
    check_books(book)
    balances = dict(book.balances)
    assert held_in(book) == {key: held for key, held in tale.held.items() if held}
    assert set(told_in(book, tale)) == {None}
    assert book.balances == balances


@settings(max_examples=10)
@given(tale=tales())
def test_the_order_of_an_entrys_lines_changes_nothing(tale: Tale):
    book, turned = new_book(), new_book()
    for entry in tale.entries:
        decide(written(entry), book)
        decide(written(entry._replace(moves=entry.moves[::-1])), turned)
    assert book.balances == turned.balances


def reversal_of(posted: PostedEntry) -> Entry:
    lines = (Line("reversal", move.taker, move.giver, *move[3:6], note=posted.reference) for move in posted.moves)
    return Entry(f"V{posted.reference}", posted.happened_at, tuple(lines))


@settings(max_examples=12)
@given(tale=tales())
def test_what_is_reversed_leaves_every_hand_as_it_was(tale: Tale):
    """Every entry is taken back on a copy of the books; its reversal cannot be taken back, nor can it be twice."""
    book = new_book()
    for entry in tale.entries:
        before = held_in(book)
        decide(written(entry), book)
        if entry.reverses or len(book.standing[entry.reference]) > 1:
            continue
        trial, back = copy_of(book), reversal_of(entry)
        posted = decide(back, trial)
        assert held_in(trial) == before
        for again in (back._replace(reference="W1"), reversal_of(posted)):
            with pytest.raises((ReversedAlready, ReversalOfReversal)):
                decide(again, trial)


FIELDS = {
    "kind": st.sampled_from([*Kind, "gift ", ""]),
    "giver": st.sampled_from(HOLDERS),
    "taker": st.sampled_from(HOLDERS),
    "unit": st.sampled_from([*UNITS, "EUR"]),
    "amount": st.sampled_from([-1, 0, 1, 2, 4999, 5000, 5001, 2**63 - 1, 2**63, 2**200]),
    "earmark": st.sampled_from([*EARMARKS, ""]),
    "grant": st.sampled_from(["", "G1", "G2"]),
    "note": st.sampled_from(["", "E0", "E1: typed twice", "letter"]),
}
BLOTS = st.lists(
    st.tuples(
        st.integers(0, 99), st.integers(0, 5), st.sampled_from(sorted(FIELDS)).flatmap(lambda f: st.tuples(st.just(f), FIELDS[f]))
    ),
    min_size=1,
    max_size=12,
)


def blotted(entry: Entry, blots: list) -> Entry:
    """The entry with some of its lines' fields written over."""
    lines = list(entry.lines)
    for _, place, (name, value) in blots:
        line = place % len(lines)
        lines[line] = lines[line]._replace(**{name: value})
    return entry._replace(lines=tuple(lines))


@settings(max_examples=25)
@given(tale=tales(), blots=BLOTS)
def test_whatever_is_written_over_a_tale_the_books_hold_or_refuse_it_without_a_trace(tale: Tale, blots: list):
    """Entry by entry, as people post: a book that refused one is put aside."""
    book = new_book()
    for place, entry in enumerate(tale.entries):
        trial = copy_of(book)
        try:
            decide(blotted(written(entry), [blot for blot in blots if blot[0] % len(tale.entries) == place]), trial)
        except Refusal as refusal:
            # What a hand lacked is carried, so that in a list of faults the entries behind are not refused for the same want.
            assert refusal.code in CARRIED or trial.balances == book.balances
            assert str(refusal)
            assert refusal.line is None or 0 <= refusal.line < len(entry.moves)
            assert refusal.column in {None, "entry", "happened_at", *Line._fields}
        else:
            book = trial
        check_books(book)
