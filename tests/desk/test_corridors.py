"""Terms, limits, legs and tariffs at the desk: each waits for a second person, and then binds what is posted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tallystick.bundles.giving import give_folder
from tallystick.core.agreement import Agreement, Bears, ExposureLimit, NothingToOverride, OverrideStands, Upstream, ValueLimit
from tallystick.core.amount import AmountNegative, Parts
from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.code_name import CodeTaken
from tallystick.core.corridor import Leg, LegUnknown, Tariff
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.party import LaterLimit, NotACustodian
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.core.wish import ConcernsOneself, WishNotForRole
from tallystick.corridors import models
from tallystick.corridors.queries import groups_of, legs, overrides_to, terms_of, ways
from tallystick.desk.actions import agree, ask
from tallystick.desk.corridors import OverrideWish
from tallystick.desk.models import Draft
from tallystick.desk.registry import WISH_KINDS
from tallystick.desk.wishes import Asker
from tallystick.ledger.post import EntriesRefused, ProgrammeNotOpened
from tallystick.people.models import LaterLimit as LaterLimitRow
from tallystick.people.queries import parties
from tallystick.staff.queries import sign_offs
from tallystick.web.desk.words import FACTS, NEEDS, WISH_WORDS
from tests import books

pytestmark = pytest.mark.django_db
PLOVER = Asker("PLOVER", frozenset({Role.COORDINATOR}))
KNOT = Asker("KNOT", frozenset({Role.COMPLIANCE}))
DAY = date(2016, 3, 1)
LEG = Leg("NPY-KAN", "N Pyongan", "Kanggye", "by road", 80_000, Parts(0), "CNY", 2)
TARIFF = Tariff("SEL-INC", DAY, 10_000, Parts(5_00), 2, valid_until=date(2016, 12, 31), limit_each=Parts(100_00))
BEARS = (Bears("theft", "custodian"),)
TERMS = Agreement("HERON", DAY, 100_000, True, leg="YNJ-HYE", bears=BEARS, upstreams=(Upstream("YANBANK"),))
WISHES: dict[str, Any] = {
    "leg": LEG,
    "tariff": TARIFF,
    "agreement": TERMS,
    "holding-limit": LaterLimit("HERON", "CNY", Parts(5_00)),
    "value-limit": ValueLimit("HERON", Parts(100_00)),
    "exposure-limit": ExposureLimit("YANBANK", Parts(300_00)),
    "override": OverrideWish("HERON", "T9"),
}


@pytest.fixture(autouse=True)
def lamps(db: None, tmp_path: Path) -> None:
    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))


def asked(name: str, wish: Any = None, *, by: Asker = PLOVER) -> Draft:
    draft = ask(name, wish or WISHES[name], by=by, asked_at=books.POSTED_AT, reason="it was agreed by voice")
    assert isinstance(draft, Draft)
    return draft


def done(name: str, wish: Any = None) -> None:
    agree(asked(name, wish).pk, by=KNOT, agreed_at=books.POSTED_AT)


def all_done() -> None:
    for name in WISHES:
        done(name)


def test_nothing_stands_before_a_second_person_agrees():
    done("agreement")
    for name in WISHES.keys() - {"agreement"}:
        asked(name)
    assert "NPY-KAN" not in legs()
    assert not ways(["SEL-INC"])["SEL-INC"].tariffs
    terms = terms_of(["HERON"])["HERON"]
    assert (terms.agreements, terms.value_limit, overrides_to("HERON")) == ((TERMS,), None, [])
    assert not models.ExposureLimit.objects.exists()
    assert not LaterLimitRow.objects.exists()


def test_what_two_agreed_on_stands_as_it_was_said():
    all_done()
    assert legs()["NPY-KAN"] == LEG
    assert ways(["SEL-INC"])["SEL-INC"].tariffs == (TARIFF,)
    terms = terms_of(["HERON"])["HERON"]
    assert (terms.agreements, terms.value_limit) == ((TERMS,), 100_00)
    (group,) = groups_of().values()
    assert (group.upstream, group.members, group.limit) == ("YANBANK", ("HERON", "YANBANK"), 300_00)
    assert [limit.amount for limit in parties()["HERON"].holding_limit] == [5_00]
    ((override),) = overrides_to("HERON")
    assert (override.reference, override.reason) == ("T9", "it was agreed by voice")
    assert {(one.wish, one.asked_by, one.agreed_by) for one in sign_offs("HERON")} == {
        (name, "PLOVER", "KNOT") for name in ("agreement", "holding-limit", "value-limit", "override")
    }
    assert not books.proof().problems


def test_a_custodian_who_no_longer_depends_on_somebody_counts_there_no_more():
    done("agreement")
    done("agreement", Agreement("HERON", DAY, 100_000, False, upstreams=(Upstream("DANBANK"),)))
    assert [(group.upstream, group.members) for group in groups_of().values()] == [("DANBANK", ("DANBANK", "HERON"))]
    assert groups_of(["YANBANK"]) == {}


def test_nothing_of_it_is_part_of_a_programme_folder(tmp_path: Path):
    before, after = tmp_path / "before", tmp_path / "after"
    give_folder(before)
    for name in WISHES:
        if name != "leg":
            done(name)
    give_folder(after)
    assert [file.read_bytes() for file in sorted(after.iterdir())] == [file.read_bytes() for file in sorted(before.iterdir())]
    assert books.take(after).changed_nothing


REFUSED: list[tuple[str, Any, type[Refusal]]] = [
    ("leg", Leg("SEL-INC", "A", "B", "wire", 0, Parts(0), "USD", 1), CodeTaken),
    ("leg", Leg("A-B", "A", "B", "wire", 0, Parts(0), "EUR", 1), UnitUnknown),
    ("leg", Leg("A-B", "A", "B", "wire", 0, Parts(0), "USD", 1, authorisation="NONE"), AuthorisationUnknown),
    ("tariff", Tariff("A-B", DAY, 0, Parts(0), 1), LegUnknown),
    ("agreement", Agreement("GULL", DAY, 0, False), PartyUnknown),
    ("agreement", Agreement("R01", DAY, 0, False), NotACustodian),
    ("agreement", Agreement("HERON", DAY, 0, False, leg="A-B"), LegUnknown),
    ("agreement", Agreement("HERON", DAY, 0, False, upstreams=(Upstream("GULL"),)), PartyUnknown),
    ("holding-limit", LaterLimit("DESK", "CNY", Parts(1)), NotACustodian),
    ("holding-limit", LaterLimit("HERON", "EUR", Parts(1)), UnitUnknown),
    ("holding-limit", LaterLimit("HERON", "CNY", Parts(-1)), AmountNegative),
    ("value-limit", ValueLimit("HERON", Parts(-1)), AmountNegative),
    ("value-limit", ValueLimit("PARISH", Parts(1)), NotACustodian),
    ("exposure-limit", ExposureLimit("GULL", Parts(1)), PartyUnknown),
    ("exposure-limit", ExposureLimit("YANBANK", Parts(-1)), AmountNegative),
    ("override", OverrideWish("HERON", "T9"), NothingToOverride),
    ("override", OverrideWish("GULL", "T9"), PartyUnknown),
]


@pytest.mark.parametrize(("name", "wish", "kind"), REFUSED)
def test_what_cannot_be_agreed_on_is_refused_before_it_waits(name: str, wish: Any, kind: type[Refusal]):
    with pytest.raises(kind):
        asked(name, wish)
    assert not Draft.objects.exists()


def test_a_transfer_is_allowed_once_and_none_that_is_posted_already():
    done("agreement")
    done("agreement", replace(TERMS, custodian="MAGPIE"))
    done("override")
    with pytest.raises(OverrideStands):
        asked("override", OverrideWish("MAGPIE", "T9"))
    books.post("E1   1 March   gift   HAEBARAGI → OFFICE   USD 900.00   SHOPS")
    with pytest.raises(OverrideStands):
        asked("override", OverrideWish("HERON", "E1"))


def test_books_without_a_programme_have_no_unit_to_limit_value_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tallystick.corridors.actions.programme", lambda: None)
    with pytest.raises(ProgrammeNotOpened):
        asked("value-limit")


def test_nobody_agrees_on_terms_with_the_custodian_they_hold_for():
    for custodian, names in (
        ("HERON", ("agreement", "holding-limit", "value-limit", "override")),
        ("YANBANK", ("exposure-limit",)),
    ):
        for name in names:
            with pytest.raises(ConcernsOneself):
                asked(name, by=Asker("WREN", frozenset({Role.LEAD}), party=custodian))
    with pytest.raises(ConcernsOneself):
        asked("agreement", by=Asker("WREN", frozenset({Role.LEAD}), party="YANBANK"))


def test_who_carries_on_a_leg_has_no_word_in_what_it_costs():
    done("agreement")
    holder = Asker("WREN", frozenset({Role.LEAD}), party="HERON")
    with pytest.raises(ConcernsOneself):
        asked("tariff", replace(TARIFF, leg=TERMS.leg), by=holder)
    waiting = asked("tariff", replace(TARIFF, leg=TERMS.leg))
    with pytest.raises(ConcernsOneself):
        agree(waiting.pk, by=holder, agreed_at=books.POSTED_AT)
    asked("tariff", by=holder)


def test_a_bookkeeper_sets_no_limit_and_no_tariff():
    for name in ("agreement", "tariff", "value-limit"):
        with pytest.raises(WishNotForRole):
            asked(name, by=Asker("WREN", frozenset({Role.BOOKKEEPER})))


def test_a_wish_that_was_agreed_on_binds_the_next_entry():
    done("holding-limit")
    books.post("E1   1 March   gift   HAEBARAGI → OFFICE   CNY 900.00   SHOPS")
    with pytest.raises(EntriesRefused):
        books.post("H1   2 March   handover   OFFICE → HERON   CNY 5.01   SHOPS")


@pytest.mark.parametrize("name", sorted(WISHES))
def test_whoever_is_to_agree_reads_what_it_is_in_words_that_a_page_has(name: str):
    kind = WISH_KINDS[name]
    facts = kind.facts(WISHES[name])
    assert facts
    assert {label for label, _ in facts} <= FACTS.keys()
    assert kind.second(WISHES[name]) in NEEDS
    assert name in WISH_WORDS


def test_facts_show_amounts_as_people_write_them():
    shown: Callable[[str], dict[str, str]] = lambda name: dict(WISH_KINDS[name].facts(WISHES[name]))  # noqa: E731
    assert shown("tariff")["and for each transfer"] == "USD 5.00"
    assert shown("tariff")["carries at most"] == "USD 100.00"
    assert shown("agreement")["keeps at most"] == "10 %"
    assert shown("exposure-limit")["all who depend on it may hold at most"] == "USD 300.00"
    assert dict(WISH_KINDS["holding-limit"].facts(LaterLimit("HERON", "CNY")))["may hold at most"] == "no limit"


def test_rows_read_well():
    all_done()
    for model, said in (
        (models.Tariff, "SEL-INC from 2016-03-01"),
        (models.Agreement, "with HERON from 2016-03-01"),
        (models.AgreedLoss, "theft: custodian"),
        (models.AgreedUpstream, "HERON depends on YANBANK"),
        (models.ValueLimit, "HERON may hold 10000 parts in value"),
        (models.ExposureLimit, "all who depend on YANBANK may hold 30000 parts in value"),
        (models.Override, "T9 to HERON"),
        (LaterLimitRow, "HERON may hold 500 parts of CNY from now on"),
    ):
        assert [str(row) for row in model.objects.all()] == [said]
