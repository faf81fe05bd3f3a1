"""Parties: anyone in the books who gives, carries, changes, sells or is given."""

from dataclasses import dataclass

from tallystick.core.amount import Parts

CUSTODIAN_KINDS = ("fund", "middleman", "bank", "agent", "carrier", "store")
PARTY_KINDS = ("donor", *(f"custodian:{kind}" for kind in CUSTODIAN_KINDS), "supplier", "changer", "recipient")


@dataclass(frozen=True, slots=True)
class HoldingLimit:
    """The most of one unit a custodian may hold at once, over all earmarks together."""

    unit: str
    amount: Parts


@dataclass(frozen=True, slots=True)
class Party:
    party: str  # a code name, never a person's name
    kind: str  # one of PARTY_KINDS
    place: str = ""
    holding_limit: tuple[HoldingLimit, ...] = ()
    note: str = ""


def is_custodian(kind: str) -> bool:
    return kind.startswith("custodian:")
