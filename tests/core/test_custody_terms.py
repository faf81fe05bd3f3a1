"""What was agreed with a custodian binds every entry that touches it; where nothing was agreed, nothing is asked."""

from datetime import date
from fractions import Fraction

import pytest

from tallystick.core.agreement import Agreement, Group, Terms
from tallystick.core.corridor import Leg, Tariff, Way
from tallystick.core.custody.rules import Dealings, Rules
from tests.core.ledger_page import Page, told

FUNDED = """
    1 March  E1  gift  Parish → Amina  5000.00 USD
    1 March  E2  gift  Parish → Salma  5000.00 USD
    1 March  E3  gift  Parish → Amina  5000.00 TRY
    1 March  E4  gift  Parish → Store  1000 LAMP
"""
BEGAN, ENDED = date(2024, 3, 2), date(2024, 3, 31)
RATES = {("SHOPS", "TRY"): Fraction(1, 10)}


def agreed(custodian: str = "Yusuf", **more: object) -> Agreement:
    said = {"commission_ppm": 100_000, "confirm_first": False, "valid_from": BEGAN} | more
    return Agreement(custodian, **said)


def page(*terms: Terms, groups: tuple[Group, ...] = (), way: Way | None = None) -> Page:
    """The funded books, in which this was agreed; ten lira are worth a dollar, and lamps have no rate."""
    books = Page()
    books.play(FUNDED)
    rules = Rules("USD", RATES)
    for one in terms:
        rules.know_terms(one)
        for agreement in one.agreements:
            rules.dealings[agreement.custodian, agreement.valid_from] = Dealings()
    for group in groups:
        rules.know_group(group)
    if way:
        rules.ways[way.leg.leg] = way
    books.book.rules = rules
    return books


def with_yusuf(**more: object) -> Page:
    return page(Terms("Yusuf", (agreed(**more),)))


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
    books.book.rules.overrides.add("T2")
    refusal = books.refusal("""
        3 March  T1  dispatch  Amina → Yusuf  9.00 USD
        4 March  T2  dispatch  Amina → Yusuf  9.00 USD
        5 March  T3  dispatch  Amina → Yusuf  9.00 USD
    """)
    assert str(refusal) == "Yusuf has not confirmed T1 yet, so T3 has to wait."


def test_a_tally_that_was_open_before_the_batch_counts_and_is_open_no_more_when_it_arrived():
    books = with_yusuf(confirm_first=True)
    books.play("2 March  T0  dispatch  Amina → Yusuf  9.00 USD")
    books.book.rules.roads.clear()
    books.book.rules.roads["Yusuf"] = {("@transit:T0", "USD", "SHOPS"): 900}
    assert books.attempt(entry("3 March  T1  dispatch  Amina → Yusuf  1.00 USD")) == "last_transfer_unconfirmed"
    books.play("4 March  T0  receipt  Amina → Yusuf  9.00 USD\n5 March  T1  dispatch  Amina → Yusuf  1.00 USD")


def entry(row: str):
    from tests.core.ledger_page import entries_of

    return entries_of(row)[0]


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


# The ceiling of commission


HANDED = "3 March  H1  handover  Amina → Yusuf  100.00 USD"


def test_no_more_is_kept_than_the_agreed_share_of_what_came_in():
    books = with_yusuf()
    books.play(f"{HANDED}\n4 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD")
    refusal = books.refusal("5 March  C2  commission  Yusuf → @commission:Yusuf  0.02 USD")
    assert told(refusal) == (
        "commission_above_ceiling", 0, "amount",
        "Yusuf would have kept USD 10.02 since 2024-03-02; the agreement allows 10 % of the USD 100.00 that came into its hands,"
        " which is USD 10.00.",
    )  # fmt: skip


def test_a_share_of_what_passed_through_counts_whether_it_is_kept_before_or_after():
    books = with_yusuf()
    books.play(f"""
        {HANDED}
        4 March  H2  handover    Yusuf → Salma              90.00 USD
        5 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD
        6 March  T1  dispatch    Amina → Yusuf              50.00 USD
        7 March  T1  receipt     Amina → Yusuf              50.00 USD
        8 March  C2  commission  Yusuf → @commission:Yusuf   5.00 USD
    """)
    assert "of the USD 150.00" in str(books.refusal("9 March  C3  commission  Yusuf → @commission:Yusuf  1.00 USD"))


def test_what_goes_up_again_or_comes_back_down_is_counted_once():
    books = with_yusuf()
    refusal = books.refusal(f"""
        {HANDED}
        4 March  T1  dispatch    Yusuf → Salma              100.00 USD
        5 March  T1  return      Salma → Yusuf              100.00 USD
        6 March  H2  return      Yusuf → Amina               50.00 USD
        7 March  C1  commission  Yusuf → @commission:Yusuf    5.01 USD
    """)
    assert "10 % of the USD 50.00" in str(refusal)


def test_a_handover_and_a_commission_that_were_taken_back_never_were():
    books = with_yusuf()
    books.play(f"""
        {HANDED}
        4 March  C1  commission  Yusuf → @commission:Yusuf  10.00 USD
        5 March  V1  reversal    @commission:Yusuf → Yusuf  10.00 USD  “C1”
        6 March  C2  commission  Yusuf → @commission:Yusuf  10.00 USD
        7 March  V2  reversal    @commission:Yusuf → Yusuf  10.00 USD  “C2”
        8 March  V3  reversal    Yusuf → Amina             100.00 USD  “H1”
        9 March  H4  handover    Amina → Yusuf              50.00 USD
    """)
    assert "of the USD 50.00" in str(books.refusal("10 March  C3  commission  Yusuf → @commission:Yusuf  5.01 USD"))


def test_one_share_is_not_kept_before_changing_and_another_after_it():
    books = with_yusuf()
    refusal = books.refusal(f"""
        {HANDED}
        4 March  C1  commission  Yusuf → @commission:Yusuf   10.00 USD
        5 March  X1  exchange    Yusuf → @changer:Yusuf      90.00 USD
        5 March  X1  exchange    @changer:Yusuf → Yusuf     900.00 TRY
        6 March  C2  commission  Yusuf → @commission:Yusuf   90.00 TRY
    """)
    assert str(refusal).startswith(
        "Yusuf would have kept USD 19.00 since 2024-03-02; the agreement allows 10 % of the USD 100.00"
    )


def test_a_unit_without_a_rate_is_measured_by_itself_and_no_part_of_goods_is_rounding():
    books = with_yusuf()
    books.play(f"{HANDED}\n4 March  H2  handover  Store → Yusuf  19 LAMP")
    books.play("5 March  C1  commission  Yusuf → @commission:Yusuf  1 LAMP")
    refusal = books.refusal("6 March  C2  commission  Yusuf → @commission:Yusuf  1 LAMP")
    assert "would have kept LAMP 2 since" in str(refusal)
    assert refusal.expectation() == "at most LAMP 1 in all"


def test_what_rounding_to_a_cent_leaves_is_let_pass():
    books = page(Terms("Yusuf", (agreed(commission_ppm=50_000),)))
    for day in range(3, 9):
        books.play(f"""
            {day} March  T{day}  dispatch    Amina → Yusuf             105.26 USD
            {day} March 12:00  T{day}  receipt     Amina → Yusuf             105.26 USD
            {day} March  C{day}  commission  Yusuf → @commission:Yusuf   5.26 USD
        """)


def test_before_the_first_agreement_began_any_commission_was_free():
    books = with_yusuf(valid_from=date(2024, 3, 9))
    books.play(f"{HANDED}\n4 March  C1  commission  Yusuf → @commission:Yusuf  99.00 USD")
    assert books.show("Yusuf") == "1.00 USD for SHOPS"
