"""Every kind of wish there is, by its name."""

from tallystick.core.wish import WISHES
from tallystick.desk.codes import CLAIM, CODE_RULING, HALF, HALVES
from tallystick.desk.entries import GIFT, REVERSAL
from tallystick.desk.payouts import PAYOUT_BY_CODE, PAYOUT_LIMIT, PAYOUT_WITHOUT_CODE
from tallystick.desk.wishes import WishKind

WISH_KINDS: dict[str, WishKind] = {
    kind.name: kind
    for kind in (
        GIFT,
        REVERSAL,
        CLAIM,
        HALF,
        HALVES,
        CODE_RULING,
        PAYOUT_BY_CODE,
        PAYOUT_WITHOUT_CODE,
        PAYOUT_LIMIT,
    )
}
assert set(WISH_KINDS) == set(WISHES), "every wish has its line in core/wish.py, and the other way round"
