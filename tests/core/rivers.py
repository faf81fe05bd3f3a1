"""Rivers to look at: of made-up flows, of tales, and of the lamps programme."""

from collections.abc import Sequence

from tallystick.core.flow import Flow, Swap, flows_in, swaps_in
from tallystick.core.river.stream import River, rivers_of
from tallystick.core.valuation import valuation_of
from tests.core import lamps
from tests.core.tales import GRANTS

KINDS = {
    "PARISH": "donor",
    "LAMPMAKER": "donor",
    "OFFICE": "custodian:fund",
    "HERON": "custodian:agent",
    "CRANE": "custodian:agent",
    "SWALLOW": "custodian:carrier",
} | dict.fromkeys(GRANTS.values(), "recipient")


def rivers_in(flows: Sequence[Flow], swaps: Sequence[Swap] = ()) -> list[River]:
    valuation = valuation_of(swaps, flows=flows, goods={"LAMP", "TRUCK25", "FERT"}, reporting_unit="USD")
    return rivers_of(flows, swaps=swaps, valuation=valuation)


def lamp_rivers() -> list[River]:
    return rivers_in(flows_in(lamps.entries()), swaps_in(lamps.entries()))


def dollars(kind: str, ends: str, *, amount: int) -> Flow:
    """`dollars("gift", "PARISH → OFFICE", amount=100)`, of the earmark SHOPS."""
    giver, taker = ends.split(" → ")
    return Flow(kind, giver, taker, "USD", "SHOPS", amount)


def river_of(*flows: Flow) -> River:
    return rivers_in(flows)[0]
