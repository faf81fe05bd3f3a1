"""Two names are two people only where nobody was shown what both sign in with, or another lead has said since that they are two."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.core.amount import Parts
from tallystick.core.draft import AskerClosed, AskerMayNotAsk, DraftState
from tallystick.core.member import ConfirmedBeforeFactor, ConfirmsOwnDrawing, LeadUnconfirmed, NothingToConfirm
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.core.sign_off import NotTwoPeople
from tallystick.core.wish import MayConcernOneself
from tallystick.desk.actions import agree, ask, decline, withdraw
from tallystick.desk.entries import EntryWish, ReversalWish, WishedLine
from tallystick.desk.models import Draft
from tallystick.desk.queries import drafts_for
from tallystick.desk.wishes import Asker, Done
from tallystick.staff.actions import add_member, close_client, close_member, confirm_member, reset_member, set_roles
from tallystick.staff.models import ApiClient, Member, SignOff
from tallystick.staff.queries import confirmed_under, sign_offs
from tests import books, codes
from tests.asking import token_of
from tests.books import POSTED_AT, proof
from tests.signing_in import member

pytestmark = pytest.mark.django_db
LEAD = frozenset({Role.LEAD})
BOOKKEEPER = Asker("KNOT", frozenset({Role.BOOKKEEPER}))


@pytest.fixture(autouse=True)
def lamps(tmp_path: Path) -> None:
    """The lamps programme before anything moved, and one lead, as `tallystick init` leaves it."""
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    member("PLOVER")


def let_in(name: str, *, by: str = "PLOVER", role: str = "lead", second_factor: bool = True) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    add_member(name, roles=[role], by=by)
    if second_factor:
        TOTP.activate(Member.objects.get(username=name), generate_totp_secret())


def at_the_desk(name: str) -> Asker:
    return Asker(name, LEAD, drawn_by=Member.objects.get(username=name).drawn_by)


def waiting(by: str, reference: str = "G1") -> int:
    return asked_by(at_the_desk(by), reference)


def asked_by(asker: Asker, reference: str = "G1") -> int:
    line = WishedLine("gift", "HAEBARAGI", "OFFICE", "USD", Parts(90_000), "SHOPS")
    ask("gift", EntryWish(reference, "2014-03-03T10:00:00+09:00", (line,)), by=asker, asked_at=POSTED_AT)
    wish = ReversalWish(f"R-{reference}", "2014-03-04T10:00:00+09:00", reference)
    draft = ask("reversal", wish, by=asker, asked_at=POSTED_AT, reason="it was typed twice")
    assert isinstance(draft, Draft)
    return draft.pk


def agreed(number: int, by: str) -> Done:
    return agree(number, by=at_the_desk(by), agreed_at=POSTED_AT)


def confirmed(name: str, by: str = "") -> None:
    confirm_member(name, by=by, confirmed_at=POSTED_AT)


def test_a_lead_is_not_two_people_by_letting_a_second_name_in():
    let_in("WREN")
    for asks, agrees in (("PLOVER", "WREN"), ("WREN", "PLOVER")):
        number = waiting(asks, f"G-{asks}")
        with pytest.raises(NotTwoPeople) as told:
            agreed(number, by=agrees)
        assert str(told.value.facts["drawn_by"]) == "PLOVER"
        assert told.value.facts["name"] == "WREN"
        with pytest.raises(NotTwoPeople):
            decline(number, by=at_the_desk(agrees), declined_at=POSTED_AT, answer="no")
    assert [one.subject for one in drafts_for("PLOVER", roles=LEAD)] == []


def test_nor_by_letting_in_two():
    let_in("WREN")
    let_in("KNOT")
    number = waiting("WREN")
    with pytest.raises(NotTwoPeople):
        agreed(number, by="KNOT")


def test_nor_by_drawing_a_new_password_for_somebody_who_was_another():
    member("WREN")
    reset_member("WREN", by="PLOVER")
    number = waiting("PLOVER")
    with pytest.raises(NotTwoPeople):
        agreed(number, by="WREN")


def test_whoever_draws_their_own_password_anew_stays_who_they_are():
    reset_member("PLOVER", by="PLOVER")
    assert Member.objects.get(username="PLOVER").drawn_by == ""


def test_what_was_asked_for_under_a_doubtful_name_stays_doubtful_when_it_is_confirmed():
    """PLOVER could have asked for it as WREN, before WREN came."""
    let_in("WREN")
    number = waiting("WREN")
    confirmed("WREN")
    with pytest.raises(NotTwoPeople):
        agreed(number, by="PLOVER")
    withdraw(number, by=at_the_desk("WREN"), withdrawn_at=POSTED_AT)
    assert agreed(waiting("WREN"), by="PLOVER").posted


def test_another_lead_confirms_that_they_are_two_and_the_books_say_so():
    let_in("WREN")
    member("KNOT")
    confirmed("WREN", by="KNOT")
    assert agreed(waiting("PLOVER"), by="WREN").posted
    (said,) = sign_offs(confirmed_under("WREN"))
    assert (said.wish, said.asked_by, said.agreed_by) == ("member_confirmed", "PLOVER", "KNOT")
    assert not proof().problems


def test_the_first_office_confirms_at_its_own_command_and_the_books_say_so():
    let_in("WREN")
    confirmed("WREN")
    (said,) = sign_offs(confirmed_under("WREN"))
    assert (said.asked_by, said.agreed_by, said.reason) == ("PLOVER", "", "at the office's own command")
    assert agreed(waiting("PLOVER"), by="WREN").posted


def test_a_doubtful_name_agrees_with_whoever_had_nothing_to_do_with_it_and_the_books_name_the_doubt():
    let_in("WREN")
    member("KNOT")
    agreed(waiting("KNOT"), by="WREN")
    said = sign_offs("R-G1")[-1]
    assert (said.asked_by, said.asked_drawn_by, said.agreed_by, said.agreed_drawn_by) == ("KNOT", None, "WREN", "PLOVER")
    assert not proof().problems


def _by_another_doubtful_lead() -> None:
    let_in("KNOT")
    confirmed("WREN", by="KNOT")


REFUSED: list[tuple[type[Refusal], Any]] = [
    (ConfirmsOwnDrawing, lambda: confirmed("WREN", by="PLOVER")),
    (ConfirmsOwnDrawing, lambda: confirmed("WREN", by="WREN")),
    (LeadUnconfirmed, _by_another_doubtful_lead),
    (NothingToConfirm, lambda: confirmed("PLOVER")),
    (LeadUnconfirmed, lambda: add_member("GULL", roles=["lead"], by="WREN")),
    (LeadUnconfirmed, lambda: reset_member("PLOVER", by="WREN")),
]


@pytest.mark.parametrize(("kind", "wish"), REFUSED)
def test_nobody_confirms_or_lets_in_by_a_doubtful_name(kind: type[Refusal], wish: Any):
    let_in("WREN")
    with pytest.raises(kind):
        wish()
    assert Member.objects.get(username="WREN").drawn_by == "PLOVER"
    assert not SignOff.objects.filter(wish="member_confirmed").exists()


def test_nobody_is_confirmed_before_they_have_a_second_factor():
    let_in("WREN", second_factor=False)
    with pytest.raises(ConfirmedBeforeFactor):
        confirmed("WREN")


def test_other_roles_do_not_make_another_person():
    let_in("WREN", role="auditor")
    set_roles("WREN", roles=["compliance"])
    with pytest.raises(NotTwoPeople):
        agreed(waiting("PLOVER"), by="WREN")


def test_whoever_gave_a_code_out_does_not_confirm_it_under_another_name(monkeypatch: pytest.MonkeyPatch):
    codes.cheap(monkeypatch)
    books.post(codes.FUNDED)
    let_in("WREN")
    slip, half = codes.given(by=at_the_desk("WREN"))
    shown = codes.shown(slip, half, by=codes.PLOVER)
    confirmed("WREN")  # the slip was given out before that
    with pytest.raises(NotTwoPeople):
        codes.paying(slip, shown, by=codes.PLOVER)
    assert isinstance(codes.paying(slip, codes.shown(slip, half, by=BOOKKEEPER), by=BOOKKEEPER), Done)


def test_the_tables_refuse_it_as_well():
    let_in("WREN")
    number = waiting("PLOVER")
    for decided in ({"decided_by": "WREN", "decider_drawn_by": "PLOVER"}, {"decided_by": "PLOVER"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draft.objects.filter(pk=number).update(state=DraftState.AGREED, **decided)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(username="PLOVER").update(drawn_by="PLOVER")
    said = SignOff.objects.filter(subject="G1")
    for told in (
        {"agreed_by": "WREN", "agreed_drawn_by": "PLOVER"},
        {"agreed_by": "WREN", "asked_drawn_by": "WREN"},
        {"agreed_by": "WREN", "asked_drawn_by": "KNOT", "agreed_drawn_by": "KNOT"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            said.update(**told)


def test_a_lead_who_holds_for_a_custodian_posts_nothing_about_it_under_a_name_they_let_in():
    number = waiting("PLOVER")
    member("KNOT")
    member("DUNLIN")
    Member.objects.filter(username="KNOT").update(party="OFFICE")
    let_in("WREN", by="KNOT")
    reset_member("DUNLIN", by="KNOT")
    for name in ("WREN", "DUNLIN"):
        with pytest.raises(MayConcernOneself) as told:
            waiting(name, f"G-{name}")
        assert (told.value.facts["drawn_by"], told.value.facts["party"]) == ("KNOT", "OFFICE")
        with pytest.raises(MayConcernOneself):
            agreed(number, by=name)
    confirmed("WREN", by="PLOVER")
    assert agreed(number, by="WREN").posted


def test_a_draft_does_not_outlive_whoever_asked_for_it():
    member("KNOT")
    member("GULL", roles=("bookkeeper",))
    token_of("LEDGER")
    drafts = [asked_by(Asker(name, BOOKKEEPER.roles, is_program=name == "LEDGER"), f"G-{name}") for name in ("GULL", "LEDGER")]
    set_roles("GULL", roles=["auditor"])
    with pytest.raises(AskerMayNotAsk) as told:
        agreed(drafts[0], by="KNOT")
    assert told.value.facts["held"] == "auditor"
    close_member("GULL", by="KNOT")
    close_client("LEDGER")
    for number in drafts:
        with pytest.raises(AskerClosed):
            agreed(number, by="KNOT")
        decline(number, by=at_the_desk("KNOT"), declined_at=POSTED_AT, answer="nobody asks for it any more")


def test_a_draft_of_a_program_whose_token_ran_out_is_agreed_to_all_the_same():
    member("KNOT")
    token_of("LEDGER")
    number = asked_by(Asker("LEDGER", BOOKKEEPER.roles, is_program=True))
    ApiClient.objects.update(expires_on=POSTED_AT.date())
    assert agreed(number, by="KNOT").posted
