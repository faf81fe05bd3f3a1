"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
    "claim_code": _("A code for a claim"),
    "tally_half": _("Half of a tally"),
    "tally_halves": _("Both halves of a tally shown"),
    "code_ruling": _("What becomes of a code"),
    "payout_by_code": _("A payout by code"),
    "payout_without_code": _("A payout without a code"),
    "payout_limit": _("How much one person may pay out"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
    "a code is unfrozen or made void": _("a code is unfrozen or made void"),
    "a payout above what one person may pay": _("a payout above what one person may pay"),
    "a payout without a code": _("a payout without a code"),
    "the limit of payouts by one person is changed": _("the limit of payouts by one person is changed"),
}
"""Why one person is not enough, as the rooms below say it in English."""

STATES = {
    "waiting": _("waiting"),
    "agreed": _("agreed"),
    "declined": _("declined"),
    "withdrawn": _("taken back"),
}

FACTS = {
    "takes back": _("takes back"),
    "what was wrong": _("what was wrong"),
    "slip": _("slip"),
    "good for": _("good for"),
    "decision": _("decision"),
    "tranche": _("tranche"),
    "happened at": _("happened at"),
    "note": _("note"),
    "unit": _("unit"),
    "one person pays at most": _("one person pays at most"),
}
"""What the lines are called that tell what no move shows."""
