"""A referee's word is written down."""

from datetime import datetime, timedelta

from django.db import transaction

from tallystick.core.record import fields_of
from tallystick.core.venture import check_day
from tallystick.core.vouch import Vouch, check_vouch
from tallystick.journal.actions import lock_stream
from tallystick.journal.records import say_records
from tallystick.people.queries import parties
from tallystick.vetting.apply import VOUCH_GIVEN
from tallystick.vetting.models import Vouch as VouchRow

RECIPIENT = "recipient"
EASTMOST = timedelta(hours=14)  # where a day begins first


@transaction.atomic
def give_vouch(vouch: Vouch, *, office: str, recorded_at: datetime) -> bool:
    """Say it, and give whether it was not said before; the same again changes nothing.

    Raises VouchForNobody, VouchOfNobody, VouchForOneself, VouchWithoutTie, YearsUnlikely, VouchWordUnknown, DayToCome.
    """
    head = lock_stream(office)
    known = parties(codes=[vouch.recipient]).get(vouch.recipient)
    check_vouch(vouch, is_recipient=known is not None and known.kind == RECIPIENT)
    check_day(vouch.said_on, today=(recorded_at + EASTMOST).date())
    if VouchRow.objects.filter(**fields_of(vouch)).exists():
        return False
    say_records([vouch], VOUCH_GIVEN, head=head, recorded_at=recorded_at)
    return True
