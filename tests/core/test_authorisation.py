"""A line may cite a lawful basis, and then one that was recorded."""

import pytest

from tallystick.core.authorisation import AuthorisationUnknown, check_cited
from tests.core.ledger_page import Page, line_to, told


def test_a_recorded_basis_may_be_cited_and_none_need_be():
    line = line_to("handover", "Office", taker="Amina")
    check_cited(line, {"BASIS"})
    check_cited(line._replace(authorisation="BASIS"), {"BASIS"})


@pytest.mark.parametrize("code", ["BASES", "basis", " ", "BASIS "])
def test_a_basis_that_nobody_recorded_cannot_be_cited(code: str):
    with pytest.raises(AuthorisationUnknown) as caught:
        check_cited(line_to("handover", "Office", taker="Amina")._replace(authorisation=code), {"BASIS"})
    sentence = f"No authorisation is called “{code}” in these books."
    assert told(caught.value) == ("authorisation_unknown", None, "authorisation", sentence)
    assert caught.value.expectation() == "an authorisation of authorisations.csv"


def test_the_line_that_cites_it_is_named():
    page = Page()
    refusal = page.refusal("""
        1 March  E1  gift      Parish → Office  9.00 USD
        1 March  E1  handover  Office → Amina   9.00 USD  under WORD OF MOUTH
    """)
    assert told(refusal)[:3] == ("authorisation_unknown", 1, "authorisation")
    assert page.balances() == {}
