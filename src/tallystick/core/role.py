"""Roles: what a member of staff is there for, and which page each of them may read and write on.

The matrix below is all there is to know. A page that it does not list is opened to nobody, and a test walks every address there is.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tallystick.core.refusal import Refusal


class Role(StrEnum):
    LEAD = "lead"
    COORDINATOR = "coordinator"
    BOOKKEEPER = "bookkeeper"
    COMPLIANCE = "compliance"
    SAFEGUARDING = "safeguarding"
    ANALYST = "analyst"
    AUDITOR = "auditor"
    SPONSOR = "sponsor"


class Door(StrEnum):
    """How far a person must have come in before a page is there for them."""

    OPEN = "open"  # whoever comes, to sign in
    TOKEN = "token"  # a program that shows the token of the page, and no member
    CLIENT = "client"  # a program that signs in with a token of its own, in the role that a lead gave it
    THRESHOLD = "threshold"  # a member who signed in, also one who has no second factor yet
    INSIDE = "inside"  # a member with a second factor, in a role that the page is for


class PageNotForRole(Refusal):
    code = "page_not_for_role"
    words = "This page is not for whoever is {held} alone."
    expected = "{needed}; a lead gives roles on the page “Staff”"


@dataclass(frozen=True, slots=True)
class Page:
    """Who may read a page and who may write on it; where nobody may write, there is nothing to send."""

    door: Door
    read: frozenset[Role] = frozenset()
    write: frozenset[Role] = frozenset()

    def roles(self, *, writing: bool) -> frozenset[Role]:
        """Who may come in for this; a page that takes nothing says so itself to whoever may read it."""
        return (writing and self.write) or self.read


ALL = frozenset(Role)
SEES_SINGLE_HANDS = ALL - {Role.SPONSOR}  # a sponsor sees aggregates and proofs
LEAD = frozenset({Role.LEAD})
BOOKS = frozenset({Role.LEAD, Role.BOOKKEEPER})
BRINGS = BOOKS | {Role.COORDINATOR}  # whoever brings a spreadsheet in
AGREES = frozenset({Role.LEAD, Role.COMPLIANCE})  # whoever agrees to what one of them alone may not bring in
CARRIES = BOOKS | {Role.COORDINATOR}  # whoever says what passed from hand to hand
SETTLES = BOOKS | {Role.COMPLIANCE}  # whoever says how a claim ends, and who answers
PROMISES = frozenset({Role.LEAD, Role.COORDINATOR})
COUNTER = frozenset({Role.LEAD, Role.COORDINATOR, Role.BOOKKEEPER})  # whoever gives codes out, and whoever pays by them
WAYS = frozenset({Role.LEAD, Role.COORDINATOR})
LIMITS = frozenset({Role.LEAD, Role.COORDINATOR, Role.COMPLIANCE})
DESK = ALL - {Role.ANALYST, Role.AUDITOR, Role.SPONSOR}  # whoever asks for or agrees to anything
FIELD = frozenset({Role.LEAD, Role.COORDINATOR})  # whoever knows the ventures
VETTERS = FIELD | {Role.COMPLIANCE}
SEES_REFEREES = VETTERS | {Role.SAFEGUARDING, Role.AUDITOR}
OPEN, TOKEN, THRESHOLD = Page(Door.OPEN), Page(Door.TOKEN), Page(Door.THRESHOLD)
FOR_EVERY_CLIENT = Page(Door.CLIENT, read=ALL)
CLIENT_SEES_SINGLE_HANDS = Page(Door.CLIENT, read=SEES_SINGLE_HANDS)
CLIENT_WISHES = Page(Door.CLIENT, read=ALL, write=ALL)  # which of them, core/wish.py says
CLIENT_AT_DRAFTS = Page(Door.CLIENT, read=SEES_SINGLE_HANDS, write=SEES_SINGLE_HANDS)

PAGES: dict[str, Page] = {
    "whose-hands-now": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "on-the-road": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "everyone-else": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "how-it-got-there": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "hand-by-hand": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "inbox": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "draft": Page(Door.INSIDE, read=SEES_SINGLE_HANDS, write=DESK),
    "entry": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "gift": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "reversal": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "today": Page(Door.INSIDE, read=ALL),  # leads a sponsor on to what was delivered
    "delivered": Page(Door.INSIDE, read=ALL),
    "find": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "entries": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "purchase": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "exchange": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "commission": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "cost": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "reassign": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "lines": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "earmarks": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "earmark-whole": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "party-whole": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "authorisations": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "authorisation": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "bring-in": Page(Door.INSIDE, read=BRINGS, write=BRINGS),
    "give-out": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "errands": Page(Door.INSIDE, read=BRINGS),
    "errand": Page(Door.INSIDE, read=BRINGS | AGREES, write=BRINGS | AGREES),
    "errand-progress": Page(Door.INSIDE, read=BRINGS | AGREES),
    "errand-file": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "tallies": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "tally": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "dispatch": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "handover": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "tally-receipt": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "tally-loss": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "tally-return": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "tally-packing": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "tally-dispute": Page(Door.INSIDE, read=CARRIES | SETTLES, write=CARRIES | SETTLES),
    "dispute-closing": Page(Door.INSIDE, read=SETTLES, write=SETTLES),
    "tally-overage": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "overage-clearing": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "losses": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "loss": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "loss-answer": Page(Door.INSIDE, read=SETTLES, write=SETTLES),
    "loss-recovery": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "pay-orders": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "pay-order": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "pay-order-draw": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "pay-order-issue": Page(Door.INSIDE, read=CARRIES, write=CARRIES),
    "pay-order-payment": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "pay-order-void": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "waybill": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "cash-receipt": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "pay-order-paper": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "grants": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "grant": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "promised": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "promise": Page(Door.INSIDE, read=PROMISES, write=PROMISES),
    "release": Page(Door.INSIDE, read=PROMISES, write=PROMISES),
    "cancellation": Page(Door.INSIDE, read=PROMISES, write=PROMISES),
    "covenant": Page(Door.INSIDE, read=PROMISES, write=PROMISES),
    "covenant-seen": Page(Door.INSIDE, read=PROMISES, write=PROMISES),
    "codes": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "code": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "claim-code": Page(Door.INSIDE, read=COUNTER, write=COUNTER),
    "tally-half": Page(Door.INSIDE, read=COUNTER, write=COUNTER),
    "tally-halves": Page(Door.INSIDE, read=COUNTER, write=COUNTER),
    "code-ruling": Page(Door.INSIDE, read=COUNTER | {Role.COMPLIANCE}, write=COUNTER | {Role.COMPLIANCE}),
    "payout-by-code": Page(Door.INSIDE, read=COUNTER, write=COUNTER),
    "payout-without-code": Page(Door.INSIDE, read=COUNTER, write=COUNTER),
    "payout-limits": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "payout-limit": Page(Door.INSIDE, read=BOOKS | {Role.COMPLIANCE}, write=BOOKS | {Role.COMPLIANCE}),
    "beginnings": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "programme": Page(Door.INSIDE, read=LEAD, write=LEAD),
    "unit": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "earmark": Page(Door.INSIDE, read=BOOKS, write=BOOKS),
    "parties": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "party": Page(Door.INSIDE, read=BOOKS | WAYS, write=BOOKS | WAYS),
    "custodians": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "custodian": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "agreement": Page(Door.INSIDE, read=WAYS, write=WAYS),
    "holding-limit": Page(Door.INSIDE, read=LIMITS, write=LIMITS),
    "value-limit": Page(Door.INSIDE, read=LIMITS, write=LIMITS),
    "override": Page(Door.INSIDE, read=BOOKS | WAYS, write=BOOKS | WAYS),
    "upstreams": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "exposure-limit": Page(Door.INSIDE, read=LIMITS, write=LIMITS),
    "legs": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "leg": Page(Door.INSIDE, read=WAYS, write=WAYS),
    "tariff": Page(Door.INSIDE, read=WAYS, write=WAYS),
    "staff": Page(Door.INSIDE, read=LEAD, write=LEAD),
    "staff-member": Page(Door.INSIDE, read=LEAD, write=LEAD),
    "account_login": OPEN,
    "account_inactive": OPEN,
    "mfa_authenticate": OPEN,
    "account_logout": THRESHOLD,
    "account_reauthenticate": THRESHOLD,
    "account_change_password": THRESHOLD,
    "mfa_index": THRESHOLD,
    "mfa_reauthenticate": THRESHOLD,
    "mfa_activate_totp": THRESHOLD,
    "mfa_deactivate_totp": THRESHOLD,
    "mfa_view_recovery_codes": THRESHOLD,
    "mfa_generate_recovery_codes": THRESHOLD,
    "mfa_download_recovery_codes": THRESHOLD,
    "mfa_list_webauthn": THRESHOLD,
    "mfa_add_webauthn": THRESHOLD,
    "mfa_edit_webauthn": THRESHOLD,
    "mfa_remove_webauthn": THRESHOLD,
    "mfa_reauthenticate_webauthn": THRESHOLD,
    "health": TOKEN,
    "health-live": TOKEN,
    "metrics": TOKEN,
    "programs": Page(Door.INSIDE, read=LEAD, write=LEAD),
    "ventures": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "venture": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "venture-survival": Page(Door.INSIDE, read=SEES_SINGLE_HANDS),
    "visit": Page(Door.INSIDE, read=FIELD, write=FIELD),
    "venture-kind": Page(Door.INSIDE, read=FIELD, write=FIELD),
    "venture-end": Page(Door.INSIDE, read=FIELD, write=FIELD),
    "vouches": Page(Door.INSIDE, read=SEES_REFEREES),
    "vouches-of": Page(Door.INSIDE, read=SEES_REFEREES),
    "vouches-by": Page(Door.INSIDE, read=SEES_REFEREES),
    "vouch": Page(Door.INSIDE, read=VETTERS, write=VETTERS),
    "api-openapi": FOR_EVERY_CLIENT,
    "api-programme": FOR_EVERY_CLIENT,
    "api-head": FOR_EVERY_CLIENT,
    "api-holdings": CLIENT_SEES_SINGLE_HANDS,
    "api-tallies": CLIENT_SEES_SINGLE_HANDS,
    "api-entries": CLIENT_SEES_SINGLE_HANDS,
    "api-entry": CLIENT_SEES_SINGLE_HANDS,
    "api-grants": CLIENT_SEES_SINGLE_HANDS,
    "api-grant": CLIENT_SEES_SINGLE_HANDS,
    "api-parties": CLIENT_SEES_SINGLE_HANDS,
    "api-party": CLIENT_SEES_SINGLE_HANDS,
    "api-trace": CLIENT_SEES_SINGLE_HANDS,
    "api-wishes": FOR_EVERY_CLIENT,
    "api-wish": CLIENT_WISHES,
    "api-look": CLIENT_WISHES,
    "api-drafts": CLIENT_SEES_SINGLE_HANDS,
    "api-draft": CLIENT_SEES_SINGLE_HANDS,
    "api-agree": CLIENT_AT_DRAFTS,
    "api-decline": CLIENT_AT_DRAFTS,
    "api-withdraw": CLIENT_AT_DRAFTS,
    "api-nothing": FOR_EVERY_CLIENT,
}
"""Every page and every address of the API by its name."""


def check_may(page: str, *, roles: Collection[Role], writing: bool) -> None:
    """Refuses, with PageNotForRole, a page inside that is for none of these roles."""
    needed = PAGES[page].roles(writing=writing)
    if not needed & set(roles):
        raise PageNotForRole(held=listed(roles), needed=listed(needed))


def listed(roles: Collection[Role]) -> str:
    """“lead, auditor”, in the order in which roles are always told; “no role” where there is none."""
    return ", ".join(role for role in Role if role in roles) or "no role"
