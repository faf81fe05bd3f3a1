"""What slips are good for and what state they are in, in words that a catalog can have."""

from django.utils.translation import gettext_lazy as _

from tallystick.core.slip import Purpose, RulingKind, SlipState

PURPOSES = {
    Purpose.CLAIM: _("a recipient's claim"),
    Purpose.GIVER: _("the giver's half"),
    Purpose.TAKER: _("the taker's half"),
}
STATES = {
    SlipState.OPEN: _("still good"),
    SlipState.FROZEN: _("frozen"),
    SlipState.LAPSED: _("lapsed"),
    SlipState.USED: _("used"),
    SlipState.REVERSED: _("used, payout reversed"),
    SlipState.VOID: _("void"),
}
RULINGS = {
    RulingKind.UNFREEZE: _("It serves again, with five tries"),
    RulingKind.VOID: _("It is void"),
}
