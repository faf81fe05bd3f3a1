"""Every kind of act: the record it carries and the rows it becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tallystick.authorisations.apply import authorisation_rows
from tallystick.authorisations.models import Authorisation as AuthorisationTable
from tallystick.core.authorisation import Authorisation
from tallystick.core.corridor import Leg
from tallystick.core.earmark import Earmark
from tallystick.core.grant import Grant
from tallystick.core.office import OfficeOpened
from tallystick.core.party import Party
from tallystick.core.programme import Programme
from tallystick.core.unit import Unit
from tallystick.core.visit import Visit
from tallystick.core.vouch import Vouch
from tallystick.corridors.apply import leg_rows
from tallystick.corridors.models import Leg as LegTable
from tallystick.grants.apply import grant_rows
from tallystick.grants.models import Grant as GrantTable
from tallystick.journal.apply import office_rows
from tallystick.journal.models import Office
from tallystick.ledger.apply.records import RECORD_TABLES, earmark_rows, programme_rows, unit_rows
from tallystick.people.apply import party_rows
from tallystick.people.models import HoldingLimit
from tallystick.people.models import Party as PartyTable
from tallystick.ventures.apply import visit_rows
from tallystick.ventures.models import Visit as VisitTable
from tallystick.vetting.apply import vouch_rows
from tallystick.vetting.models import Vouch as VouchTable


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of act that carries one record: its dataclass, the rows it becomes, and the tables those stand in."""

    record: type[Any]
    rows: Callable[[int, Any], Sequence[Model]]
    tables: tuple[type[Model], ...]


RECORD_KINDS: dict[str, RecordKind] = {
    "office_opened": RecordKind(OfficeOpened, office_rows, (Office,)),
    "unit_defined": RecordKind(Unit, unit_rows, (RECORD_TABLES["unit"],)),
    "programme_opened": RecordKind(Programme, programme_rows, (RECORD_TABLES["programme"],)),
    "party_made": RecordKind(Party, party_rows, (PartyTable, HoldingLimit)),
    "earmark_opened": RecordKind(Earmark, earmark_rows, (RECORD_TABLES["earmark"],)),
    "basis_recorded": RecordKind(Authorisation, authorisation_rows, (AuthorisationTable,)),
    "leg_set": RecordKind(Leg, leg_rows, (LegTable,)),
    "grant_promised": RecordKind(Grant, grant_rows, (GrantTable,)),
    "vouch_given": RecordKind(Vouch, vouch_rows, (VouchTable,)),
    "visit_reported": RecordKind(Visit, visit_rows, (VisitTable,)),
}
KIND_OF = {kind.record: name for name, kind in RECORD_KINDS.items()}
