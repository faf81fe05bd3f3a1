"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
    "purchase": _("A purchase"),
    "exchange": _("An exchange"),
    "commission": _("A commission"),
    "cost": _("A cost"),
    "reassign": _("A reassignment"),
    "lines": _("A note of several lines"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
    "a loss is written off": _("a loss is written off"),
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
    "rate": _("rate"),
    "note": _("note"),
}
"""What the lines are called that tell what no move shows."""
