"""Every kind of wish there is, by its name."""

from tallystick.core.wish import WISHES
from tallystick.desk.books import EARMARK, PARTY, PROGRAMME, UNIT
from tallystick.desk.corridors import AGREEMENT, EXPOSURE_LIMIT, HOLDING_LIMIT, LEG, OVERRIDE, TARIFF, VALUE_LIMIT
from tallystick.desk.entries import GIFT, REVERSAL
from tallystick.desk.wishes import WishKind

WISH_KINDS: dict[str, WishKind] = {
    kind.name: kind
    for kind in (
        GIFT,
        REVERSAL,
        PROGRAMME,
        UNIT,
        EARMARK,
        PARTY,
        LEG,
        TARIFF,
        AGREEMENT,
        HOLDING_LIMIT,
        VALUE_LIMIT,
        EXPOSURE_LIMIT,
        OVERRIDE,
    )
}
assert set(WISH_KINDS) == set(WISHES), "every wish has its line in core/wish.py, and the other way round"
