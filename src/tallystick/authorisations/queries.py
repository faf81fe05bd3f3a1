"""Reading the authorisations as core records, in the order in which they were recorded."""

from tallystick.authorisations.models import Authorisation
from tallystick.core.authorisation import Authorisation as AuthorisationRecord

FIELDS = (
    "code", "jurisdiction", "issuer", "basis", "purpose", "valid_from", "valid_until", "unit", "ceiling",
)  # fmt: skip


def authorisations(*, using: str = "default") -> dict[str, AuthorisationRecord]:
    rows = Authorisation.objects.using(using).order_by("act_id").values_list(*FIELDS)
    return {row[0]: AuthorisationRecord(*row) for row in rows}
