"""The menu: the pages that a member can go to by themselves, under a few headings, each shown to whoever may read it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tallystick.core.role import PAGES, Role

MENU = (
    (
        _("Now"),
        (
            ("whose-hands-now", _("Whose hands now")),
            ("on-the-road", _("On the road")),
            ("how-it-got-there", _("How it got there")),
            ("hand-by-hand", _("Hand by hand")),
            ("everyone-else", _("With everyone else")),
            ("inbox", _("Waiting for you")),
        ),
    ),
    (_("Post"), (("gift", _("A gift")), ("reversal", _("Take an entry back")))),
    (_("Whole books"), (("bring-in", _("Bring in")), ("give-out", _("Give out")), ("work", _("Work under way")))),
    (
        _("Handovers"),
        (
            ("tallies", _("Tallies")),
            ("dispatch", _("Send a tally")),
            ("handover", _("A handover with both present")),
            ("losses", _("Losses")),
            ("loss", _("A loss in a hand")),
            ("pay-orders", _("Pay orders")),
        ),
    ),
    (_("Grants"), (("grants", _("Grants")), ("promise", _("Promise a grant")), ("promised", _("Promised and in hand")))),
    (
        _("Codes and payouts"),
        (
            ("payout-by-code", _("Pay out by code")),
            ("tally-halves", _("Both halves of a tally")),
            ("claim-code", _("Give out a code for a claim")),
            ("tally-half", _("Give out half of a tally")),
            ("codes", _("Codes given out")),
            ("payout-without-code", _("Pay out without a code")),
            ("payout-limits", _("How much one person pays out")),
        ),
    ),
    (
        _("Custodians"),
        (
            ("custodians", _("Custodians")),
            ("upstreams", _("Who stands behind whom")),
            ("legs", _("Legs and tariffs")),
            ("parties", _("Parties")),
            ("beginnings", _("Programme, units, earmarks")),
        ),
    ),
    (
        _("Ventures"),
        (("ventures", _("Ventures")), ("venture-survival", _("How long they last")), ("visit", _("Report a visit"))),
    ),
    (_("Vetting"), (("vouches", _("Vouches")), ("vouch", _("A referee's word")))),
    (_("Office"), (("staff", _("Staff")), ("programs", _("Programs")), ("mfa_index", _("Your sign-in")))),
)
"""(heading, ((name of the page, what it is called), …)), in the order in which they are read."""
FOR_EVERY_MEMBER = {"mfa_index"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the pages under it: (name, words) each."""

    words: str
    pages: tuple[tuple[str, str], ...]


def menu_for(roles: Collection[Role]) -> list[Heading]:
    """What of the menu somebody in these roles may see; a heading with nothing under it is left out."""
    shown = [
        Heading(str(words), tuple((name, str(said)) for name, said in pages if name in FOR_EVERY_MEMBER or _opens(name, roles)))
        for words, pages in MENU
    ]
    return [heading for heading in shown if heading.pages]


def _opens(name: str, roles: Collection[Role]) -> bool:
    return bool(PAGES[name].read & set(roles))
