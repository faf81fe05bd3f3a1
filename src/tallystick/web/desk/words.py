"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
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
}
"""What the lines are called that tell what no move shows."""
