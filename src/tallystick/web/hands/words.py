"""What holders are called on a page: parties by what they are, the books' own accounts by what lies in them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from tallystick.core.entry import LOSS_CAUSES
from tallystick.core.river.course import KEPT, Node, folded
from tallystick.core.river.stream import COMMISSION, COST, INFORMAL, INTO, LOSS, OUT_OF, RECOVERED, ROAD
from tallystick.web.figures import apart, grouped

KINDS = {
    "donor": gettext_lazy("donor"),
    "custodian:fund": gettext_lazy("fund"),
    "custodian:middleman": gettext_lazy("middleman"),
    "custodian:bank": gettext_lazy("bank"),
    "changer": gettext_lazy("changer"),
    "custodian:agent": gettext_lazy("agent"),
    "supplier": gettext_lazy("supplier"),
    "custodian:store": gettext_lazy("store"),
    "custodian:carrier": gettext_lazy("carrier"),
    "recipient": gettext_lazy("recipient"),
}
MANY = {
    "donor": gettext_lazy("donors"),
    "custodian:fund": gettext_lazy("funds"),
    "custodian:middleman": gettext_lazy("middlemen"),
    "custodian:bank": gettext_lazy("banks"),
    "changer": gettext_lazy("changers"),
    "custodian:agent": gettext_lazy("agents"),
    "supplier": gettext_lazy("suppliers"),
    "custodian:store": gettext_lazy("stores"),
    "custodian:carrier": gettext_lazy("carriers"),
    "recipient": gettext_lazy("recipients"),
}
OWN = {
    "@commission": gettext_lazy("Commission of {whose}"),
    "@cost": gettext_lazy("Cost: {whose}"),
    "@loss": gettext_lazy("Lost by {whose}"),
    "@changer": gettext_lazy("Changed by {whose}"),
    "@transit": gettext_lazy("Tally {whose}"),
}
KNOWN = {
    "seizure": pgettext_lazy("cause of a loss", "seizure"),
    "theft": pgettext_lazy("cause of a loss", "theft"),
    "shortfall": pgettext_lazy("cause of a loss", "shortfall"),
    "breakage": pgettext_lazy("cause of a loss", "breakage"),
    "spoilage": pgettext_lazy("cause of a loss", "spoilage"),
    "fraud": pgettext_lazy("cause of a loss", "fraud"),
    "default": pgettext_lazy("cause of a loss", "default"),
    INFORMAL.partition(":")[2]: pgettext_lazy("kind of a cost", "informal payment"),
}
"""The causes and kinds that the books know; whatever else a cost was for stands as it was written."""

MOVES = {
    "gift": pgettext_lazy("kind of a move", "gift"),
    "handover": pgettext_lazy("kind of a move", "handover"),
    "dispatch": pgettext_lazy("kind of a move", "dispatch"),
    "receipt": pgettext_lazy("kind of a move", "receipt"),
    "loss": pgettext_lazy("kind of a move", "loss"),
    "recovery": pgettext_lazy("kind of a move", "recovery"),
    "return": pgettext_lazy("kind of a move", "return"),
    "exchange": pgettext_lazy("kind of a move", "exchange"),
    "purchase": pgettext_lazy("kind of a move", "purchase"),
    "commission": pgettext_lazy("kind of a move", "commission"),
    "cost": pgettext_lazy("kind of a move", "cost"),
    "payout": pgettext_lazy("kind of a move", "payout"),
    "reassign": pgettext_lazy("kind of a move", "reassign"),
    "reversal": pgettext_lazy("kind of a move", "reversal"),
}
"""The kinds of moves, as a page says them; a file has them in English."""

WAYSIDES = {
    COMMISSION: gettext_lazy("Commission"),
    COST: gettext_lazy("Costs"),
    INFORMAL: gettext_lazy("Informal payments"),
    LOSS: gettext_lazy("Lost"),
    ROAD: gettext_lazy("On the road"),
    KEPT: gettext_lazy("Kept or lost"),
    RECOVERED: gettext_lazy("Recovered"),
}


def one_of(kind: str) -> str:
    """“agent”; empty where it is no party's kind."""
    return str(KINDS.get(kind, ""))


def many(kind: str) -> str:
    """“agents”, “middlemen”."""
    return str(MANY[kind])


def move_kind(kind: str) -> str:
    """“dispatch”, in the reader's language."""
    return str(MOVES[kind])


def cause_name(cause: str) -> str:
    """“theft”, in the reader's language."""
    return str(KNOWN.get(cause, cause))


def causes() -> list[tuple[str, object]]:
    """(cause, what it is called), for a form or a list to choose from."""
    return [(one, KNOWN[one]) for one in LOSS_CAUSES]


def holder_name(holder: str) -> str:
    """“HERON”, “Commission of HERON”, “Between earmarks”."""
    if not holder.startswith("@"):
        return holder
    prefix, _colon, rest = holder.partition(":")
    if not rest:
        return _("Between earmarks")
    known = KNOWN.get(rest) if prefix in ("@loss", "@cost") else None
    return OWN[prefix].format(whose=known or apart(rest))


def end_name(key: str) -> str:
    """What an end of a stream is called: a party by its code, whatever else by what happened there."""
    if key.startswith(INTO):
        return _("Into {what}").format(what=apart(key.removeprefix(INTO)))
    if key.startswith(OUT_OF):
        return _("Out of {what}").format(what=apart(key.removeprefix(OUT_OF)))
    return str(WAYSIDES.get(key, key))


def node_name(node: Node, *, shown_beside: bool) -> str:
    """“HERON”, “9 recipients”, or “154 other carriers” where some of them are `shown_beside`."""
    if node.key != folded(node.kind):
        return end_name(node.key)
    words = _("{count} other {holders}") if shown_beside else _("{count} {holders}")
    return words.format(count=grouped(node.holders), holders=many(node.kind))


def listed(names: Sequence[str]) -> str:
    """“SHOPS”, “SHOPS and STALLS”, “12 others”."""
    if len(names) > 3:
        return _("{count} others").format(count=grouped(len(names)))
    *first, last = map(apart, names) if names else [""]
    if not first:
        return last
    return _("{first} and {last}").format(first=pgettext("between two words", ", ").join(first), last=last)
