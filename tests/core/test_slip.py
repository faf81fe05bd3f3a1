"""Slips: what each state allows, and who may confirm."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tallystick.core.amount import Parts
from tallystick.core.refusal import Refusal
from tallystick.core.slip import (
    HALVES,
    CodeWrong,
    IssuerConfirms,
    Purpose,
    Redemption,
    RulingKind,
    ShownBeforeGiven,
    Slip,
    SlipFrozen,
    SlipLapsed,
    SlipLapsesAtOnce,
    SlipNotFrozen,
    SlipServesOtherwise,
    SlipStandsOpen,
    SlipState,
    SlipUsed,
    SlipVoid,
    Standing,
    after_wrong,
    check_given_out,
    check_in_time,
    check_may_be_shown,
    check_not_issuer,
    check_ruling,
)

SLIP = Slip(
    "7QM4-2XPK", Purpose.CLAIM, "G01", holder="R01", valid_until=date(2016, 4, 30), issued_by="PLOVER",
    issued_at="2016-03-05T00:00:40Z", digest="", tranche=1, amount=Parts(10_000),
)  # fmt: skip
USED = Redemption("7QM4-2XPK", "PLOVER", "WREN", "2016-03-06T10:00:00+09:00", "2016-03-09T01:00:00Z", entry="7QM4-2XPK")
OPEN = Standing(SLIP)
MARCH = date(2016, 3, 5)
CLAIM = [Purpose.CLAIM]


@pytest.mark.parametrize(
    ("standing", "today", "state"),
    [
        (OPEN, MARCH, SlipState.OPEN),
        (OPEN, date(2016, 4, 30), SlipState.OPEN),
        (OPEN, date(2016, 5, 1), SlipState.LAPSED),
        (replace(OPEN, is_frozen=True), date(2016, 5, 1), SlipState.FROZEN),
        (replace(OPEN, is_frozen=True, is_void=True), MARCH, SlipState.VOID),
        (replace(OPEN, used=USED), date(2016, 5, 1), SlipState.USED),
    ],
)
def test_a_slip_is_in_one_state_on_each_day(standing: Standing, today: date, state: SlipState):
    assert standing.state(today) is state


@pytest.mark.parametrize(
    ("standing", "refusal"),
    [
        (replace(OPEN, used=USED), SlipUsed),
        (replace(OPEN, is_void=True), SlipVoid),
        (replace(OPEN, is_frozen=True), SlipFrozen),
        (replace(OPEN, slip=replace(SLIP, purpose=Purpose.GIVER)), SlipServesOtherwise),
    ],
)
def test_a_code_is_not_looked_at_where_its_slip_cannot_serve(standing: Standing, refusal: type[Refusal]):
    with pytest.raises(refusal):
        check_may_be_shown(standing, name="WREN", purposes=CLAIM)


def test_whoever_gave_a_slip_out_confirms_it_neither_first_nor_second():
    with pytest.raises(IssuerConfirms):
        check_may_be_shown(OPEN, name="PLOVER", purposes=CLAIM)
    with pytest.raises(IssuerConfirms):
        check_not_issuer(SLIP, name="PLOVER")
    check_may_be_shown(OPEN, name="WREN", purposes=CLAIM)


def test_where_a_half_is_asked_for_a_claim_does_not_serve():
    with pytest.raises(SlipServesOtherwise) as told:
        check_may_be_shown(OPEN, name="WREN", purposes=HALVES)
    assert told.value.expectation() == "a slip for this half of a tally"


def test_late_paper_counts_by_the_day_on_which_it_happened_and_by_the_clock_there():
    check_in_time(SLIP, datetime.fromisoformat("2016-04-30T23:59:00-10:00"))
    with pytest.raises(SlipLapsed):
        check_in_time(SLIP, datetime.fromisoformat("2016-05-01T00:01:00+14:00"))


def test_nothing_is_shown_before_it_was_given_out_and_a_clock_on_a_wall_has_no_seconds():
    check_in_time(SLIP, datetime.fromisoformat("2016-03-05T09:00:00+09:00"))
    with pytest.raises(ShownBeforeGiven):
        check_in_time(SLIP, datetime.fromisoformat("2016-03-05T08:59:00+09:00"))


def test_a_wrong_code_tells_how_many_are_left_and_the_fifth_freezes():
    told = [after_wrong(replace(OPEN, wrong=wrong)) for wrong in range(5)]
    assert [one.facts["left"] for one in told[:4]] == [4, 3, 2, 1]
    assert [type(one) for one in told] == [CodeWrong] * 4 + [SlipFrozen]


def test_a_second_slip_for_the_same_is_given_out_only_when_the_first_is_used_or_void():
    for ended in (replace(OPEN, used=USED), replace(OPEN, is_void=True, is_frozen=True)):
        check_given_out(MARCH, today=MARCH, subject="G01", standing=[ended])
    for still in (OPEN, replace(OPEN, is_frozen=True)):
        with pytest.raises(SlipStandsOpen):
            check_given_out(date(2017, 1, 1), today=date(2016, 12, 1), subject="G01", standing=[still])


def test_a_slip_that_lapsed_yesterday_is_not_given_out():
    with pytest.raises(SlipLapsesAtOnce):
        check_given_out(date(2016, 3, 4), today=MARCH, subject="G01", standing=[])


def test_only_a_frozen_slip_is_unfrozen_and_what_ended_is_not_decided_again():
    check_ruling(replace(OPEN, is_frozen=True), RulingKind.UNFREEZE)
    check_ruling(replace(OPEN, is_frozen=True), RulingKind.VOID)
    check_ruling(OPEN, RulingKind.VOID)
    with pytest.raises(SlipNotFrozen):
        check_ruling(OPEN, RulingKind.UNFREEZE)
    with pytest.raises(SlipUsed):
        check_ruling(replace(OPEN, used=USED), RulingKind.VOID)
    with pytest.raises(SlipVoid):
        check_ruling(replace(OPEN, is_void=True), RulingKind.VOID)
