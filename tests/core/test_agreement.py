"""What may be agreed with a custodian, and which of several agreements and tariffs holds on a day."""

from collections.abc import Callable
from datetime import date

import pytest

from tallystick.core.agreement import (
    Agreement,
    BearerUnknown,
    Bears,
    NothingToOverride,
    Override,
    OverrideStands,
    Terms,
    Upstream,
    UpstreamOfItself,
    check_agreement,
    check_override,
)
from tallystick.core.amount import AmountNegative
from tallystick.core.code_name import CodeNameUnfit, CodeTaken
from tallystick.core.corridor import DaysUnfit, Leg, ShareUnfit, Tariff, Way, check_new_leg, check_tariff
from tallystick.core.earmark import Earmark, EarmarkOfNoDonor, check_new_earmark
from tallystick.core.entry import LossCauseUnknown
from tallystick.core.party import NotACustodian, Party, PartyKindUnknown, PlaceTooFine, check_new_party
from tallystick.core.programme import HomeUnfit, Programme, ProgrammeStands, check_new_programme
from tallystick.core.refusal import Refusal
from tallystick.core.term import TermBackwards, on_day
from tallystick.core.unit import HsCodeUnfit, Unit, UnitKindUnknown, UnitPlacesUnfit, check_new_unit

MARCH, APRIL, MAY, JUNE = (date(2024, month, 1) for month in (3, 4, 5, 6))
PARTIES = {code: Party(code, kind) for code, kind in {
    "HERON": "custodian:agent", "CRANE": "custodian:agent", "BANK": "custodian:bank", "PARISH": "donor",
}.items()}  # fmt: skip
LEG = Leg("SEL-INC", "Seoul", "Incheon", "wire", 100_000, 0, "USD", 1)


def agreed(since: date = MARCH, until: date | None = None, **more: object) -> Agreement:
    said = {"custodian": "HERON", "commission_ppm": 100_000, "confirm_first": False} | more
    return Agreement(valid_from=since, valid_until=until, **said)


def tariff(since: date = MARCH, until: date | None = None, **more: object) -> Tariff:
    said = {"commission_ppm": 50_000, "commission_fixed": 0, "days": 1} | more
    return Tariff("SEL-INC", since, valid_until=until, **said)


def test_of_two_agreements_that_hold_on_a_day_the_last_one_said_counts():
    first, second = agreed(MARCH), agreed(MAY, commission_ppm=50_000)
    terms = Terms("HERON", (first, second))
    assert [terms.on(day) for day in (date(2024, 2, 29), APRIL, MAY, JUNE)] == [None, first, second, second]


def test_where_all_that_had_begun_are_over_the_one_that_ended_last_is_told():
    short, long = agreed(MARCH, until=date(2024, 3, 10)), agreed(MARCH, until=date(2024, 3, 20))
    for said in ((short, long), (long, short)):
        assert on_day(said, APRIL) == long
    assert on_day((long, short), date(2024, 3, 5)) == short
    assert on_day((agreed(MARCH), short), APRIL) == agreed(MARCH)


def test_a_custodian_depends_on_whom_its_last_agreement_names_also_before_it_begins_and_after_it_is_over():
    terms = Terms("HERON", (agreed(upstreams=(Upstream("BANK"),)), agreed(JUNE, upstreams=(Upstream("CRANE"),))))
    assert terms.upstreams == ("CRANE",)
    assert Terms("HERON", value_limit=5).upstreams == ()


def test_a_leg_costs_its_own_tariff_until_another_begins_and_has_none_when_the_last_is_over():
    later, latest = tariff(APRIL, until=date(2024, 4, 30)), tariff(JUNE)
    way = Way(LEG, (later, latest))
    assert [way.tariff_on(day) for day in (MARCH, APRIL, MAY, JUNE)] == [LEG, later, None, latest]


BAD_AGREEMENTS = [
    (NotACustodian, agreed(custodian="PARISH"), "PARISH is a donor; only a custodian holds value for us."),
    (NotACustodian, agreed(upstreams=(Upstream("PARISH"),)), "PARISH is a donor; only a custodian holds value for us."),
    (TermBackwards, agreed(APRIL, until=MARCH), "It would end on 2024-03-01, before it begins on 2024-04-01."),
    (ShareUnfit, agreed(commission_ppm=1_000_001), "1000001 parts in a million cannot be kept of what is carried."),
    (LossCauseUnknown, agreed(bears=(Bears("rain", "programme"),)), "“rain” is not a cause that losses are kept under."),
    (BearerUnknown, agreed(bears=(Bears("theft", "nobody"),)), "“nobody” is nobody who could bear a loss by theft."),
    (
        BearerUnknown, agreed(bears=(Bears("theft", "programme"), Bears("theft", "custodian"))),
        "“programme” is nobody who could bear a loss by theft.",
    ),
    (UpstreamOfItself, agreed(upstreams=(Upstream("HERON"),)), "HERON cannot stand behind HERON, nor anyone twice."),
    (UpstreamOfItself, agreed(upstreams=(Upstream("BANK"),) * 2), "HERON cannot stand behind HERON, nor anyone twice."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "agreement", "words"), BAD_AGREEMENTS)
def test_terms_that_cannot_be_are_refused(kind: type[Refusal], agreement: Agreement, words: str):
    with pytest.raises(kind) as told:
        check_agreement(agreement, PARTIES)
    assert (type(told.value), str(told.value)) == (kind, words)


def test_terms_that_can_be_are_taken():
    bears = (Bears("theft", "custodian"), Bears("seizure", "programme"), Bears("fraud", "upstream"))
    check_agreement(agreed(until=MARCH, commission_ppm=0, bears=bears, upstreams=(Upstream("BANK"), Upstream("CRANE"))), PARTIES)


def test_an_override_allows_something_and_is_used_once():
    waits = Terms("HERON", (agreed(confirm_first=True),))
    override = Override("T2", "HERON", "the carrier stands at the door")
    check_override(override, waits, taken=["T1"])
    for terms in (None, Terms("HERON", (agreed(),))):
        with pytest.raises(NothingToOverride):
            check_override(override, terms, taken=[])
    with pytest.raises(OverrideStands):
        check_override(override, waits, taken=["T2"])


USD = Unit("USD", "money", 2, "US dollar")
BEGINNINGS: list[tuple[type[Refusal], Callable[[], None]]] = [
    (CodeNameUnfit, lambda: check_new_party(Party("Amina", "donor"), {})),
    (CodeNameUnfit, lambda: check_new_party(Party("H" * 31, "donor"), {})),
    (CodeTaken, lambda: check_new_party(Party("HERON", "donor"), PARTIES)),
    (PartyKindUnknown, lambda: check_new_party(Party("GULL", "friend"), PARTIES)),
    (PlaceTooFine, lambda: check_new_party(Party("GULL", "recipient", place="4 Mill Lane"), {})),
    (PlaceTooFine, lambda: check_new_party(Party("GULL", "recipient", place="Ryanggang, Hyesan"), {})),
    (PlaceTooFine, lambda: check_new_party(Party("GULL", "recipient", place="behind the mill of Hyesan"), {})),
    (PlaceTooFine, lambda: check_new_party(Party("GULL", "recipient", place="R" * 41), {})),
    (CodeTaken, lambda: check_new_unit(USD, {"USD"})),
    (UnitKindUnknown, lambda: check_new_unit(Unit("TEA", "drink", 0, "tea"), {})),
    (UnitPlacesUnfit, lambda: check_new_unit(Unit("TEA", "goods", 7, "tea"), {})),
    (HsCodeUnfit, lambda: check_new_unit(Unit("TEA", "goods", 0, "tea", "9"), {})),
    (HsCodeUnfit, lambda: check_new_unit(Unit("EUR", "money", 2, "euro", "0902.10"), {})),
    (CodeNameUnfit, lambda: check_new_earmark(Earmark("shops", "PARISH", "USD"), {}, kind="donor")),
    (EarmarkOfNoDonor, lambda: check_new_earmark(Earmark("SHOPS", "HERON", "USD"), {}, kind="custodian:agent")),
    (HomeUnfit, lambda: check_new_programme(Programme("Stalls", True, "Korea", "USD", MARCH), None)),
    (
        ProgrammeStands,
        lambda: check_new_programme(Programme("A", True, "KR", "USD", MARCH), Programme("B", True, "KR", "USD", MAY)),
    ),
    (CodeTaken, lambda: check_new_leg(LEG, {"SEL-INC"}, places=2)),
    (AmountNegative, lambda: check_tariff(tariff(commission_fixed=-1), LEG, places=2)),
    (AmountNegative, lambda: check_tariff(tariff(limit_each=-1), LEG, places=2)),
    (DaysUnfit, lambda: check_tariff(tariff(days=3_651), LEG, places=2)),
    (ShareUnfit, lambda: check_tariff(tariff(commission_ppm=-1), LEG, places=2)),
    (TermBackwards, lambda: check_tariff(tariff(MAY, until=APRIL), LEG, places=2)),
]


@pytest.mark.parametrize(("kind", "wish"), BEGINNINGS)
def test_what_cannot_begin_is_refused(kind: type[Refusal], wish: Callable[[], None]):
    with pytest.raises(kind) as told:
        wish()
    assert type(told.value) is kind


def test_what_can_begin_is_taken():
    check_new_party(Party("R01", "recipient", place="N Pyongan"), PARTIES)
    check_new_unit(Unit("LAMP", "goods", 0, "solar lamp", "9405.21"), {"USD"})
    check_new_earmark(Earmark("SHOPS", "PARISH", "USD"), {"LIGHT"}, kind="donor")
    check_new_programme(Programme("Stalls", True, "KR", "USD", MARCH), None)
    check_new_leg(LEG, {"INC-YNJ"}, places=2)
    check_tariff(tariff(limit_each=0), LEG, places=2)
