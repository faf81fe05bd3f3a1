"""Making a party at the desk."""

from datetime import datetime

from django.db import transaction

from tallystick.core.party import Party, check_new_party
from tallystick.journal.actions import lock_stream
from tallystick.journal.records import say_records
from tallystick.people.apply import PARTY_MADE
from tallystick.people.queries import parties


@transaction.atomic
def make_party(party: Party, *, office: str, recorded_at: datetime) -> None:
    """Raises CodeNameUnfit, CodeTaken, PartyKindUnknown, PlaceTooFine."""
    head = lock_stream(office)
    check_new_party(party, parties(codes=[party.party]))
    say_records([party], PARTY_MADE, head=head, recorded_at=recorded_at)
