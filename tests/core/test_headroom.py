"""What may still leave under a basis."""

from datetime import date
from fractions import Fraction

from tallystick.core.amount import Parts
from tallystick.core.authorisation import Authorisation
from tallystick.core.headroom import headroom_of, rate_between
from tallystick.core.valuation import Valuation

BASIS = Authorisation("REH", "KR", "nobody", "invented", "", date(2014, 1, 1), date(2016, 1, 1), "USD", Parts(10_000))
RATES = Valuation("USD", {("SHOPS", "CNY"): Fraction(1, 6), ("STALLS", "CNY"): Fraction(1, 7)})


def test_what_left_counts_at_its_earmarks_own_rate():
    found = headroom_of(BASIS, [("CNY", "SHOPS", 600), ("CNY", "STALLS", 700), ("USD", "SHOPS", 50)], valuation=RATES)
    assert (found.drawn, found.left, found.percent, found.unpriced) == (250, 9_750, 2, ())


def test_a_fraction_of_the_smallest_part_is_used_up_as_a_whole_one():
    assert headroom_of(BASIS, [("CNY", "SHOPS", 1)], valuation=RATES).drawn == 1


def test_what_has_no_rate_is_told_and_not_guessed():
    found = headroom_of(BASIS, [("LAMP", "LIGHT", 20), ("LAMP", "SHOPS", 5)], valuation=RATES)
    assert (found.drawn, found.unpriced) == (0, (("LAMP", 25),))


def test_more_than_the_ceiling_leaves_less_than_nothing():
    found = headroom_of(BASIS, [("USD", "SHOPS", 10_001)], valuation=RATES)
    assert (found.left, found.percent) == (-1, 100)


def test_a_basis_in_another_money_is_reached_through_the_reporting_unit():
    assert rate_between("USD", "CNY", earmark="SHOPS", valuation=RATES) == 6
    assert rate_between("LAMP", "LAMP", earmark="LIGHT", valuation=RATES) == 1
    assert rate_between("USD", "LAMP", earmark="LIGHT", valuation=RATES) is None
