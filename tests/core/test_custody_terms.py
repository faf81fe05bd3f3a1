"""What was agreed with a custodian binds every entry that touches it; where nothing was agreed, nothing is asked."""

from datetime import date
from fractions import Fraction

import pytest

from tallystick.core.agreement import Group, Terms
from tallystick.core.corridor import Leg, Tariff, Way
from tests.core.agreed_page import ENDED, agreed, page, with_yusuf
from tests.core.ledger_page import Page, entries_of, told


def test_where_nothing_was_agreed_with_a_custodian_nothing_is_asked():
    books = page(Terms("Salma", (agreed("Salma", confirm_first=True, commission_ppm=0),), value_limit=1))
    books.play("""
        3 March  T1  dispatch    Amina → Yusuf             4000.00 USD
        4 March  T2  dispatch    Amina → Yusuf             1000.00 USD
        5 March  T1  receipt     Amina → Yusuf             4000.00 USD
        6 March  C1  commission  Yusuf → @commission:Yusuf  999.00 USD
    """)
    assert books.show("Yusuf") == "3001.00 USD for SHOPS"


# The term


def test_nothing_is_put_into_hands_whose_agreement_is_over():
    for way in ("dispatch", "handover"):
        refusal = with_yusuf(valid_until=ENDED).refusal(f"1 April  T1  {way}  Amina → Yusuf  1.00 USD")
        assert told(refusal) == (
            "agreement_over", 0, "happened_at",
            "The agreement with Yusuf ended on 2024-03-31; T1 would put value into its hands on 2024-04-01.",
        )  # fmt: skip
        assert refusal.expectation() == "a new agreement with Yusuf, or a day on or before 2024-03-31"


def test_on_its_last_day_and_before_its_first_an_agreement_forbids_nothing():
    books = with_yusuf(valid_until=ENDED)
    books.play("1 March  H1  handover  Amina → Yusuf  1.00 USD\n31 March  H2  handover  Amina → Yusuf  1.00 USD")
    assert books.show("Yusuf") == "2.00 USD for SHOPS"


def test_what_is_on_the_road_when_the_agreement_ends_may_arrive_and_go_back():
    books = with_yusuf(valid_until=ENDED)
    books.play("""
        30 March  T1  dispatch  Amina → Yusuf  9.00 USD
        2 April   T1  receipt   Amina → Yusuf  5.00 USD
        3 April   T1  return    Yusuf → Amina  4.00 USD
        4 April   H1  return    Yusuf → Amina  5.00 USD
    """)
    assert books.show("Yusuf") == "nothing"


def test_a_leg_without_a_tariff_in_force_carries_nothing():
    leg = Leg("A-B", "A", "B", "by hand", 0, 0, "USD", 1)
    march = Tariff("A-B", date(2024, 3, 10), 0, 0, 1, valid_until=date(2024, 3, 20))
    books = page(Terms("Yusuf", (agreed(leg="A-B"),)), way=Way(leg, (march,)))
    books.play("5 March  T1  dispatch  Amina → Yusuf  1.00 USD\n20 March  T2  dispatch  Amina → Yusuf  1.00 USD")
    refusal = books.refusal("21 March  T3  dispatch  Amina → Yusuf  1.00 USD")
    assert told(refusal) == (
        "tariff_not_in_force", 0, "happened_at", "Yusuf carries on the leg A-B, which has no tariff in force on 2024-03-21."
    )  # fmt: skip


def carried(*, limit_each: int | None = 10_00, tariffs: tuple[Tariff, ...] = ()) -> Page:
    leg = Leg("A-B", "A", "B", "by hand", 0, 0, "USD", 1, limit_each=limit_each)
    return page(Terms("Yusuf", (agreed(leg="A-B"),)), way=Way(leg, tariffs))


@pytest.mark.parametrize("kind", ["dispatch", "handover"])
def test_a_leg_takes_no_more_in_one_transfer_than_its_tariff_says(kind: str):
    books = carried()
    books.play(f"3 March  X1  {kind}  Amina → Yusuf  10.00 USD")
    assert told(books.refusal(f"3 March  X2  {kind}  Amina → Yusuf  10.01 USD")) == (
        "leg_limit_passed", 0, "amount",
        "The leg A-B, on which Yusuf carries, takes at most USD 10.00 in one transfer; X2 has USD 10.01.",
    )  # fmt: skip


def test_all_lines_of_a_transfer_count_together_and_another_unit_is_not_what_the_leg_says():
    books = carried()
    refusal = books.refusal("3 March  X1  handover  Amina → Yusuf  6.00 USD\n3 March  X1  handover  Amina → Yusuf  4.01 USD")
    assert told(refusal)[3].endswith("X1 has USD 10.01.")
    carried().play("3 March  X1  handover  Amina → Yusuf  10.00 USD\n3 March  X1  handover  Amina → Yusuf  4000.00 TRY")


def test_the_tariff_of_the_day_says_what_the_leg_takes():
    more = Tariff("A-B", date(2024, 3, 10), 0, 0, 1, limit_each=20_00)
    none = Tariff("A-B", date(2024, 3, 20), 0, 0, 1)
    books = carried(tariffs=(more, none))
    assert told(books.refusal("9 March  X1  handover  Amina → Yusuf  20.00 USD"))[0] == "leg_limit_passed"
    books = carried(tariffs=(more, none))
    books.play("10 March  X1  handover  Amina → Yusuf  20.00 USD\n20 March  X2  handover  Amina → Yusuf  2000.00 USD")


def test_what_was_sent_over_the_limit_of_today_may_arrive():
    books = page(Terms("Yusuf", ()), way=None)
    books.play("3 March  T1  dispatch  Amina → Yusuf  90.00 USD")
    books.book.rules = carried().book.rules
    books.play("4 March  T1  receipt  Amina → Yusuf  90.00 USD")


# The last transfer first


def test_nothing_more_is_sent_while_an_earlier_tally_is_open():
    sent = "3 March  T1  dispatch  Amina → Yusuf  9.00 USD\n4 March  T1  receipt  Amina → Yusuf  8.00 USD"
    for more in ("dispatch  Salma → Yusuf  1.00 USD", "handover  Salma → Yusuf  1.00 USD"):
        refusal = with_yusuf(confirm_first=True).refusal(f"{sent}\n5 March  X2  {more}")
        assert told(refusal) == (
            "last_transfer_unconfirmed", 0, "entry", "Yusuf has not confirmed T1 yet, so X2 has to wait."
        )  # fmt: skip
        assert refusal.expectation() == "the receipt of T1 first, or two people who allow X2"


@pytest.mark.parametrize(
    "half",
    ["receipt  Amina → Yusuf  9.00 USD", "loss  Yusuf → @loss:theft  9.00 USD", "return  Yusuf → Amina  9.00 USD"],
)
def test_when_the_earlier_tally_is_closed_the_next_may_go(half: str):
    books = with_yusuf(confirm_first=True)
    books.play(f"3 March  T1  dispatch  Amina → Yusuf  9.00 USD\n4 March  T1  {half}")
    assert books.play("5 March  T2  dispatch  Amina → Yusuf  9.00 USD")[0] is not None


def test_two_units_of_one_dispatch_are_one_transfer_and_a_tally_to_another_holds_nothing_up():
    books = with_yusuf(confirm_first=True)
    books.play("""
        2 March  T0  dispatch  Amina → Salma  9.00 USD
        3 March  T1  dispatch  Amina → Yusuf  9.00 USD
        3 March  T1  dispatch  Amina → Yusuf  9.00 TRY
    """)
    assert books.show("@transit:T1") == "9.00 TRY for SHOPS, 9.00 USD for SHOPS"


def test_an_allowed_transfer_goes_and_the_one_after_it_waits():
    books = with_yusuf(confirm_first=True)
    books.book.rules.overrides["T2"] = "Yusuf"
    refusal = books.refusal("""
        3 March  T1  dispatch  Amina → Yusuf  9.00 USD
        4 March  T2  dispatch  Amina → Yusuf  9.00 USD
        5 March  T3  dispatch  Amina → Yusuf  9.00 USD
    """)
    assert str(refusal) == "Yusuf has not confirmed T1 yet, so T3 has to wait."


def test_what_was_allowed_to_one_custodian_does_not_go_to_another():
    books = with_yusuf(confirm_first=True)
    books.book.rules.overrides["T2"] = "Salma"
    refusal = books.refusal("""
        3 March  T1  dispatch  Amina → Yusuf  9.00 USD
        4 March  T2  dispatch  Amina → Yusuf  9.00 USD
    """)
    assert str(refusal) == "Yusuf has not confirmed T1 yet, so T2 has to wait."


def test_a_tally_that_was_open_before_the_batch_counts_and_is_open_no_more_when_it_arrived():
    books = with_yusuf(confirm_first=True)
    books.play("2 March  T0  dispatch  Amina → Yusuf  9.00 USD")
    books.book.rules.roads.clear()
    books.book.rules.roads["Yusuf"] = {("@transit:T0", "USD", "SHOPS"): 900}
    assert books.attempt(entries_of("3 March  T1  dispatch  Amina → Yusuf  1.00 USD")[0]) == "last_transfer_unconfirmed"
    books.play("4 March  T0  receipt  Amina → Yusuf  9.00 USD\n5 March  T1  dispatch  Amina → Yusuf  1.00 USD")


# Limits in value


def test_all_units_count_together_in_the_reporting_unit_what_is_on_the_road_included():
    books = page(Terms("Yusuf", value_limit=100_00))
    books.play("""
        3 March  H1  handover  Amina → Yusuf   60.00 USD
        4 March  T1  dispatch  Amina → Yusuf  300.00 TRY
    """)
    refusal = books.refusal("5 March  T2  dispatch  Salma → Yusuf  10.01 USD")
    assert told(refusal) == (
        "value_limit_passed", 0, "amount",
        "Yusuf holds USD 90.00 in all units together, what is on the road there included, and would hold USD 100.01; the limit is"
        " USD 100.00.",
    )  # fmt: skip
    assert refusal.expectation() == "at most USD 100.00 in all units together"


def test_a_transfer_in_two_parts_is_weighed_as_one_in_two_entries_and_in_two_lines():
    books = page(Terms("Yusuf", value_limit=100_00))
    assert books.refusal("""
        3 March  H1  handover  Amina → Yusuf  60.00 USD
        3 March  H2  handover  Amina → Yusuf  40.01 USD
    """).code == "value_limit_passed"  # fmt: skip
    assert page(Terms("Yusuf", value_limit=100_00)).refusal("""
        3 March  H1  handover  Amina → Yusuf   60.00 USD
        3 March  H1  handover  Amina → Yusuf  400.10 TRY
    """).code == "value_limit_passed"  # fmt: skip


def test_a_receipt_adds_nothing_and_what_leaves_makes_room():
    books = page(Terms("Yusuf", value_limit=100_00))
    books.play("""
        3 March  T1  dispatch  Amina → Yusuf  100.00 USD
        4 March  T1  receipt   Amina → Yusuf  100.00 USD
        5 March  H1  handover  Yusuf → Salma   50.00 USD
        6 March  H2  handover  Salma → Yusuf   50.00 USD
    """)
    assert books.show("Yusuf") == "100.00 USD for SHOPS"


def test_goods_without_a_rate_are_not_counted():
    books = page(Terms("Yusuf", value_limit=0))
    books.play("3 March  H1  handover  Store → Yusuf  1000 LAMP")
    assert books.show("Yusuf") == "1000 LAMP for SHOPS"


def test_whoever_has_too_much_already_may_still_give():
    books = page(Terms("Amina", value_limit=1_00))
    books.book.rules.exposed["value Amina"] = Fraction(5500_00)
    books.play("3 March  H1  handover  Amina → Yusuf  1.00 USD")
    assert books.refusal("4 March  H2  handover  Yusuf → Amina  0.01 USD").code == "value_limit_passed"


def test_all_who_depend_on_one_upstream_count_together_with_it():
    group = Group("Office", ("Office", "Salma", "Yusuf"), limit=5100_00)
    books = page(groups=(group,))
    books.book.rules.exposed["upstream Office"] = Fraction(5000_00)  # Salma's
    books.play("""
        3 March  H1  handover  Amina → Yusuf   40.00 USD
        4 March  H2  handover  Salma → Yusuf  900.00 USD
        5 March  T1  dispatch  Amina → Office  60.00 USD
    """)
    refusal = books.refusal("6 March  T2  dispatch  Amina → Yusuf  0.01 USD")
    assert told(refusal) == (
        "upstream_exposure_passed", 0, "amount",
        "Salma, Yusuf depend on Office and hold USD 5100.00 together, what is on the road there included; it would be USD 5100.01,"
        " and the limit is USD 5100.00.",
    )  # fmt: skip


def test_a_limit_that_was_passed_is_told_once_in_a_list_of_faults():
    books = page(Terms("Yusuf", value_limit=1))
    assert books.refusal("3 March  H1  handover  Amina → Yusuf  1.00 USD").code == "value_limit_passed"
    assert books.play("4 March  H2  handover  Amina → Yusuf  1.00 USD")[0] is not None
