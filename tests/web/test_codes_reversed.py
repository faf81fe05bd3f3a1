"""A slip whose payout was taken back, in the browser."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from tallystick.desk.actions import agree, ask
from tallystick.desk.entries import ReversalWish
from tallystick.desk.models import Draft
from tests import codes
from tests.codes import KNOT, WREN
from tests.signing_in import says, signed_in
from tests.web.test_codes import given_out, typed, word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def books(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes.funded(tmp_path)
    codes.cheap(monkeypatch)


def test_a_slip_whose_payout_was_taken_back_leads_to_a_new_code():
    lead, clerk = signed_in("PLOVER"), signed_in("WREN", roles=("bookkeeper",))
    slip, code = given_out(lead)
    clerk.post("/payouts/code", word(clerk.post("/payouts/code", typed(slip, code))))
    now = timezone.now()
    draft = ask(
        "reversal", ReversalWish("R1", now.isoformat(timespec="seconds"), slip), by=WREN, asked_at=now, reason="it came back"
    )
    assert isinstance(draft, Draft)
    agree(draft.pk, by=KNOT, agreed_at=now)
    told = says(lead.get(f"/codes/of/{slip}"))
    assert "used, payout reversed" in told
    assert "used, payout reversed" in says(lead.get("/codes?state=used"))
    way = re.search(r'href="(/codes/claim\?[^"]*)"', told)
    assert way is not None
    form = says(lead.get(way[1]))
    assert all(f'value="{value}"' in form for value in ("G01", "1", "10,000.00"))
    other, _ = given_out(lead)
    assert other != slip
