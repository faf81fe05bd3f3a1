"""What is said of ventures and by referees at the desk: said once, signed off, and proven with everything else."""

from dataclasses import replace
from datetime import date

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.core.amount import Parts
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.core.venture import DayToCome, EndedBefore, EndingUnknown, KindMissing, PlaceTooFine, Venture, VentureEnd
from tallystick.core.visit import Visit, VisitBelowZero, VisitUnitMissing
from tallystick.core.vouch import (
    Vouch,
    VouchForNobody,
    VouchForOneself,
    VouchOfNobody,
    VouchWithoutTie,
    VouchWordUnknown,
    YearsUnlikely,
)
from tallystick.core.wish import ConcernsOneself, WishNotForRole
from tallystick.desk.actions import agree, ask, look
from tallystick.desk.entries import ReversalWish
from tallystick.desk.models import Draft
from tallystick.desk.wishes import Asker, Done
from tallystick.journal.queries import head_of
from tallystick.ledger.queries.payouts import first_payouts
from tallystick.reports.ventures import survival
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked
from tallystick.ventures.models import Venture as VentureRow
from tallystick.ventures.models import VentureEnd as EndRow
from tallystick.ventures.queries import ends_by_grant, venture_of, ventures, ventures_after, visits_by_grant
from tallystick.vetting.queries import vouches_before, vouches_by, vouches_of
from tests.books import LAMPS, POSTED_AT, found, proof, take

pytestmark = pytest.mark.django_db
PLOVER = Asker("PLOVER", frozenset({Role.COORDINATOR}))
KIND = Venture("G01", "noodle bar", "Ryanggang")
VISIT = Visit("G01", date(2016, 3, 1), trading=True, takings_month=Parts(450_000), unit="CNY", jobs=3, helped_others=2)
END = VentureEnd("G01", date(2016, 4, 1), "sold", note="to a cousin")
VOUCH = Vouch("R01", "REF-Z", "neighbour", 8, date(2015, 3, 9), "against")
SAID: list[tuple[str, object]] = [("venture", KIND), ("visit", VISIT), ("venture_end", END), ("vouch", VOUCH)]


@pytest.fixture(autouse=True)
def books() -> None:
    found()
    take(LAMPS)


def say(name: str, wish: object, *, by: Asker = PLOVER) -> Done:
    done = ask(name, wish, by=by, asked_at=POSTED_AT)
    assert isinstance(done, Done)
    return done


@pytest.mark.parametrize(("name", "wish"), SAID)
def test_what_is_said_stands_once_and_is_signed_off_and_proven(name: str, wish: object):
    done = say(name, wish)
    assert not done.already
    (signed,) = [one for one in sign_offs(done.subject) if one.wish == name]
    assert (signed.asked_by, signed.agreed_by) == ("PLOVER", "")
    before = (state_digest(), head_of(unlocked().office))
    assert say(name, wish).already
    assert (state_digest(), head_of(unlocked().office)) == before
    told = proof()
    assert (list(told.problems), told.holds) == ([], True)


@pytest.mark.parametrize(("name", "wish"), SAID)
def test_a_look_says_nothing_of_it_to_the_books(name: str, wish: object):
    before = state_digest()
    looked = look(name, wish, by=PLOVER, at=POSTED_AT)
    assert (looked.moves, looked.second, state_digest()) == ((), "", before)


def test_everything_that_was_said_is_read_back():
    for name, wish in SAID:
        say(name, wish)
    assert venture_of("G01") == ventures()["G01"] == KIND
    assert visits_by_grant(["G01"])["G01"][-1] == VISIT
    assert ends_by_grant(["G01"])["G01"] == [END]
    assert vouches_by("REF-Z", most=5) == [VOUCH]
    assert vouches_of("R01", most=1) == [VOUCH]
    assert [one for _, one in vouches_before(most=1)] == [VOUCH]
    assert {str(row) for table in (VentureRow, EndRow) for row in table.objects.all()} == {
        "G01: noodle bar", "G01 on 2016-04-01: sold",
    }  # fmt: skip


def test_what_a_venture_is_was_said_last_and_before_that_by_its_grant():
    assert ventures()["G01"] == Venture("G01", "noodle shop", "")
    say("venture", KIND)
    say("venture", replace(KIND, kind="grocery"))
    assert not say("venture", KIND).already, "what was said in between holds no longer"
    assert ventures(grants=["G01"]) == {"G01": KIND}


def test_ventures_are_found_by_kind_and_province_a_page_at_a_time():
    say("venture", KIND)
    assert ventures_after(most=5, kind="noodle bar") == ventures_after(most=5, place="Ryanggang") == [KIND]
    assert ventures_after(most=5, kind="noodle shop") == []
    codes = [one.grant for one in ventures_after(most=50)]
    assert [one.grant for one in ventures_after(codes[1], most=2)] == codes[2:4]


def test_a_vouch_given_again_on_another_day_stands_twice():
    say("vouch", VOUCH)
    say("vouch", replace(VOUCH, said_on=date(2015, 4, 9), word="for"))
    assert [one.word for one in vouches_by("REF-Z", most=5)] == ["for", "against"]
    (latest, _), *_ = vouches_before(most=1)
    assert [one.word for _, one in vouches_before(latest, most=1)] == ["against"]


REFUSED: list[tuple[type[Refusal], str, object]] = [
    (GrantUnknown, "venture", replace(KIND, grant="G99")),
    (KindMissing, "venture", replace(KIND, kind="")),
    (PlaceTooFine, "venture", replace(KIND, place="Hyesan 3")),
    (GrantUnknown, "visit", replace(VISIT, grant="G99")),
    (UnitUnknown, "visit", replace(VISIT, unit="GOLD")),
    (VisitUnitMissing, "visit", replace(VISIT, unit="")),
    (VisitBelowZero, "visit", replace(VISIT, jobs=-1)),
    (DayToCome, "visit", replace(VISIT, visited_on=date(2026, 1, 8))),
    (GrantUnknown, "venture_end", replace(END, grant="G99")),
    (EndingUnknown, "venture_end", replace(END, how="bored")),
    (EndedBefore, "venture_end", replace(END, ended_on=date(2014, 7, 1))),
    (DayToCome, "venture_end", replace(END, ended_on=date(2026, 1, 8))),
    (VouchForNobody, "vouch", replace(VOUCH, recipient="CRANE")),
    (VouchForNobody, "vouch", replace(VOUCH, recipient="R99")),
    (VouchForOneself, "vouch", replace(VOUCH, referee="R01")),
    (VouchOfNobody, "vouch", replace(VOUCH, referee="")),
    (VouchWithoutTie, "vouch", replace(VOUCH, tie="")),
    (YearsUnlikely, "vouch", replace(VOUCH, known_years=200)),
    (VouchWordUnknown, "vouch", replace(VOUCH, word="maybe")),
    (DayToCome, "vouch", replace(VOUCH, said_on=date(2026, 1, 8))),
]


@pytest.mark.parametrize(("refusal", "name", "wish"), REFUSED)
def test_what_is_refused_leaves_no_trace(refusal: type[Refusal], name: str, wish: object):
    before = state_digest()
    with pytest.raises(refusal):
        say(name, wish)
    assert state_digest() == before


def test_who_may_say_it_stands_in_the_policy():
    clerk = Asker("WREN", frozenset({Role.BOOKKEEPER}))
    for name, wish in SAID:
        with pytest.raises(WishNotForRole):
            say(name, wish, by=clerk)
    say("vouch", VOUCH, by=Asker("KNOT", frozenset({Role.COMPLIANCE})))


def test_a_custodian_does_not_write_its_own_word_down():
    with pytest.raises(ConcernsOneself):
        say("vouch", replace(VOUCH, referee="CRANE"), by=Asker("CRANE-1", PLOVER.roles, party="CRANE"))


def test_how_long_ventures_last_is_reckoned_from_the_first_payout_and_anew_when_something_was_said():
    before = survival()
    assert before.seen > 5
    assert before.seen + before.unseen == len(first_payouts())
    assert survival() is before
    ended = sum(step.ended for step in before.steps)
    say("venture_end", replace(END, ended_on=date(2016, 5, 1)))
    after = survival()
    assert sum(step.ended for step in after.steps) == ended + 1
    assert {one.kind for one in after.kinds} >= {"noodle shop", "grocery"}
    assert all(one.amount is None for one in after.takings if one.count < 5)


def test_a_payout_that_was_taken_back_is_no_beginning():
    assert "G04" in first_payouts()
    taking_back = ReversalWish("R9", "2015-04-01T10:00:00+08:00", "P0061", note="another's truck")
    draft = ask("reversal", taking_back, by=Asker("WREN", frozenset({Role.BOOKKEEPER})), asked_at=POSTED_AT, reason="another's")
    assert isinstance(draft, Draft)
    agree(draft.pk, by=Asker("DUNLIN", frozenset({Role.LEAD})), agreed_at=POSTED_AT)
    assert "G04" not in first_payouts()
