"""An act that records a basis becomes a row."""

from tallystick.authorisations.models import Authorisation
from tallystick.core.authorisation import Authorisation as AuthorisationRecord
from tallystick.core.record import fields_of
from tallystick.journal.record_kind import RecordKind


def authorisation_rows(act_id: int, record: AuthorisationRecord) -> list[Authorisation]:
    fields = fields_of(record)
    return [Authorisation(code=fields.pop("authorisation"), act_id=act_id, **fields)]


BASIS_RECORDED = RecordKind("basis_recorded", AuthorisationRecord, authorisation_rows, (Authorisation,))
