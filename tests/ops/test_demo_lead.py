"""The demo says how to sign in to it, the first time and every time after, as it is true then."""

import stat
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from tallystick.ops.demo_lead import LEAD_NOTE, demo_lead
from tallystick.staff.actions import add_member
from tallystick.staff.models import Member
from tallystick.staff.queries import members

pytestmark = pytest.mark.django_db


def test_books_that_were_made_just_now_have_their_lead(tmp_path: Path) -> None:
    password = add_member("LEAD", roles=["lead"])
    lead = demo_lead(tmp_path, password=password)
    assert (lead.name, lead.password, len(lead.codes)) == ("LEAD", password, 10)
    assert members()[0].has_second_factor
    assert stat.S_IMODE((tmp_path / LEAD_NOTE).stat().st_mode) == 0o600
    assert demo_lead(tmp_path) == lead, "a second run changes nothing"


def test_books_without_a_lead_or_a_note_are_given_both(tmp_path: Path) -> None:
    first = demo_lead(tmp_path)
    (tmp_path / LEAD_NOTE).unlink()
    second = demo_lead(tmp_path)
    assert Member.objects.get().check_password(second.password)
    assert first.password != second.password
    assert second.document() == {"member": "LEAD", "password": second.password, "codes": list(second.codes)}


def test_a_password_that_was_changed_is_not_said(tmp_path: Path) -> None:
    demo_lead(tmp_path)
    changed = Member.objects.get()
    changed.set_password("a ladle, seven bricks and rain")
    changed.save()
    lead = demo_lead(tmp_path)
    assert lead.password == ""
    assert "the password that was set on the page since" in lead.words()[0]


def test_codes_that_were_used_are_not_said_and_new_ones_come_before_they_run_out(tmp_path: Path) -> None:
    codes = demo_lead(tmp_path).codes
    kept = RecoveryCodes(Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES))
    assert kept.validate_code(codes[0])
    assert demo_lead(tmp_path).codes == codes[1:]
    for code in codes[1:9]:
        kept.validate_code(code)
    fresh = demo_lead(tmp_path).codes
    assert (len(fresh), set(fresh) & set(codes)) == (10, set())
