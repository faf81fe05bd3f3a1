"""Books begun at the desk: a unit, a programme, a donor, a custodian and an earmark, and then a gift; no folder is needed."""

from dataclasses import replace
from datetime import date

import pytest

from tallystick.bundles.folder.text import TextHoldsControl, ValueMissing
from tallystick.bundles.giving import give_folder
from tallystick.core.amount import Parts
from tallystick.core.code_name import CodeTaken
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.earmark import Earmark, EarmarkOfNoDonor
from tallystick.core.programme import ProgrammeStands
from tallystick.core.role import Role
from tallystick.core.unit import Unit
from tallystick.core.wish import ConcernsOneself
from tallystick.desk.actions import ask
from tallystick.desk.books import PartyWish, ProgrammeWish
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.desk.wishes import Asker, Done
from tallystick.ledger.post import ProgrammeNotOpened
from tallystick.ledger.queries.holdings import balance_of
from tallystick.ledger.queries.records import programme
from tallystick.staff.queries import sign_offs
from tests.books import POSTED_AT, found, proof, take

pytestmark = pytest.mark.django_db
PLOVER = Asker("PLOVER", frozenset({Role.LEAD}))
USD = Unit("USD", "money", 2, "US dollar")
STALLS = ProgrammeWish("Stalls by the river", "KR", "USD", date(2014, 3, 1))
SHOPS = Earmark("SHOPS", "PARISH", "USD", "small shops")
GIFT = EntryWish("E1", "2014-03-03T10:00:00+09:00", (WishedLine("gift", "PARISH", "OFFICE", "USD", Parts(900_00), "SHOPS"),))


@pytest.fixture(autouse=True)
def office(db: None) -> None:
    found()


def wish(name: str, asked: object, *, by: Asker = PLOVER) -> None:
    assert isinstance(ask(name, asked, by=by, asked_at=POSTED_AT), Done)


def begin() -> None:
    wish("unit", USD)
    wish("programme", STALLS)
    wish("party", PartyWish("PARISH", "donor", note="a collection"))
    wish("party", PartyWish("OFFICE", "custodian:fund", "Seoul"))
    wish("earmark", SHOPS)


def test_from_nothing_to_the_first_gift():
    begin()
    wish("gift", GIFT)
    assert balance_of("OFFICE", unit="USD", earmark="SHOPS") == 900_00
    opened = programme()
    assert opened is not None
    assert (opened.name, opened.rehearsal) == ("Stalls by the river", True)
    assert [one.wish for one in sign_offs("OFFICE")] == ["party"]
    assert not proof().problems


def test_what_was_begun_at_the_desk_is_given_out_and_taken_in_as_any_programme(tmp_path):
    begin()
    wish("gift", GIFT)
    give_folder(tmp_path / "stalls")
    assert take(tmp_path / "stalls").changed_nothing


def test_nothing_is_posted_before_the_programme_is_opened():
    wish("unit", USD)
    with pytest.raises(ProgrammeNotOpened):
        wish("gift", GIFT)


def test_what_is_named_must_be_there_and_what_stands_is_not_made_again():
    for name, asked, refusal in (
        ("programme", STALLS, UnitUnknown),
        ("earmark", SHOPS, PartyUnknown),
    ):
        with pytest.raises(refusal):
            wish(name, asked)
    begin()
    for name, asked, refusal in (
        ("unit", replace(USD, name="another dollar"), CodeTaken),
        ("programme", replace(STALLS, name="Others"), ProgrammeStands),
        ("party", PartyWish("PARISH", "recipient"), CodeTaken),
        ("earmark", replace(SHOPS, purpose="another"), CodeTaken),
        ("earmark", Earmark("LIGHT", "OFFICE", "USD"), EarmarkOfNoDonor),
        ("earmark", Earmark("LIGHT", "PARISH", "LAMP"), UnitUnknown),
        ("unit", Unit("LAMP", "goods", 0, ""), ValueMissing),
        ("party", PartyWish("R01", "recipient", note="two\nlines"), TextHoldsControl),
    ):
        with pytest.raises(refusal):
            wish(name, asked)


def test_whoever_holds_for_a_party_opens_no_earmark_of_it():
    begin()
    with pytest.raises(ConcernsOneself):
        wish("earmark", Earmark("LIGHT", "PARISH", "USD"), by=Asker("WREN", frozenset({Role.LEAD}), party="PARISH"))
