"""What may be said of a venture, and what became of it, from what was seen and what was said."""

from datetime import date

import pytest

from tallystick.core.amount import Parts
from tallystick.core.refusal import Refusal
from tallystick.core.venture import (
    DayToCome,
    EndedBefore,
    EndingUnknown,
    Fate,
    KindMissing,
    PlaceTooFine,
    Venture,
    VentureEnd,
    check_day,
    check_end,
    check_venture,
    fate_of,
)
from tallystick.core.visit import Visit, VisitBelowZero, VisitUnitMissing, check_visit

TODAY = date(2016, 3, 1)


def on(month: int, day: int = 1) -> date:
    return date(2015, month, day)


def visits(*told: str) -> list[Visit]:
    """“3 yes” is a visit in March that saw it trade."""
    return [Visit("G01", on(int(one.split()[0])), trading=one.endswith("yes")) for one in told]


def ends(*months: int) -> list[VentureEnd]:
    return [VentureEnd("G01", on(month), "sold") for month in months]


@pytest.mark.parametrize(
    ("seen", "said", "fate"),
    [
        ((), (), Fate(None)),
        (("3 yes",), (), Fate(on(3))),
        (("6 yes", "3 yes"), (), Fate(on(6))),
        (("3 yes", "6 no"), (), Fate(on(6), ended=True)),
        (("3 yes", "6 no", "9 no"), (), Fate(on(6), ended=True)),
        (("3 yes", "6 no", "9 yes"), (), Fate(on(9))),
        (("3 yes", "6 no"), (5,), Fate(on(5), ended=True)),
        (("3 yes",), (3,), Fate(on(3), ended=True)),
        (("6 yes",), (5,), Fate(on(6))),
        ((), (5,), Fate(on(5), ended=True)),
    ],
)
def test_what_became_of_a_venture_is_what_was_seen_last(seen: tuple[str, ...], said: tuple[int, ...], fate: Fate):
    assert fate_of(visits(*seen), ends(*said)) == fate


@pytest.mark.parametrize(
    "place", ["Ryanggang 12", "Hyesan, Ryanggang", "41.4;128.2", "a very long way of saying where somebody lives"]
)
def test_a_place_is_a_province_and_nothing_finer(place: str):
    with pytest.raises(PlaceTooFine):
        check_venture(Venture("G01", "grocery", place))
    check_venture(Venture("G01", "grocery", "Ryanggang"))
    check_venture(Venture("G01", "grocery"))


def test_a_venture_is_of_some_kind():
    with pytest.raises(KindMissing):
        check_venture(Venture("G01", " "))


@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        (VentureEnd("G01", on(6), "bored"), EndingUnknown),
        (VentureEnd("G01", date(2016, 3, 2), "sold"), DayToCome),
        (VentureEnd("G01", on(2), "sold"), EndedBefore),
    ],
)
def test_an_end_that_cannot_be_is_refused(end: VentureEnd, refusal: type[Refusal]):
    with pytest.raises(refusal):
        check_end(end, seen=visits("3 yes", "9 no"), today=TODAY)


def test_an_end_on_the_day_of_the_last_visit_or_later_is_taken():
    for month in (3, 6):
        check_end(VentureEnd("G01", on(month), "sold"), seen=visits("3 yes", "9 no"), today=TODAY)


def test_what_is_still_to_come_was_not_seen():
    check_day(TODAY, today=TODAY)
    with pytest.raises(DayToCome):
        check_day(date(2016, 3, 2), today=TODAY)


@pytest.mark.parametrize(
    ("figures", "refusal"),
    [
        ({"takings_month": Parts(-1), "unit": "CNY"}, VisitBelowZero),
        ({"informal_payments_month": Parts(-1), "unit": "CNY"}, VisitBelowZero),
        ({"jobs": -1}, VisitBelowZero),
        ({"helped_others": -1}, VisitBelowZero),
        ({"takings_month": Parts(5)}, VisitUnitMissing),
        ({"informal_payments_month": Parts(0)}, VisitUnitMissing),
    ],
)
def test_figures_that_nobody_can_have_seen_are_refused(figures: dict[str, object], refusal: type[Refusal]):
    with pytest.raises(refusal):
        check_visit(Visit("G01", on(3), trading=True, **figures))  # type: ignore[arg-type]


def test_a_visit_may_have_seen_nothing_but_that_it_trades():
    check_visit(Visit("G01", on(3), trading=True))
