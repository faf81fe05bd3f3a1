"""Every kind of wish there is, by its name."""

from tallystick.core.wish import WISHES
from tallystick.desk.entries import COMMISSION, COST, EXCHANGE, GIFT, LINES, PURCHASE, REASSIGN, REVERSAL
from tallystick.desk.wishes import WishKind

WISH_KINDS: dict[str, WishKind] = {
    kind.name: kind
    for kind in (
        GIFT,
        REVERSAL,
        PURCHASE,
        EXCHANGE,
        COMMISSION,
        COST,
        REASSIGN,
        LINES,
    )
}
assert set(WISH_KINDS) == set(WISHES), "every wish has its line in core/wish.py, and the other way round"
