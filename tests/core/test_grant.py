"""A payout is the one that its grant promised."""

import pytest

from tallystick.core.grant import check_promise
from tests.core.ledger_page import GRANTS, Page, line_to, told

FUNDED = """
    1 March  E1  gift  Parish → Amina  90.00 USD
    1 March  E2  gift  Marta → Amina   90.00 USD  for LIGHT
    1 March  E3  gift  Marta → Amina   90 LAMP    for LIGHT
"""


def refused(row: str) -> tuple:
    """Why the second line of an entry is refused."""
    refusal = Page().refusal(f"{FUNDED}\n2 March  P1  gift  Parish → Amina  1.00 USD\n2 March  P1  {row}")
    return *told(refusal), refusal.expectation()


def test_a_payout_reaches_the_recipient_whom_its_grant_names():
    page = Page()
    page.play(FUNDED)
    page.play("""
        2 March  P1  payout  Amina → Rahim  7.00 USD  grant G1  under BASIS
        3 March  P2  payout  Amina → Rahim  1.00 USD  grant G1
        3 March  P3  payout  Amina → Leila  9 LAMP    for LIGHT  grant G2
    """)
    assert (page.show("Rahim"), page.show("Leila")) == ("8.00 USD for SHOPS", "9 LAMP for LIGHT")


def test_a_grant_that_nobody_promised_pays_nothing():
    sentence = "No grant is called “G9” in these books."
    row = "payout  Amina → Rahim  7.00 USD  grant G9"
    assert refused(row) == ("grant_unknown", 1, "grant", sentence, "a grant of grants.csv")


@pytest.mark.parametrize("kind", ["handover", "loss", "gift", "reversal"])
def test_no_line_of_any_kind_cites_a_grant_that_nobody_promised(kind: str):
    assert refused(f"{kind}  Amina → Yusuf  7.00 USD  grant g1")[:3] == ("grant_unknown", 1, "grant")


def test_a_payout_to_another_than_the_grants_recipient_is_refused():
    sentence = "G1 was promised to Rahim; this pays Leila."
    row = "payout  Amina → Leila  7.00 USD  grant G1"
    assert refused(row) == ("payout_to_another", 1, "taker", sentence, "Rahim")


def test_a_payout_from_another_earmark_than_the_grants_is_refused():
    sentence = "G1 was promised out of SHOPS; this pays out of LIGHT."
    row = "payout  Amina → Rahim  7.00 USD  for LIGHT  grant G1"
    expected = "SHOPS, or a reassignment with the donor's consent before"
    assert refused(row) == ("payout_from_another_earmark", 1, "earmark", sentence, expected)


def test_a_payout_without_a_grant_is_refused():
    sentence = "P1 pays Rahim without naming the grant."
    row = "payout  Amina → Rahim  7.00 USD"
    assert refused(row) == ("payout_without_grant", 1, "grant", sentence, "the grant that promised it")


def test_a_payout_after_a_reassignment_comes_from_the_grants_earmark():
    page = Page()
    page.play(FUNDED)
    page.play("""
        2 March  A1  reassign  Amina → @earmark  50.00 USD  for LIGHT  “letter of 1 March”
        2 March  A1  reassign  @earmark → Amina  50.00 USD
        2 March  P1  payout    Amina → Rahim    140.00 USD  grant G1
    """)
    assert page.show("Amina") == "90 LAMP for LIGHT, 40.00 USD for LIGHT"


def test_a_line_on_the_way_may_cite_the_grant_it_is_for():
    check_promise(line_to("dispatch", "Amina", taker="Yusuf")._replace(grant="G1", earmark="LIGHT"), GRANTS)


def test_a_line_without_a_grant_promises_nothing():
    check_promise(line_to("payout", "Amina", taker="Rahim"), {})
