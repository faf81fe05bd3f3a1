"""The menu: the pages that a member can go to by themselves, under a few headings, each shown to whoever may read it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tallystick.core.role import PAGES, Role

MENU = (
    (
        _("Now"),
        (
            ("today", _("Today")),
            ("inbox", _("Waiting for you")),
            ("whose-hands-now", _("Whose hands now")),
            ("how-it-got-there", _("How it got there")),
            ("hand-by-hand", _("Hand by hand")),
            ("everyone-else", _("With everyone else")),
            ("delivered", _("What was delivered")),
        ),
    ),
    (
        _("Post"),
        (
            ("gift", _("A gift")),
            ("exchange", _("An exchange")),
            ("purchase", _("A purchase")),
            ("commission", _("A commission")),
            ("cost", _("A cost")),
            ("reassign", _("A reassignment")),
            ("lines", _("A note of several lines")),
            ("reversal", _("Take an entry back")),
        ),
    ),
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
        _("Payouts"),
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
        _("Books"),
        (
            ("entries", _("Entries")),
            ("earmarks", _("Earmarks")),
            ("authorisations", _("Authorisations")),
            ("beginnings", _("Programme, units, earmarks")),
            ("bring-in", _("Bring in")),
            ("give-out", _("Give out")),
            ("errands", _("Work under way")),
        ),
    ),
    (
        _("People and ways"),
        (
            ("parties", _("Parties")),
            ("custodians", _("Custodians")),
            ("upstreams", _("Who stands behind whom")),
            ("legs", _("Legs and tariffs")),
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
WAITING = "inbox"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the menu; `is_here` where it is the one that is being read."""

    name: str
    words: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with the pages under it."""

    words: str
    pages: tuple[Entry, ...]

    @property
    def is_here(self) -> bool:
        return any(page.is_here for page in self.pages)

    @property
    def has_waiting(self) -> bool:
        """Whether what waits for a member stands under it."""
        return any(page.name == WAITING for page in self.pages)


def menu_for(roles: Collection[Role], *, here: str = "") -> list[Heading]:
    """What of the menu somebody in these roles may see, on the page of this name; a heading with nothing under it is left out."""
    shown = [
        Heading(
            str(words),
            tuple(
                Entry(name, str(said), name == here) for name, said in pages if name in FOR_EVERY_MEMBER or may_open(name, roles)
            ),
        )
        for words, pages in MENU
    ]
    return [heading for heading in shown if heading.pages]


def may_open(name: str, roles: Collection[Role]) -> bool:
    """Whether somebody in these roles may read the page of this name."""
    return name in PAGES and bool(PAGES[name].read & set(roles))
