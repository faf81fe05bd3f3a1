"""The demo's lead: a member whom anybody may sign in as, with name, password and codes, for nobody in the demo is real."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from tallystick.core.role import Role
from tallystick.ops.founding import FIRST_LEAD
from tallystick.ops.notes import write_note
from tallystick.ops.opening import writing_in
from tallystick.staff.actions import add_member, reset_member
from tallystick.staff.models import Member
from tallystick.staff.queries import rights_of

LEAD_NOTE = "password-of-the-demo.txt"
CODES_MIN = 2


@dataclass(frozen=True, slots=True)
class DemoLead:
    """How to sign in to the demo; `password` is empty where somebody has changed it on the page."""

    name: str
    password: str
    codes: tuple[str, ...]

    def words(self) -> list[str]:
        password = f"password {self.password}" if self.password else "the password that was set on the page since"
        return [
            f"Sign in to its page as {self.name}, {password}",
            f"and, in place of an authenticator, one of these codes, each once: {', '.join(self.codes)}",
        ]

    def document(self) -> dict[str, Any]:
        return {"member": self.name, "password": self.password, "codes": list(self.codes)}


def demo_lead(home: Path, *, password: str = "") -> DemoLead:
    """The lead of the demo's books in `home`, and what is true of it now; `password` is given where it was drawn just before."""
    note = home / LEAD_NOTE
    with transaction.atomic():
        password = password or _noted(note) or _drawn()
        member = Member.objects.get(username=FIRST_LEAD)
        codes = _codes(member)
    if password != _noted(note):  # whoever is cut short before this has another drawn at the next run
        with writing_in(home):
            write_note(note, password)
    return DemoLead(FIRST_LEAD, password if member.check_password(password) else "", codes)


def _noted(note: Path) -> str:
    return note.read_text(encoding="utf-8").strip() if note.exists() else ""


def _drawn() -> str:
    """A password for a lead that is not there yet, as in books of an earlier release, or whose note was lost."""
    if Member.objects.filter(username=FIRST_LEAD).exists():
        return reset_member(FIRST_LEAD)
    return add_member(FIRST_LEAD, roles=[Role.LEAD])


def _codes(member: Member) -> tuple[str, ...]:
    """The codes that nobody has used yet; new ones where hardly any is left. They stand in for a second factor, which must be there."""
    if not rights_of(member).has_second_factor:
        TOTP.activate(member, generate_totp_secret())
    codes = RecoveryCodes.activate(member).get_unused_codes()
    if len(codes) < CODES_MIN:
        Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).delete()
        codes = RecoveryCodes.activate(member).get_unused_codes()
    return tuple(codes)
