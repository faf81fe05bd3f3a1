"""Reading the programme, its units and earmarks as core records, in the order in which they were made."""

from tallystick.core.earmark import Earmark as EarmarkRecord
from tallystick.core.programme import Programme as ProgrammeRecord
from tallystick.core.unit import Unit as UnitRecord
from tallystick.ledger.models import Earmark, Programme, Unit


def programme(*, using: str = "default") -> ProgrammeRecord | None:
    """The programme that these books are kept for; None before it is opened."""
    row = Programme.objects.using(using).order_by("act_id").first()
    if row is None:
        return None
    return ProgrammeRecord(
        name=row.name, rehearsal=row.rehearsal, home=row.home, reporting_unit=row.reporting_unit_id, opened=row.opened
    )


def units(*, using: str = "default") -> dict[str, UnitRecord]:
    rows = Unit.objects.using(using).order_by("act_id").values_list("code", "kind", "places", "name", "hs_code")
    return {row[0]: UnitRecord(*row) for row in rows}


def earmarks(*, using: str = "default") -> dict[str, EarmarkRecord]:
    rows = Earmark.objects.using(using).order_by("act_id").values_list("code", "donor_id", "unit_id", "purpose")
    return {row[0]: EarmarkRecord(*row) for row in rows}
