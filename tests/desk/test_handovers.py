"""Handovers at the desk: sent with papers, received whole or in part, lost with who answers, counted above, sent back."""

from dataclasses import replace

import pytest

from tallystick.core.amount import AmountNotPositive, Parts
from tallystick.core.consignment import PackagesNegative, PackedLine, PackedLineUnknown
from tallystick.core.custody.decide import EntryEmpty, TallyTooSmall
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.dispute import NotOnTally, TallyTakenBack, TallyUnknown
from tallystick.core.overage import OverageStepOutOfOrder, OverageUnknown
from tallystick.core.wish import ConcernsOneself, KindNotOfWish
from tallystick.desk.actions import agree, ask
from tallystick.desk.entries import EntryWish, ReversalWish, WishedLine
from tallystick.desk.handovers.disputing import ClearingWish, OverageWish
from tallystick.desk.handovers.receiving import BackLine, CountedLine, ReceiptWish, ReturnWish
from tallystick.desk.handovers.sending import KeptLine, PackingWish
from tallystick.desk.models import Draft
from tallystick.handovers.queries import liabilities, overages, packed_lines
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.tallies import tally_story
from tallystick.staff.queries import sign_offs
from tests.books import POSTED_AT, moment, proof
from tests.desk.goods import DUNLIN, LATER, PLOVER, asked, dispatch, done, lamps_of, receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stocked")]
REVERSAL = ReversalWish("R1", "2016-03-06T09:00:00+08:00", "T1", note="never left")


def refused_for(name: str, wish: object, **more: object) -> type[Exception]:
    with pytest.raises(EntriesRefused) as refused:
        asked(name, wish, **more)
    return type(refused.value.refused[0][1])


def test_a_dispatch_sends_goods_and_keeps_their_papers_and_a_commission():
    wish = dispatch(specification="12 volt, 1 m cable", packaging="carton", packages=5)
    done("dispatch", replace(wish, commission=(KeptLine("KILN", "LAMP", Parts(2), "LIGHT"),)))
    assert (lamps_of("KILN"), lamps_of("@transit:T1"), lamps_of("@commission:KILN")) == (398, 100, 2)
    assert packed_lines("T1") == {0: PackedLine(0, "12 volt, 1 m cable", "carton", 5)}
    story = tally_story("T1")
    assert (story.giver, story.carrier, story.lines[0].grant, story.lines[0].authorisation) == (
        "KILN", "WAGTAIL", "G09", "REH-GOODS",
    )  # fmt: skip
    assert not proof().problems


def test_the_same_dispatch_again_says_nothing_anew():
    for _ in range(2):
        done("dispatch", dispatch(packaging="carton", packages=5))
    assert lamps_of("KILN") == 400
    assert len(sign_offs("T1")) == 1


def test_papers_can_be_written_later_and_the_last_ones_count():
    done("dispatch", dispatch(packaging="sack", packages=9))
    done("packing", PackingWish("T1", (PackedLine(0, "solar", "carton", 5),)))
    assert packed_lines("T1") == {0: PackedLine(0, "solar", "carton", 5)}


def test_papers_speak_of_lines_that_there_are_and_of_packages_that_can_be_carried():
    done("dispatch", dispatch())
    with pytest.raises(PackedLineUnknown):
        asked("packing", PackingWish("T1", (PackedLine(1, "solar", "carton", 5),)))
    with pytest.raises(PackagesNegative):
        asked("packing", PackingWish("T1", (PackedLine(0, "solar", "carton", -5),)))


def test_goods_are_received_in_parts():
    done("dispatch", dispatch())
    done("receipt", receipt(received=Parts(60)))
    assert (lamps_of("WAGTAIL"), lamps_of("@transit:T1")) == (60, 40)
    done("receipt", receipt(received=Parts(40), at="2016-03-09T09:00:00+08:00"))
    assert (lamps_of("WAGTAIL"), lamps_of("@transit:T1")) == (100, 0)
    assert refused_for("receipt", receipt(received=Parts(1), at="2016-03-10T09:00:00+08:00")) is TallyTooSmall


def test_what_is_broken_on_the_way_is_written_off_by_two_in_the_entry_of_the_receipt_with_who_answers():
    done("dispatch", dispatch())
    draft = asked("receipt", receipt(received=Parts(97), lost=Parts(3), cause="breakage", answers="WAGTAIL"))
    assert isinstance(draft, Draft)
    assert (draft.need, lamps_of("WAGTAIL")) == ("value is written off", 0)
    done("receipt", receipt(received=Parts(97), lost=Parts(3), cause="breakage", answers="WAGTAIL"))
    assert (lamps_of("WAGTAIL"), lamps_of("@loss:breakage"), lamps_of("@transit:T1")) == (97, 3, 0)
    ((liability, recovered),) = liabilities(losses=["T1"])
    assert (liability.liability, liability.party, liability.amount, recovered) == ("T1-L1", "WAGTAIL", 3, 0)
    assert not proof().problems


def test_a_receipt_without_a_loss_takes_one_person_and_an_empty_one_is_refused():
    done("dispatch", dispatch())
    assert not isinstance(asked("receipt", receipt(received=Parts(1))), Draft)
    assert refused_for("receipt", ReceiptWish("T1", "2016-03-08T09:00:00+08:00", ())) is EntryEmpty


def test_whoever_answers_for_a_loss_is_a_party_of_these_books():
    done("dispatch", dispatch())
    with pytest.raises(PartyUnknown):
        asked("receipt", receipt(lost=Parts(3), cause="theft", answers="NOBODY"))


def test_what_was_counted_above_the_waybill_is_written_on_the_tally_and_moves_nothing():
    done("dispatch", dispatch())
    done("receipt", receipt(received=Parts(100), above=Parts(4)))
    assert (lamps_of("WAGTAIL"), lamps_of("KILN")) == (100, 400)
    ((overage, clearing),) = overages(tally="T1")
    assert (overage.overage, overage.amount, overage.counted_by, clearing) == ("T1-O1", 4, "WAGTAIL", None)
    assert not proof().problems


def test_an_overage_alone_is_written_without_an_entry():
    done("dispatch", dispatch())
    assert done("receipt", receipt(above=Parts(4))).posted is None
    assert len(overages(tally="T1")) == 1


def counted(**more: object) -> OverageWish:
    given = {
        "tally": "T1",
        "unit": "LAMP",
        "earmark": "LIGHT",
        "amount": Parts(4),
        "counted_by": "WAGTAIL",
        "counted_on": moment("7 March").date(),
    }
    return OverageWish(**given | more)


def test_an_overage_is_of_a_tally_its_units_and_a_known_party():
    done("dispatch", dispatch())
    for more, refusal in (
        ({"tally": "T9"}, TallyUnknown), ({"unit": "NEEDLE"}, NotOnTally), ({"counted_by": "NOBODY"}, PartyUnknown),
        ({"amount": Parts(0)}, AmountNotPositive),
    ):  # fmt: skip
        with pytest.raises(refusal):
            asked("overage", counted(**more))


def test_a_giver_who_had_written_too_little_corrects_it_by_two_from_its_own_hand():
    done("dispatch", dispatch())
    done("receipt", receipt(received=Parts(100), above=Parts(4)))
    wish = ClearingWish("T1-O1", "correct", "2016-03-09T09:00:00+08:00", "H1", "REH-GOODS")
    assert isinstance(asked("overage_clearing", wish), Draft)
    done("overage_clearing", wish)
    assert (lamps_of("WAGTAIL"), lamps_of("KILN")) == (104, 396)
    ((_, clearing),) = overages(tally="T1")
    assert (clearing.step, clearing.entry) == ("correct", "H1")
    with pytest.raises(OverageStepOutOfOrder):
        asked("overage_clearing", ClearingWish("T1-O1", "send back", "2016-03-10T09:00:00+08:00"))
    assert not proof().problems


def test_an_overage_that_was_sent_back_or_not_found_again_moves_nothing():
    done("dispatch", dispatch())
    for number, step in enumerate(("send back", "count again"), 1):
        done("overage", counted())
        done("overage_clearing", ClearingWish(f"T1-O{number}", step, "2016-03-10T09:00:00+08:00"))
    assert [one.clearing.step for one in overages(tally="T1")] == ["send back", "count again"]
    with pytest.raises(OverageUnknown):
        asked("overage_clearing", ClearingWish("T1-O9", "send back", "2016-03-10T09:00:00+08:00"))


def test_what_is_on_the_road_goes_back_to_its_giver():
    done("dispatch", dispatch())
    done(
        "return", ReturnWish("T1", "2016-03-07T09:00:00+08:00", (BackLine("LAMP", "LIGHT", Parts(30)),), note="the bridge is out")
    )
    assert (lamps_of("KILN"), lamps_of("@transit:T1")) == (430, 70)


def test_money_and_goods_pass_by_hand_when_both_are_present():
    line = WishedLine("handover", "KILN", "WAGTAIL", "LAMP", Parts(10), "LIGHT", authorisation="REH-GOODS")
    done("handover", EntryWish("H1", "2016-03-07T09:00:00+08:00", (line,)))
    assert (lamps_of("KILN"), lamps_of("WAGTAIL")) == (490, 10)


def test_nothing_else_passes_as_a_handover_or_a_gift_to_need_only_one():
    line = WishedLine("loss", "KILN", "@loss:theft", "LAMP", Parts(10), "LIGHT")
    for name in ("handover", "gift"):
        with pytest.raises(KindNotOfWish):
            asked(name, EntryWish("H1", "2016-03-07T09:00:00+08:00", (line,)))


def test_nothing_is_said_of_a_tally_that_is_not_there_or_was_taken_back():
    with pytest.raises(TallyUnknown):
        asked("receipt", receipt("T9", received=Parts(1)))
    done("dispatch", dispatch())
    done("reversal", REVERSAL)
    with pytest.raises(TallyTakenBack):
        asked("receipt", receipt(received=Parts(1)))


def test_whoever_holds_for_the_carrier_says_nothing_of_its_tally():
    done("dispatch", dispatch())
    holder = replace(PLOVER, name="WAGTAIL-2", party="WAGTAIL")
    for name, wish in (("dispatch", dispatch("T2")), ("receipt", receipt(received=Parts(1))), ("overage", counted())):
        with pytest.raises(ConcernsOneself):
            ask(name, wish, by=holder, asked_at=POSTED_AT)


def test_one_entry_tells_of_several_units_and_earmarks():
    done("dispatch", dispatch())
    wish = ReceiptWish(
        "T1", "2016-03-07T09:00:00+08:00", (CountedLine("LAMP", "LIGHT", Parts(1)), CountedLine("LAMP", "SHOPS", Parts(1)))
    )
    assert refused_for("receipt", wish, by=DUNLIN) is TallyTooSmall


def test_who_carries_asks_for_nothing_about_the_tally_in_their_hands_and_agrees_to_nothing():
    done("dispatch", dispatch())
    held_for = replace(PLOVER, name="WAGTAIL-1", party="WAGTAIL", roles=PLOVER.roles | DUNLIN.roles)
    back = EntryWish(
        "T1", "2016-03-06T09:00:00+08:00", (WishedLine("return", "KILN", "KILN", "LAMP", Parts(100), "LIGHT", "G09"),)
    )
    from_the_road = replace(back, lines=(replace(back.lines[0], giver="@transit:T1"),))
    packing = PackingWish("T1", (PackedLine(0, "solar", "carton", 5),))
    for name, wish in (("reversal", REVERSAL), ("handover", back), ("handover", from_the_road), ("packing", packing)):
        with pytest.raises(ConcernsOneself):
            asked(name, wish, by=held_for)
    waiting = asked("reversal", REVERSAL)
    assert isinstance(waiting, Draft)
    with pytest.raises(ConcernsOneself):
        agree(waiting.pk, by=held_for, agreed_at=LATER)
