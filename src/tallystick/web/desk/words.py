"""Words for what is wished for and why two are needed, so that a catalog can have them."""

from django.utils.translation import gettext_lazy as _

WISH_WORDS = {
    "gift": _("A gift"),
    "reversal": _("An entry taken back"),
    "promise": _("A grant promised"),
    "release": _("A tranche released"),
    "cancellation": _("A grant cancelled"),
    "covenant": _("A covenant"),
    "covenant_seen": _("A look at a covenant"),
}
"""Every wish of core/wish.py, as lists name it."""

NEEDS = {
    "an entry is taken back": _("an entry is taken back"),
    "something was paid under the grant already": _("something was paid under the grant already"),
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
    "grant, as a gift": _("grant, as a gift"),
    "recipient": _("recipient"),
    "venture": _("venture"),
    "earmark": _("earmark"),
    "authorisation": _("authorisation"),
    "promised": _("promised"),
    "tranche paid without waiting": _("tranche paid without waiting"),
    "tranche once the one before is reconciled": _("tranche once the one before is reconciled"),
    "tranche after a visit": _("tranche after a visit"),
    "tranche once the one before is reconciled and visited": _("tranche once the one before is reconciled and visited"),
    "tranche released": _("tranche released"),
    "grant cancelled": _("grant cancelled"),
    "what was paid stays": _("what was paid stays"),
    "why": _("why"),
    "covenant, which is no debt": _("covenant, which is no debt"),
    "to be passed on": _("to be passed on"),
    "how many": _("how many"),
    "to the next person": _("to the next person"),
    "seen on": _("seen on"),
    "passed on by then": _("passed on by then"),
    "note": _("note"),
}
"""What the lines are called that tell what no move shows."""
