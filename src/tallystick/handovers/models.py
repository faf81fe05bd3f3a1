"""The tables of handovers; those of codes stand by themselves in handovers/slips.py."""

from tallystick.handovers.slips import Exhaustion, PayoutLimit, Redemption, Ruling, Slip, SlipTry

__all__ = ["Exhaustion", "PayoutLimit", "Redemption", "Ruling", "Slip", "SlipTry"]
