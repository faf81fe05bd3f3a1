"""Which pages docs/pages has pictures of: for each picture's title the address, with gaps for the codes that tools/a_day tells.

Every page that a person can open is here, or in UNPICTURED with the reason; a test in tests/web compares both with core/role.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LEAD, NOBODY = "LEAD", ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as `who` sees it; where `fills` and `presses` say so, after they filled its form in and pressed its buttons."""

    path: str
    who: str = LEAD
    fills: Mapping[str, str] = field(default_factory=dict)
    presses: tuple[str, ...] = ()
    is_said: bool = False  # what a button said stands in the books, and is not said again for another look

    def address(self, told: Mapping[str, Any]) -> str:
        """Its path, with these codes in its gaps."""
        return self.path.format_map(told)


LOOK = "main form.wish button"
MAIN = {  # in every language, scheme and width
    "today": Picture("today"),
    "whose-hands-now": Picture(""),
    "how-it-got-there": Picture("how-it-got-there"),
    "tallies": Picture("tallies"),
    "grant": Picture("grants/of/G13"),
    "entries": Picture("entries/"),
    "gift": Picture("entries/gift"),
}
IN_ARABIC = {
    "delivered",
    "custodian",
    "ventures",
    "venture-survival",
    "waiting",
    "draft-write-off",
    "tally-in-dispute",
    "taking-back-look",
}
"""Besides English."""

SECOND_FACTOR = {
    "sign-in": Picture("sign-in", NOBODY),
    "sign-in-closed": Picture("sign-in/closed", NOBODY),
    "your-sign-in": Picture("second-factor/"),
    "sign-in-again": Picture("sign-in/again"),
    "sign-out": Picture("sign-out"),
    "password": Picture("password"),
    "second-factor-again": Picture("second-factor/reauthenticate/"),
    "authenticator-to-set-up": Picture("second-factor/totp/activate/", "SISKIN"),
    "authenticator-to-take-away": Picture("second-factor/totp/deactivate/"),
    "recovery-codes": Picture("second-factor/recovery-codes/"),
    "recovery-codes-to-draw": Picture("second-factor/recovery-codes/generate/"),
    "passkeys": Picture("second-factor/webauthn/"),
    "passkey-to-add": Picture("second-factor/webauthn/add/"),
    "passkey-to-rename": Picture("second-factor/webauthn/keys/{passkey}/edit/"),
    "passkey-to-take-away": Picture("second-factor/webauthn/keys/{passkey}/remove/"),
    "passkey-again": Picture("second-factor/webauthn/reauthenticate/"),
}
TODAY = {
    "today-of-a-sponsor": Picture("today", "DUNNOCK"),
    "today-of-an-auditor": Picture("today", "RUFF"),
    "today-of-a-coordinator": Picture("today", "DUNLIN"),
    "today-of-compliance": Picture("today", "KNOT"),
    "today-of-an-analyst": Picture("today", "TWITE"),
    "waiting": Picture("waiting"),
    "draft-reversal": Picture("waiting/{drafts[reversal]}"),
    "draft-write-off": Picture("waiting/{drafts[write-off]}"),
    "draft-order": Picture("waiting/{drafts[order]}"),
    "draft-payout": Picture("waiting/{drafts[payout]}"),
    "draft-of-your-own": Picture("waiting/{drafts[limit]}"),
    "delivered": Picture("delivered", "DUNNOCK"),
    "search": Picture("find?q=T10"),
}
BOOKS = {
    "hand-by-hand": Picture("how-it-got-there/hand-by-hand"),
    "everyone-else": Picture("everyone-else"),
    "entry": Picture("entries/of/T102"),
    "exchange": Picture("entries/exchange"),
    "purchase": Picture("entries/purchase"),
    "commission": Picture("entries/commission"),
    "cost": Picture("entries/cost"),
    "reassignment": Picture("entries/reassign"),
    "note-of-several-lines": Picture("entries/lines"),
    "taking-back": Picture("entries/reversal"),
    "taking-back-look": Picture(
        "entries/reversal",
        fills={
            "reverses": "P0076",
            "reference": "V0077",
            "happened_on": "2015-06-02",
            "note": "the payout was written down twice",
        },
        presses=(LOOK,),
    ),
    "gift-refused": Picture(
        "entries/gift",
        fills={
            "reference": "E301",
            "giver": "HAEBARAGI",
            "taker": "CRANE",
            "unit_code": "CNY",
            "amount": "90,000",
            "earmark": "SHOPS",
        },
        presses=(LOOK,),
    ),
    "earmarks": Picture("earmarks/"),
    "earmark": Picture("earmarks/of/SHOPS"),
    "authorisations": Picture("authorisations/"),
    "authorisation": Picture("authorisations/of/REH-MONEY-B"),
    "programme": Picture("programme"),
    "programme-to-open": Picture("programme/open"),
    "unit-to-define": Picture("programme/unit"),
    "earmark-to-open": Picture("programme/earmark"),
    "parties": Picture("parties"),
    "party": Picture("parties/of/WAGTAIL"),
    "party-to-make": Picture("parties/new"),
    "bring-in": Picture("bring-in"),
    "give-out": Picture("give-out"),
    "errands": Picture("errands"),
    "errand-given": Picture("errands/{errands[given]}"),
    "errand-weighed": Picture("errands/{errands[weighed]}"),
}
TALLIES = {
    "tallies-done": Picture("tallies?state=done"),
    "tallies-in-dispute": Picture("tallies?state=disputed"),
    "tally": Picture("tallies/of/T104"),
    "tally-in-dispute": Picture("tallies/of/T101"),
    "tally-with-a-loss": Picture("tallies/of/T102"),
    "tally-with-an-overage": Picture("tallies/of/T103"),
    "tally-to-send": Picture("tallies/dispatch"),
    "handover": Picture("tallies/handover"),
    "tally-receipt": Picture("tallies/receipt/T105"),
    "tally-loss": Picture("tallies/loss/T105"),
    "tally-return": Picture("tallies/return/T105"),
    "tally-packing": Picture("tallies/packing/T105"),
    "tally-dispute": Picture("tallies/dispute/T104"),
    "dispute-closing": Picture("tallies/closing/{dispute}"),
    "tally-overage": Picture("tallies/overage/T102"),
    "overage-clearing": Picture("tallies/clearing/{overage}"),
    "waybill": Picture("papers/waybill/T105"),
    "cash-receipt": Picture("papers/cash-receipt/T104"),
    "losses": Picture("losses"),
    "loss": Picture("losses/in-hand"),
    "loss-answer": Picture("losses/answer/T0055"),
    "loss-recovery": Picture("losses/recovery/{liability}"),
}
MONEY = {
    "pay-orders": Picture("pay-orders"),
    "pay-order": Picture("pay-orders/of/{orders[paid]}"),
    "pay-order-to-draw": Picture("pay-orders/draw"),
    "pay-order-issue": Picture("pay-orders/issue/{orders[drawn]}"),
    "pay-order-payment": Picture("pay-orders/payment/{orders[issued]}"),
    "pay-order-void": Picture("pay-orders/void/{orders[issued]}"),
    "pay-order-paper": Picture("papers/pay-order/{orders[issued]}"),
    "grants": Picture("grants"),
    "grant-to-promise": Picture("grants/promise"),
    "tranche-to-release": Picture("grants/release?grant=G13"),
    "grant-to-cancel": Picture("grants/cancel?grant=G13"),
    "covenant": Picture("grants/covenant?grant=G13"),
    "covenant-seen": Picture("grants/covenant/seen?covenant=C13"),
    "promised-and-in-hand": Picture("grants/promised"),
    "payout-by-code": Picture("payouts/code"),
    "payout-without-code": Picture("payouts/without-code"),
    "payout-limits": Picture("payouts/limits"),
    "payout-limit-to-set": Picture("payouts/limits/another"),
    "codes": Picture("codes"),
    "code": Picture("codes/of/{claim}"),
    "code-used": Picture("codes/of/{used}"),
    "code-for-a-claim": Picture("codes/claim"),
    "code-shown-once": Picture(
        "codes/claim",
        fills={"grant": "G14", "tranche": "1", "amount": "20", "valid_until": "{later}"},
        presses=(LOOK,),
        is_said=True,
    ),
    "half-of-a-tally": Picture("codes/half"),
    "both-halves": Picture("codes/halves?tally=T104"),
    "code-decision": Picture("codes/decision"),
}
PEOPLE = {
    "custodians": Picture("custodians"),
    "custodian": Picture("custodians/of/WAGTAIL"),
    "agreement": Picture("custodians/agreement"),
    "holding-limit": Picture("custodians/holding-limit"),
    "value-limit": Picture("custodians/value-limit"),
    "transfer-before-the-last": Picture("custodians/override"),
    "upstreams": Picture("upstreams"),
    "upstream-limit": Picture("upstreams/limit"),
    "legs": Picture("legs"),
    "leg-to-set": Picture("legs/new"),
    "tariff": Picture("legs/tariff"),
    "ventures": Picture("ventures"),
    "venture": Picture("ventures/of/G03"),
    "venture-survival": Picture("ventures/survival"),
    "visit": Picture("ventures/visit"),
    "venture-kind": Picture("ventures/kind"),
    "venture-end": Picture("ventures/end"),
    "vouches": Picture("vouches"),
    "vouches-of-one": Picture("vouches/of/R13"),
    "vouches-by-one": Picture("vouches/by/REF-H"),
    "vouch": Picture("vouches/give"),
    "staff": Picture("staff"),
    "member": Picture("staff/WREN"),
    "programs": Picture("staff/programs"),
    "not-found": Picture("no-such-page"),
    "not-for-your-role": Picture("staff", "WREN"),
}
PICTURES = {**SECOND_FACTOR, **MAIN, **TODAY, **BOOKS, **TALLIES, **MONEY, **PEOPLE}
"""All of them, those of the door first: some are there only for whoever signed in just now."""

REFUSED = {"not-found": 404, "not-for-your-role": 403}
"""Pages that say no, and how."""

UNPICTURED = {
    "on-the-road": "leads on to the list of tallies",
    "errand-progress": "is a part of the page of an errand, fetched every other second while it is under way",
    "errand-file": "is the file that was made",
    "mfa_download_recovery_codes": "is a file",
    "mfa_authenticate": "stands as second-factor-code, taken between the password and the code",
}
DURING_SIGN_IN = "second-factor-code"
