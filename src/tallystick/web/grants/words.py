"""Words for how grants, tranches and covenants stand, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

GIFT = _("A grant is a gift. Nobody owes anything for it: no repayment, no interest, no share.")

STATES = {
    "open": _("open"),
    "waiting": _("waits for release"),
    "paid": _("paid in full"),
    "cancelled": _("cancelled"),
}
"""How a grant or a tranche stands, by core/promise.py."""

CONDITIONS = {
    "none": _("nothing: it is paid after the one before"),
    "reconciled": _("the one before is reconciled"),
    "visited": _("a visit since the last payout"),
    "reconciled and visited": _("the one before is reconciled, and a visit since the last payout"),
}
"""What a tranche waits for, by core/tranche.py."""

COVENANTS = {
    "given": _("nobody has looked yet"),
    "kept": _("kept"),
    "kept in part": _("kept in part"),
    "not kept": _("not kept"),
}
"""How a covenant stands, by core/covenant.py."""
