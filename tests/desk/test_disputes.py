"""Disputes: an open one freezes its tally, and each closes once, as paid, recovered, written off or unfounded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tallystick.core.amount import Parts
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.dispute import (
    ClaimTooLarge,
    ClosingMovesNothing,
    DisputedAlready,
    DisputeState,
    DisputeStepOutOfOrder,
    DisputeUnknown,
    EndingUnknown,
    NotOnTally,
    SettledAlready,
    TallyFrozen,
    TallyUnknown,
    UnfoundedMoves,
    state_of,
)
from tallystick.core.wish import ConcernsOneself
from tallystick.desk.actions import ask
from tallystick.desk.entries import ReversalWish
from tallystick.desk.handovers.disputing import ClosingWish
from tallystick.desk.handovers.receiving import BackLine, ReturnWish
from tallystick.desk.models import Draft
from tallystick.handovers.queries import disputed_tallies, disputes, liabilities
from tallystick.ledger.post import EntriesRefused
from tests import books
from tests.books import POSTED_AT, proof
from tests.desk.goods import PLOVER, asked, closing, dispatch, dispute, done, lamps_of, receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sent")]
LATER_AT = "2016-03-09T09:00:00+08:00"


def frozen(name: str, wish: object) -> bool:
    with pytest.raises(EntriesRefused) as refused:
        asked(name, wish)
    return isinstance(refused.value.refused[0][1], TallyFrozen)


def test_an_open_dispute_freezes_its_tally_and_no_other():
    done("dispute", dispute())
    assert disputed_tallies() == {"T1": "T1-D1"}
    assert frozen("receipt", receipt(received=Parts(95)))
    assert frozen("receipt", receipt(lost=Parts(5), cause="shortfall"))
    assert frozen("return", ReturnWish("T1", LATER_AT, (BackLine("LAMP", "LIGHT", Parts(1)),)))
    assert frozen("reversal", ReversalWish("R1", LATER_AT, "T1"))
    done("dispatch", dispatch("T2", lamps=10))
    done("receipt", receipt("T2", received=Parts(10)))
    assert (lamps_of("@transit:T1"), lamps_of("WAGTAIL")) == (100, 10)


def test_a_folder_is_frozen_out_as_well_and_what_stood_already_still_says_so():
    before = books.post("T1   6 March   receipt   KILN → WAGTAIL   LAMP 10   LIGHT   G09")
    done("dispute", dispute())
    again = books.post("T1   6 March   receipt   KILN → WAGTAIL   LAMP 10   LIGHT   G09")
    assert (len(before.entries), again.already_count) == (1, 1)
    with pytest.raises(EntriesRefused):
        books.post("T1   9 March   receipt   KILN → WAGTAIL   LAMP 10   LIGHT   G09")


@pytest.mark.parametrize(
    ("step", "state", "holder"),
    [
        ("pay", DisputeState.PAID, "WAGTAIL"),
        ("recover", DisputeState.RECOVERED, "KILN"),
        ("write off", DisputeState.WRITTEN_OFF, "@loss:shortfall"),
    ],
)
def test_a_closing_posts_the_entry_that_settles_it_in_the_same_deed(step: str, state: DisputeState, holder: str):
    done("receipt", receipt(received=Parts(95)))
    done("dispute", dispute())
    before = lamps_of(holder)
    cause, answers = ("shortfall", "KILN") if step == "write off" else ("", "")
    done("dispute_closing", closing(step, lamps=5, cause=cause, answers=answers))
    ((said, ended),) = disputes(tally="T1")
    assert (said.reason, state_of(ended), ended.entry) == ("five were never loaded", state, "T1")
    assert ended.entry_at == "2016-03-20T01:00:00+00:00"
    assert (lamps_of(holder), lamps_of("@transit:T1"), disputed_tallies()) == (before + 5, 0, {})
    assert [one.liability.party for one in liabilities(losses=["T1"])] == (["KILN"] if step == "write off" else [])
    assert not proof().problems


def test_only_a_write_off_takes_two():
    done("dispute", dispute())
    draft = asked("dispute_closing", closing("write off", lamps=5, cause="theft"))
    assert isinstance(draft, Draft)
    assert (disputed_tallies(), lamps_of("@loss:theft")) == ({"T1": "T1-D1"}, 0)
    assert not isinstance(asked("dispute_closing", closing("pay", lamps=5)), Draft)


def test_a_closing_that_pays_never_writes_off_whatever_its_lines_say():
    done("dispute", dispute())
    done("dispute_closing", closing("pay", lamps=5, cause="theft", answers="KILN"))
    assert (lamps_of("WAGTAIL"), lamps_of("@loss:theft"), liabilities(losses=["T1"])) == (5, 0, [])


def test_an_ending_is_one_of_those_there_are():
    done("dispute", dispute())
    with pytest.raises(EndingUnknown):
        asked("dispute_closing", closing("forget"))


def test_an_unfounded_claim_moves_nothing_and_the_tally_goes_on():
    done("dispute", dispute())
    with pytest.raises(UnfoundedMoves):
        asked("dispute_closing", closing("find unfounded", lamps=5))
    done("dispute_closing", closing("find unfounded"))
    done("receipt", receipt(received=Parts(100)))
    assert lamps_of("WAGTAIL") == 100


def test_an_ending_says_what_became_of_what_is_on_the_road():
    done("dispute", dispute())
    with pytest.raises(ClosingMovesNothing):
        asked("dispute_closing", closing("pay"))


def test_where_nothing_is_on_the_road_a_claim_is_closed_without_an_entry():
    done("receipt", receipt(received=Parts(100)))
    done("dispute", dispute())
    done("dispute_closing", closing("recover"))
    ((_, ended),) = disputes(tally="T1")
    assert (state_of(ended), ended.entry) == (DisputeState.RECOVERED, "")


def test_a_dispute_is_closed_once_and_another_may_follow_it():
    done("dispute", dispute())
    with pytest.raises(DisputedAlready):
        asked("dispute", dispute(lamps=6))
    done("dispute_closing", closing("find unfounded"))
    with pytest.raises(DisputeStepOutOfOrder):
        asked("dispute_closing", replace(closing("find unfounded"), happened_at="2016-03-21T09:00:00+08:00"))
    done("dispute", dispute())
    assert disputed_tallies() == {"T1": "T1-D2"}
    with pytest.raises(DisputeUnknown):
        asked("dispute_closing", closing("find unfounded", dispute="T1-D9"))


def test_a_claim_is_of_a_tally_what_it_carried_and_a_known_party():
    for wish, refusal in (
        (dispute("T9"), TallyUnknown), (dispute(lamps=101), ClaimTooLarge), (dispute(claimed_by="NOBODY"), PartyUnknown),
        (replace(dispute(), unit="NEEDLE"), NotOnTally),
    ):  # fmt: skip
        with pytest.raises(refusal):
            asked("dispute", wish)


def test_an_entry_that_stood_before_settles_no_dispute():
    done("receipt", receipt(received=Parts(5)))
    done("dispute", dispute())
    wish = ClosingWish("T1-D1", "pay", "2016-03-07T09:00:00+08:00", closing("pay", lamps=5).lines)
    with pytest.raises(SettledAlready):
        asked("dispute_closing", wish)
    assert disputed_tallies() == {"T1": "T1-D1"}


def test_whoever_holds_for_a_party_of_the_tally_neither_opens_nor_closes():
    done("dispute", dispute())
    holder = replace(PLOVER, name="KILN-2", party="KILN")
    for name, wish in (("dispute", dispute("T1")), ("dispute_closing", closing("find unfounded"))):
        with pytest.raises(ConcernsOneself):
            ask(name, wish, by=holder, asked_at=POSTED_AT + timedelta(hours=2))
