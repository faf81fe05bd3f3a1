"""An act that records a basis becomes a row."""

from tallystick.authorisations.models import Authorisation
from tallystick.core.authorisation import Authorisation as AuthorisationRecord
from tallystick.core.record import fields_of


def authorisation_rows(act_id: int, record: AuthorisationRecord) -> list[Authorisation]:
    fields = fields_of(record)
    return [Authorisation(code=fields.pop("authorisation"), act_id=act_id, **fields)]
