"""Every kind of wish there is, by its name."""

from tallystick.core.wish import WISHES
from tallystick.desk.entries import GIFT, REVERSAL
from tallystick.desk.grants import CANCELLATION, COVENANT, COVENANT_SEEN, PROMISE, RELEASE
from tallystick.desk.wishes import WishKind

WISH_KINDS: dict[str, WishKind] = {
    kind.name: kind
    for kind in (
        GIFT,
        REVERSAL,
        PROMISE,
        RELEASE,
        CANCELLATION,
        COVENANT,
        COVENANT_SEEN,
    )
}
assert set(WISH_KINDS) == set(WISHES), "every wish has its line in core/wish.py, and the other way round"
