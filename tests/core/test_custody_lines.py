"""One line by itself: who may be named, in what, how much, and when."""

from datetime import datetime

import pytest

from tallystick.core.amount import PARTS_MAX
from tallystick.core.entry import Entry, Line
from tallystick.core.refusal import Refusal
from tests.core.ledger_page import Page, entry_of, line_to, moment_of, told

CAUSES = "one of seizure, theft, shortfall, breakage, spoilage, fraud, default"
OWN = "@transit:TALLY, @commission:PARTY, @cost:KIND, @loss:CAUSE, @changer:PARTY or @earmark"
NOBODY = "a party of parties.csv, or one of the books' own accounts"


def refused(line: Line) -> tuple:
    """Why the third line of an entry is refused, two good ones standing before it."""
    gifts = [line_to("gift", "Parish", taker="Office", amount=1000), line_to("gift", "Marta", taker="Amina", amount=1000)]
    page = Page()
    with pytest.raises(Refusal) as caught:
        page.post(entry_of(*gifts, line))
    refusal = caught.value
    assert page.balances() == {}, "a line that is refused by itself leaves no trace"
    return *told(refusal), refusal.expectation()


@pytest.mark.parametrize(
    ("line", "code", "column", "sentence", "expected"),
    [
        (
            line_to("gift", "Parish", taker="Nadia"),
            "party_unknown", "taker", "No party is called “Nadia” in these books.", NOBODY,
        ),
        (
            line_to("gift", "Nadia", taker="Office"),
            "party_unknown", "giver", "No party is called “Nadia” in these books.", NOBODY,
        ),
        (
            line_to("gift", "Parish", taker="rish"),
            "party_unknown", "taker", "No party is called “rish” in these books.", NOBODY,
        ),
        (
            line_to("gift", "Parish", taker="office"),
            "party_unknown", "taker", "No party is called “office” in these books.", NOBODY,
        ),
        (
            line_to("commission", "Amina", taker="@commission:Nadia"),
            "party_unknown", "taker", "No party is called “Nadia” in these books.", NOBODY,
        ),
        (
            line_to("commission", "Amina", taker="@commission:mina"),
            "party_unknown", "taker", "No party is called “mina” in these books.", NOBODY,
        ),
        (
            line_to("exchange", "@changer:Nadia", taker="Amina"),
            "party_unknown", "giver", "No party is called “Nadia” in these books.", NOBODY,
        ),
        (
            line_to("gift", "", taker="Office"),
            "party_unknown", "giver", "No party is called “” in these books.", NOBODY,
        ),
        (
            line_to("dispatch", "Amina", taker="Nadia"),
            "party_unknown", "taker", "No party is called “Nadia” in these books.", NOBODY,
        ),
        (
            line_to("cost", "Amina", taker="@tip:guard"),
            "holder_unknown", "taker", "“@tip:guard” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("cost", "Amina", taker="@cost"),
            "holder_unknown", "taker", "“@cost” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("cost", "Amina", taker="@cost:"),
            "holder_unknown", "taker", "“@cost:” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("cost", "Amina", taker="@cost:" + "x" * 101),
            "holder_unknown", "taker", f"“@cost:{'x' * 101}” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("commission", "Amina", taker="@commission:"),
            "holder_unknown", "taker", "“@commission:” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("recovery", "@loss:", taker="Amina"),
            "holder_unknown", "giver", "“@loss:” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("reassign", "Amina", taker="@earmark:LIGHT"),
            "holder_unknown", "taker", "“@earmark:LIGHT” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("loss", "Amina", taker="@Loss:theft"),
            "holder_unknown", "taker", "“@Loss:theft” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("loss", "Amina", taker="@transit:"),
            "holder_unknown", "taker", "“@transit:” is none of the books' own accounts.", OWN,
        ),
        (
            line_to("loss", "Amina", taker="@loss:rain"),
            "loss_cause_unknown", "taker", "“rain” is not a cause that losses are kept under.", CAUSES,
        ),
        (
            line_to("recovery", "@loss:Theft", taker="Amina"),
            "loss_cause_unknown", "giver", "“Theft” is not a cause that losses are kept under.", CAUSES,
        ),
        (
            line_to("handover", "Amina", taker="Amina"),
            "ends_equal", "taker", "Amina cannot give to itself.", "two different ends",
        ),
        (
            line_to("dispatch", "Amina", taker="Amina"),
            "ends_equal", "taker", "Amina cannot give to itself.", "two different ends",
        ),
        (
            line_to("recovery", "@loss:theft", taker="@loss:theft"),
            "ends_equal", "taker", "@loss:theft cannot give to itself.", "two different ends",
        ),
        (
            line_to("payout", "Amina", taker="Rahim"),
            "payout_without_grant", "grant", "X1 pays Rahim without naming the grant.", "the grant that promised it",
        ),
    ],
)  # fmt: skip
def test_a_line_names_two_holders_whom_the_books_know(line: Line, code: str, column: str, sentence: str, expected: str):
    assert refused(line) == (code, 2, column, sentence, expected)


@pytest.mark.parametrize(
    ("line", "code", "column", "sentence"),
    [
        (line_to("give", "Parish", taker="Office"), "kind_unknown", "kind", "“give” is no kind of move."),
        (line_to("Gift", "Parish", taker="Office"), "kind_unknown", "kind", "“Gift” is no kind of move."),
        (line_to("", "Parish", taker="Office"), "kind_unknown", "kind", "“” is no kind of move."),
        (
            line_to("gift", "Parish", taker="Office", unit="EUR"),
            "unit_unknown", "unit", "No unit is called “EUR” in these books.",
        ),
        (
            line_to("gift", "Parish", taker="Office")._replace(earmark="SHOES"),
            "earmark_unknown", "earmark", "No earmark is called “SHOES” in these books.",
        ),
    ],
)  # fmt: skip
def test_a_line_has_a_kind_a_unit_and_an_earmark_that_the_books_know(line: Line, code: str, column: str, sentence: str):
    assert refused(line)[:4] == (code, 2, column, sentence)


@pytest.mark.parametrize(
    ("amount", "unit", "code", "sentence"),
    [
        (0, "USD", "amount_not_positive", "A move of 0.00 USD moves nothing."),
        (-1, "USD", "amount_not_positive", "A move of -0.01 USD moves nothing."),
        (-PARTS_MAX, "LAMP", "amount_not_positive", "A move of -9223372036854775807 LAMP moves nothing."),
        (2**63, "LAMP", "amount_too_large", "9223372036854775808 LAMP is more than the books can hold in one number."),
        (2**63, "USD", "amount_too_large", "92233720368547758.08 USD is more than the books can hold in one number."),
        (10**30, "FLOUR", "amount_too_large", f"{10**27}.000 FLOUR is more than the books can hold in one number."),
    ],
)
def test_an_amount_is_above_zero_and_fits_into_one_number(amount: int, unit: str, code: str, sentence: str):
    line = line_to("gift", "Parish", taker="Office", amount=amount, unit=unit)
    assert refused(line)[:4] == (code, 2, "amount", sentence)


def test_the_largest_amount_there_is_is_taken():
    page = Page()
    page.post(entry_of(line_to("gift", "Parish", taker="Store", amount=PARTS_MAX, unit="LAMP")))
    assert page.show("Store") == "9223372036854775807 LAMP for SHOPS"
    assert page.show("Parish") == "-9223372036854775807 LAMP for SHOPS"


@pytest.mark.parametrize("amount", [1.0, True, "1"])
def test_an_amount_that_is_no_whole_number_is_our_own_fault(amount: object):
    line = line_to("gift", "Parish", taker="Office")._replace(amount=amount)
    with pytest.raises(AssertionError, match="no float touches value"):
        Page().post(entry_of(line))


def test_an_entry_has_a_line():
    with pytest.raises(Refusal) as caught:
        Page().post(entry_of())
    assert told(caught.value) == ("entry_empty", None, None, "X1 has no lines, so nothing would move.")


def happening(at: datetime) -> tuple:
    with pytest.raises(Refusal) as caught:
        Page().post(Entry("X1", at, (line_to("gift", "Parish", taker="Office"),)))
    return told(caught.value)


def test_a_moment_without_an_offset_is_refused():
    sentence = "“2024-03-09T10:00:00” does not say on which clock: it has no offset from UTC."
    assert happening(datetime(2024, 3, 9, 10)) == ("moment_without_offset", None, "happened_at", sentence)


def test_nothing_happens_before_the_programme_opens():
    sentence = "2024-02-29T23:59:00+03:00 is before the programme opened on 2024-03-01."
    assert happening(moment_of("29 February 23:59")) == ("happened_before_opening", None, "happened_at", sentence)


def test_the_first_minute_of_the_opening_day_counts_by_the_clock_on_the_wall():
    """It is still February in Greenwich."""
    page = Page()
    page.play("1 March 00:00  E1  gift  Parish → Office  8.00 USD")
    assert page.show("Office") == "8.00 USD for SHOPS"


def test_a_cost_kind_is_free_text():
    page = Page()
    page.play("""
        1 March  E1  gift  Parish → Office              8.00 USD
        2 March  E2  cost  Office → @cost:bank: a fee   1.00 USD
    """)
    assert page.show("@cost:bank: a fee") == "1.00 USD for SHOPS"
