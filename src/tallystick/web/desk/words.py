"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
    "dispatch": _("A dispatch"),
    "packing": _("How goods are packed"),
    "handover": _("A handover with both present"),
    "receipt": _("A receipt"),
    "return": _("A return"),
    "loss": _("A loss"),
    "answer": _("Who answers for a loss"),
    "recovery": _("A recovery"),
    "dispute": _("A dispute"),
    "dispute_closing": _("A dispute closed"),
    "overage": _("An overage"),
    "overage_clearing": _("An overage cleared"),
    "pay_order": _("A pay order"),
    "pay_order_issue": _("A pay order issued"),
    "pay_order_payment": _("A pay order paid"),
    "pay_order_void": _("A pay order made void"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
    "value is written off": _("value is written off"),
    "somebody is to answer for a loss": _("somebody is to answer for a loss"),
    "what a giver wrote is corrected": _("what a giver wrote is corrected"),
    "money is ordered to be paid": _("money is ordered to be paid"),
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
    "who carries": _("who carries"),
    "packed": _("packed"),
    "tally": _("tally"),
    "answers for it": _("answers for it"),
    "nobody answers for it": _("nobody answers for it"),
    "counted above the waybill": _("counted above the waybill"),
    "counted by": _("counted by"),
    "loss": _("loss"),
    "lowers what is answered for under": _("lowers what is answered for under"),
    "claimed by": _("claimed by"),
    "claimed": _("claimed"),
    "why": _("why"),
    "dispute": _("dispute"),
    "closed by": _("closed by"),
    "overage": _("overage"),
    "cleared by": _("cleared by"),
    "pay order": _("pay order"),
    "payer": _("payer"),
    "payee": _("payee"),
    "amount": _("amount"),
    "for": _("for"),
    "paid by": _("paid by"),
    "note": _("note"),
}
"""What the lines are called that tell what no move shows."""
