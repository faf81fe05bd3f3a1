"""What the units of each earmark are worth in the reporting unit, as the books stand."""

from tallystick.core.entry import Kind
from tallystick.core.flow import Flow
from tallystick.core.unit import UnitKind
from tallystick.core.valuation import Valuation, valuation_of
from tallystick.ledger.queries.records import programme, units
from tallystick.ledger.queries.turnout import given, traded


def valuation_now() -> Valuation | None:
    """Each earmark's own rates; None before the programme is opened."""
    opened = programme()
    if opened is None:
        return None
    goods = {code for code, unit in units().items() if unit.kind == UnitKind.GOODS}
    gifts = [Flow(Kind.GIFT, "", "", unit, earmark, amount) for unit, earmark, amount in given() if amount]
    return valuation_of(traded(), flows=gifts, goods=goods, reporting_unit=opened.reporting_unit)
