"""What holders are called on a page: parties by what they are, the books' own accounts by what lies in them."""

from tallystick.core.river.course import KEPT, Node, folded
from tallystick.core.river.stream import COMMISSION, COST, INFORMAL, INTO, LOSS, OUT_OF, RECOVERED, ROAD

KINDS = {
    "donor": "donor",
    "custodian:fund": "fund",
    "custodian:middleman": "middleman",
    "custodian:bank": "bank",
    "changer": "changer",
    "custodian:agent": "agent",
    "supplier": "supplier",
    "custodian:store": "store",
    "custodian:carrier": "carrier",
    "recipient": "recipient",
}
MANY = {"custodian:middleman": "middlemen"}
OWN = {"@commission": "Commission of", "@cost": "Cost:", "@loss": "Lost by", "@changer": "Changed by", "@transit": "Tally"}
WAYSIDES = {
    COMMISSION: "Commission",
    COST: "Costs",
    INFORMAL: "Informal payments",
    LOSS: "Lost",
    ROAD: "On the road",
    KEPT: "Kept or lost",
    RECOVERED: "Recovered",
}


def many(kind: str) -> str:
    """“agents”, “middlemen”."""
    return MANY.get(kind, f"{KINDS[kind]}s")


def holder_name(holder: str) -> str:
    """“HERON”, “Commission of HERON”, “Between earmarks”."""
    if not holder.startswith("@"):
        return holder
    prefix, _, rest = holder.partition(":")
    return f"{OWN[prefix]} {rest}" if rest else "Between earmarks"


def end_name(key: str) -> str:
    """What an end of a stream is called: a party by its code, whatever else by what happened there."""
    if key.startswith(INTO):
        return f"Into {key.removeprefix(INTO)}"
    if key.startswith(OUT_OF):
        return f"Out of {key.removeprefix(OUT_OF)}"
    return WAYSIDES.get(key, key)


def node_name(node: Node, *, shown_beside: bool) -> str:
    """“HERON”, “9 recipients”, or “154 other carriers” where some of them are `shown_beside`."""
    if node.key == folded(node.kind):
        return f"{node.holders:,} {'other ' if shown_beside else ''}{many(node.kind)}"
    return end_name(node.key)
