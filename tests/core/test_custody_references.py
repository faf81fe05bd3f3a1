"""A reference stands for one entry; the same entry said again changes nothing, another under its name is refused."""

from datetime import UTC, timedelta, timezone

import pytest

from tallystick.core.refusal import Refusal
from tests.core.ledger_page import Page, entries_of, told

BEGUN = """
    1 March  E1  gift        Parish → Amina              9.00 USD
    2 March  H1  handover    Amina → Yusuf               5.00 USD  under BASIS  “by the bridge”
    2 March  H1  commission  Amina → @commission:Amina   1.00 USD
    3 March  T1  dispatch    Yusuf → Salma               4.00 USD  grant G1
    4 March  T1  receipt     Yusuf → Salma               3.00 USD  grant G1
    5 March  V1  reversal    Amina → Parish              9.00 USD  “E1”
"""


def begun() -> Page:
    page = Page()
    page.play(BEGUN.rsplit("\n", 2)[0])
    return page


def test_every_entry_said_again_is_already_in_the_books():
    page = Page()
    page.play("1 March  E0  gift  Marta → Amina  9.00 USD")
    page.play(BEGUN)
    before = page.balances()
    assert page.play(BEGUN) == [None] * 5
    assert page.balances() == before
    assert {reference: len(standing) for reference, standing in page.book.standing.items()} == {
        "E0": 1, "E1": 1, "H1": 1, "T1": 2, "V1": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        "1 March        E1  gift  Parish → Amina   9.01 USD",
        "1 March        E1  gift  Parish → Amina   9.00 TRY",
        "1 March        E1  gift  Marta → Amina    9.00 USD",
        "1 March        E1  gift  Parish → Yusuf   9.00 USD",
        "1 March        E1  gift  Parish → Amina   9.00 USD  for LIGHT",
        "1 March        E1  gift  Parish → Amina   9.00 USD  grant G1",
        "1 March        E1  gift  Parish → Amina   9.00 USD  under BASIS",
        "1 March        E1  gift  Parish → Amina   9.00 USD  “thanks”",
        "1 March 10:01  E1  gift  Parish → Amina   9.00 USD",
        "7 March        E1  gift  Parish → Amina   9.00 USD",
        "7 March        E1  dispatch  Amina → Yusuf  1.00 USD",
        "2 March        H1  handover  Amina → Yusuf  5.00 USD  under BASIS  “by the bridge”",
        """
        2 March  H1  commission  Amina → @commission:Amina   1.00 USD
        2 March  H1  handover    Amina → Yusuf               5.00 USD  under BASIS  “by the bridge”
        """,
        "3 March  T1  dispatch  Yusuf → Amina  4.00 USD  grant G1",
        "4 March  T1  receipt   Yusuf → Salma  3.00 USD",
        "4 March  T1  receipt   Yusuf → Salma  1.00 USD  grant G1",
    ],
)
def test_a_reference_used_again_for_something_else_is_refused(rows: str):
    page = begun()
    before = page.balances()
    refusal = page.refusal(rows)
    sentence = f"{refusal.facts['reference']} already stands in the books with other content."
    assert told(refusal) == ("reference_reused", None, "entry", sentence)
    assert page.balances() == before


def test_the_same_moment_told_by_another_clock_is_other_content():
    """What was written is kept as it was written, the clock on the wall included."""
    (entry,) = entries_of("1 March  E1  gift  Parish → Amina  9.00 USD")
    page = Page()
    page.post(entry)
    for zone in (UTC, timezone(timedelta(hours=9))):
        with pytest.raises(Refusal) as caught:
            page.post(entry._replace(happened_at=entry.happened_at.astimezone(zone)))
        assert caught.value.code == "reference_reused"
    assert page.post(entry) is None


def test_a_later_half_at_a_moment_that_is_taken_is_refused_on_any_clock():
    page = begun()
    (again,) = entries_of("4 March  T1  receipt  Yusuf → Salma  1.00 USD")
    with pytest.raises(Refusal) as caught:
        page.post(again._replace(happened_at=again.happened_at.astimezone(UTC)))
    assert caught.value.code == "reference_reused"


def test_references_are_told_apart_by_every_letter():
    page = begun()
    page.play("""
        6 March  e1   gift  Parish → Amina  1.00 USD
        6 March  E 1  gift  Parish → Amina  1.00 USD
        6 March  Е1   gift  Parish → Amina  1.00 USD
    """)
    assert page.show("Amina") == "6.00 USD for SHOPS"


def test_an_entry_refused_for_its_content_leaves_its_reference_free():
    page = begun()
    assert page.refusal("6 March  H2  handover  Amina → Nadia  1.00 USD").code == "party_unknown"
    page.play("6 March  H2  handover  Amina → Yusuf  1.00 USD")
