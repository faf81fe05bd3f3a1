"""An act that records a basis becomes a row."""

from dataclasses import asdict

from tallystick.authorisations.models import Authorisation
from tallystick.core.authorisation import Authorisation as AuthorisationRecord


def authorisation_rows(act_id: int, record: AuthorisationRecord) -> list[Authorisation]:
    fields = asdict(record)
    return [Authorisation(code=fields.pop("authorisation"), act_id=act_id, **fields)]
