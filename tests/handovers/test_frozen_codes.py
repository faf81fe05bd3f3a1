"""Frozen codes and what becomes of them; and two halves, which prove together that a tally arrived."""

import json
from pathlib import Path

import pytest

from tallystick.core.slip import (
    CodeWrong,
    HalvesOfTwoTallies,
    Purpose,
    SlipFrozen,
    SlipNotFrozen,
    SlipServesOtherwise,
    SlipUnknown,
    SlipUsed,
    SlipVoid,
)
from tallystick.desk.codes import HalfWish
from tallystick.desk.wishes import Done
from tallystick.handovers.codes import actions
from tallystick.handovers.codes.queries import slip_named
from tallystick.handovers.slips import SlipTry
from tallystick.journal.models import Act
from tallystick.journal.queries import head_of, last_checkpoint
from tallystick.vault.keys import unlocked
from tests import codes
from tests.books import proof
from tests.codes import LAST_DAY, LATER, THEN, confirmed, frozen, given, halves, other_than, paying, ruled, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def test_five_wrong_codes_freeze_a_slip_and_then_the_right_one_opens_nothing():
    slip, half = frozen()
    with pytest.raises(SlipFrozen):
        shown(slip, half)
    said = json.loads(bytes(Act.objects.get(kind="code_exhausted").body))["content"]
    assert said == {"slip": slip, "tries": 5, "last_by": "WREN"}
    signed = last_checkpoint(unlocked().office)
    assert signed is not None
    assert signed.number == head_of(unlocked().office).number
    assert SlipTry.objects.count() == 5


def test_a_code_that_was_shown_before_is_worth_nothing_once_its_slip_froze():
    slip, half = given()
    early = shown(slip, half)
    for _ in range(5):
        with pytest.raises((CodeWrong, SlipFrozen)):
            shown(slip, other_than(half))
    with pytest.raises(SlipFrozen):
        paying(slip, early)


def test_two_people_let_a_frozen_slip_serve_again_with_five_tries_anew():
    slip, half = frozen()
    ruled(slip, "unfreeze")
    with pytest.raises(CodeWrong) as told:
        shown(slip, other_than(half))
    assert told.value.facts["left"] == 4
    paying(slip, shown(slip, half))
    with pytest.raises(SlipUsed):
        ruled(slip, "void")


def test_a_slip_that_two_people_made_void_serves_no_more_and_another_may_be_given_out():
    slip, half = frozen()
    ruled(slip, "void")
    for again in (lambda: shown(slip, half), lambda: ruled(slip, "unfreeze")):
        with pytest.raises(SlipVoid):
            again()
    given()


def test_there_is_nothing_to_decide_about_a_slip_that_is_not_frozen_or_not_there():
    slip, _ = given()
    with pytest.raises(SlipNotFrozen):
        ruled(slip, "unfreeze")
    with pytest.raises(SlipUnknown):
        ruled("2222-2222", "void")


def test_both_halves_together_prove_that_a_tally_arrived():
    giver, taker = halves()
    assert [slip_named(one[0]).standing.slip.holder for one in (giver, taker)] == ["CRANE", "SWALLOW"]  # type: ignore[union-attr]
    done = confirmed(giver, taker)
    assert isinstance(done, Done)
    assert (done.subject, done.posted) == ("T1", None)
    for slip, _ in (giver, taker):
        used = slip_named(slip).standing.used  # type: ignore[union-attr]
        assert used is not None
        assert (used.confirmed_by, used.happened_at, used.recorded_at) == ("WREN", THEN, "2026-01-06T12:30:00.250000Z")
    assert not proof().problems


def test_one_half_twice_or_halves_of_two_tallies_prove_nothing():
    giver, taker = halves()
    codes.post("T2   5 March   dispatch   CRANE → SWALLOW   CNY 100.00   SHOPS")
    _, other = halves("T2")
    for pair in ((giver, giver), (giver, other)):
        with pytest.raises(HalvesOfTwoTallies):
            confirmed(*pair)
    confirmed(giver, taker)
    with pytest.raises(SlipUsed):
        confirmed(giver, taker)


def test_a_half_pays_nobody_and_a_claim_is_no_half():
    slip, half = given(HalfWish("T1", "giver", LAST_DAY))
    with pytest.raises(SlipServesOtherwise):
        actions.show(slip, half, purposes=[Purpose.CLAIM], name="WREN", shown_at=LATER)
    with pytest.raises(SlipServesOtherwise):
        paying(slip, shown(slip, half))
