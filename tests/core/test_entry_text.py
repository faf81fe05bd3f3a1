"""The text that an act carries of an entry is the canonical text of its content, however it is put together."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.amount import PARTS_MAX
from tallystick.core.canonical import NotCanonical, encode
from tallystick.core.entry import Kind, Move, PostedEntry, entry_content
from tallystick.core.entry_text import entry_text

CODES = st.sampled_from(["HERON", "R01", "@transit:T0010", "@cost:bank fee", "쌀 가게", 'a "quoted" one', "back\\slash"])
NOTES = st.one_of(st.just(""), CODES, st.text('aä한\n\t"\\ ', max_size=20))
MOVES = st.builds(
    Move,
    kind=st.sampled_from([kind.value for kind in Kind]), giver=CODES, taker=CODES, unit=CODES,
    amount=st.integers(1, PARTS_MAX), earmark=CODES, named=st.one_of(st.just(""), CODES), grant=st.one_of(st.just(""), CODES),
    authorisation=st.one_of(st.just(""), CODES), note=NOTES,
)  # fmt: skip
MOMENTS = st.datetimes(
    min_value=datetime(2014, 1, 1), max_value=datetime(2090, 1, 1),
    timezones=st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)  # fmt: skip
POSTED = st.builds(
    PostedEntry, reference=CODES, happened_at=MOMENTS, moves=st.lists(MOVES, min_size=1, max_size=4).map(tuple),
    reverses=st.one_of(st.just(""), CODES),
)  # fmt: skip


@settings(max_examples=150)
@given(POSTED)
def test_the_text_is_the_canonical_text_of_the_content(posted: PostedEntry):
    assert entry_text(posted) == encode(entry_content(posted))


@pytest.mark.parametrize("place", ["giver", "note", "grant", "reference"])
def test_a_text_that_has_no_canonical_form_is_refused(place: str):
    amina_pays = Move("payout", "AMINA", "R01", "USD", 5, "SHOPS", grant="G01")
    posted = PostedEntry("P1", datetime(2014, 3, 1, tzinfo=timezone(timedelta(hours=9))), (amina_pays,))
    decomposed = "e\u0301"
    odd = (
        posted._replace(reference=decomposed)
        if place == "reference"
        else posted._replace(moves=(amina_pays._replace(**{place: decomposed}),))
    )
    with pytest.raises(NotCanonical):
        entry_text(odd)
