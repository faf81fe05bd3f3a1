"""Beginning books at the desk: the programme, its units and its earmarks."""

from datetime import datetime

from django.db import transaction

from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.earmark import Earmark, check_new_earmark
from tallystick.core.programme import Programme, check_new_programme
from tallystick.core.unit import Unit, check_new_unit
from tallystick.journal.actions import lock_stream
from tallystick.journal.records import say_records
from tallystick.ledger.apply.records import EARMARK_OPENED, PROGRAMME_OPENED, UNIT_DEFINED
from tallystick.ledger.queries.records import earmarks, programme, units
from tallystick.people.queries import parties


@transaction.atomic
def define_unit(unit: Unit, *, office: str, recorded_at: datetime) -> None:
    """Raises CodeNameUnfit, CodeTaken, UnitKindUnknown, UnitPlacesUnfit, HsCodeUnfit."""
    head = lock_stream(office)
    check_new_unit(unit, units())
    say_records([unit], UNIT_DEFINED, head=head, recorded_at=recorded_at)


@transaction.atomic
def open_programme(opened: Programme, *, office: str, recorded_at: datetime) -> None:
    """Raises ProgrammeStands, HomeUnfit, UnitUnknown."""
    head = lock_stream(office)
    check_new_programme(opened, programme())
    if opened.reporting_unit not in units():
        raise UnitUnknown(unit=opened.reporting_unit)
    say_records([opened], PROGRAMME_OPENED, head=head, recorded_at=recorded_at)


@transaction.atomic
def open_earmark(earmark: Earmark, *, office: str, recorded_at: datetime) -> None:
    """Raises CodeNameUnfit, CodeTaken, PartyUnknown, EarmarkOfNoDonor, UnitUnknown."""
    head = lock_stream(office)
    donor = parties(codes=[earmark.donor]).get(earmark.donor)
    if donor is None:
        raise PartyUnknown(party=earmark.donor)
    check_new_earmark(earmark, earmarks(), kind=donor.kind)
    if earmark.unit not in units():
        raise UnitUnknown(unit=earmark.unit)
    say_records([earmark], EARMARK_OPENED, head=head, recorded_at=recorded_at)
