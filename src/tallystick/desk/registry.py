"""Every kind of wish there is, by its name."""

from tallystick.core.wish import WISHES
from tallystick.desk.books import EARMARK, PARTY, PROGRAMME, UNIT
from tallystick.desk.codes import CLAIM, CODE_RULING, HALF, HALVES
from tallystick.desk.corridors import AGREEMENT, EXPOSURE_LIMIT, HOLDING_LIMIT, LEG, OVERRIDE, TARIFF, VALUE_LIMIT
from tallystick.desk.entries import COMMISSION, COST, EXCHANGE, GIFT, LINES, PURCHASE, REASSIGN, REVERSAL
from tallystick.desk.grants import CANCELLATION, COVENANT, COVENANT_SEEN, PROMISE, RELEASE
from tallystick.desk.handovers.disputing import CLEARING, CLOSING, DISPUTE, OVERAGE
from tallystick.desk.handovers.losing import ANSWER, LOSS_IN_HAND, RECOVERY
from tallystick.desk.handovers.ordering import DRAWING, ISSUE, PAYMENT, VOID
from tallystick.desk.handovers.receiving import RECEIPT, RETURN
from tallystick.desk.handovers.sending import DISPATCH, HANDOVER, PACKING
from tallystick.desk.payouts import PAYOUT_BY_CODE, PAYOUT_LIMIT, PAYOUT_WITHOUT_CODE
from tallystick.desk.ventures import VENTURE, VENTURE_END, VISIT
from tallystick.desk.vouches import VOUCH
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
        DISPATCH,
        PACKING,
        HANDOVER,
        RECEIPT,
        RETURN,
        LOSS_IN_HAND,
        ANSWER,
        RECOVERY,
        DISPUTE,
        CLOSING,
        OVERAGE,
        CLEARING,
        DRAWING,
        ISSUE,
        PAYMENT,
        VOID,
        PROMISE,
        RELEASE,
        CANCELLATION,
        COVENANT,
        COVENANT_SEEN,
        CLAIM,
        HALF,
        HALVES,
        CODE_RULING,
        PAYOUT_BY_CODE,
        PAYOUT_WITHOUT_CODE,
        PAYOUT_LIMIT,
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
        VENTURE,
        VISIT,
        VENTURE_END,
        VOUCH,
    )
}
assert set(WISH_KINDS) == set(WISHES), "every wish has its line in core/wish.py, and the other way round"
