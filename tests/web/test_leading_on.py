"""One page leads to the next: what somebody may do with what they see is a link on it."""

import pytest

from tests.signing_in import says, signed_in

pytestmark = pytest.mark.django_db


def test_whoever_sees_to_compliance_is_offered_the_dispute_and_nothing_else(lamps_on_the_road: None):
    shown = says(signed_in("KNOT", roles=("compliance",)).get("/tallies/of/T1"))
    assert "/tallies/dispute/T1" in shown
    assert "/tallies/receipt/T1" not in shown
    assert "/tallies/overage/T1" not in shown


@pytest.mark.parametrize(
    ("path", "leads_to"), [("/tallies", "/tallies/of/T1"), ("/", "/parties/of/HERON"), ("/entries/of/T1", "/tallies/of/T1")]
)
def test_a_hand_and_a_tally_lead_to_their_pages(lamps_on_the_road: None, path: str, leads_to: str):
    assert f'href="{leads_to}"' in says(signed_in().get(path))
