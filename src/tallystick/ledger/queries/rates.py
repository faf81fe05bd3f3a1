"""What units are worth in the reporting unit, by what the books themselves gave and got for them; never a market's rate."""

from collections.abc import Collection, Sequence

from tallystick.core.flow import Swap
from tallystick.core.unit import UnitKind
from tallystick.core.valuation import Valuation, valuation_of
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.traded import traded


def valuation(reporting_unit: str, *, earmarks: Collection[str], also: Sequence[Swap] = ()) -> Valuation:
    """The rates of these earmarks, each its own weighted average; `also` are swaps that are about to be posted.

    What came to an earmark from another one counts, whether or not the other is asked for: goods that did have no rate.
    """
    gifts, swaps = traded()
    return valuation_of(
        [swap for swap in (*swaps, *also) if swap.got_earmark in earmarks],
        flows=[gift for gift in gifts if gift.earmark in earmarks],
        goods={code for code, unit in units().items() if unit.kind == UnitKind.GOODS},
        reporting_unit=reporting_unit,
    )
