"""Wishes: what a member may ask for at the desk, who may ask, and who may agree where a second person is needed.

The table below is the policy, and all of it; whether a wish does need a second person may also hang on what is asked, which the
rule beside it decides.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tallystick.core.refusal import Refusal
from tallystick.core.role import Role, listed

LEAD, COORDINATOR, BOOKKEEPER = Role.LEAD, Role.COORDINATOR, Role.BOOKKEEPER
COMPLIANCE, SAFEGUARDING = Role.COMPLIANCE, Role.SAFEGUARDING


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may ask for a wish, and who may agree to it as the second person; nobody where one person is enough."""

    ask: frozenset[Role]
    agree: frozenset[Role] = frozenset()


def _policy(*ask: Role, agree: Collection[Role] = ()) -> Policy:
    return Policy(frozenset(ask), frozenset(agree))


WISHES: dict[str, Policy] = {
    "gift": _policy(LEAD, BOOKKEEPER),
    "reversal": _policy(LEAD, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "purchase": _policy(LEAD, BOOKKEEPER),
    "exchange": _policy(LEAD, BOOKKEEPER),
    "commission": _policy(LEAD, BOOKKEEPER),
    "cost": _policy(LEAD, BOOKKEEPER),
    "reassign": _policy(LEAD, BOOKKEEPER),
    "lines": _policy(LEAD, BOOKKEEPER),
    "dispatch": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "packing": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "handover": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "receipt": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),  # two where something is written off
    "return": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "loss": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "answer": _policy(LEAD, BOOKKEEPER, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "recovery": _policy(LEAD, BOOKKEEPER),
    "dispute": _policy(LEAD, COORDINATOR, BOOKKEEPER, COMPLIANCE),
    "dispute_closing": _policy(LEAD, BOOKKEEPER, COMPLIANCE, agree=(LEAD, COMPLIANCE)),  # two where it is written off
    "overage": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "overage_clearing": _policy(LEAD, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),  # two where the giver's word is corrected
    "pay_order": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "pay_order_issue": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "pay_order_payment": _policy(LEAD, BOOKKEEPER),
    "pay_order_void": _policy(LEAD, BOOKKEEPER),
    "promise": _policy(LEAD, COORDINATOR),
    "release": _policy(LEAD, COORDINATOR, agree=(LEAD, COMPLIANCE)),  # two where the visit cannot be made
    "cancellation": _policy(LEAD, COORDINATOR, agree=(LEAD, COMPLIANCE)),
    "covenant": _policy(LEAD, COORDINATOR),
    "covenant_seen": _policy(LEAD, COORDINATOR),
    "claim_code": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "tally_half": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "tally_halves": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "code_ruling": _policy(LEAD, COORDINATOR, BOOKKEEPER, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "payout_by_code": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "payout_without_code": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "payout_limit": _policy(LEAD, BOOKKEEPER, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "programme": _policy(LEAD),
    "unit": _policy(LEAD, BOOKKEEPER),
    "earmark": _policy(LEAD, BOOKKEEPER),
    "party": _policy(LEAD, COORDINATOR, BOOKKEEPER),
    "leg": _policy(LEAD, COORDINATOR, agree=(LEAD, COMPLIANCE)),
    "tariff": _policy(LEAD, COORDINATOR, agree=(LEAD, COMPLIANCE)),
    "agreement": _policy(LEAD, COORDINATOR, agree=(LEAD, COMPLIANCE)),
    "holding-limit": _policy(LEAD, COORDINATOR, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "value-limit": _policy(LEAD, COORDINATOR, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "exposure-limit": _policy(LEAD, COORDINATOR, COMPLIANCE, agree=(LEAD, COMPLIANCE)),
    "override": _policy(LEAD, COORDINATOR, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
    "venture": _policy(LEAD, COORDINATOR),
    "visit": _policy(LEAD, COORDINATOR),
    "venture_end": _policy(LEAD, COORDINATOR),
    "vouch": _policy(LEAD, COORDINATOR, COMPLIANCE),
}
"""Every wish by its name."""


class WishNotForRole(Refusal):
    code = "wish_not_for_role"
    words = "{name} is {held}, and this is not theirs to ask for."
    expected = "{needed}"


class AgreementNotForRole(Refusal):
    code = "agreement_not_for_role"
    words = "{name} is {held}, and this is not theirs to agree to."
    expected = "{needed}"


class ConcernsOneself(Refusal):
    code = "concerns_oneself"
    words = "{name} holds for {party}, and nobody posts to the books about themselves."
    expected = "another member"


class MayConcernOneself(Refusal):
    code = "may_concern_oneself"
    words = "{drawn_by} holds for {party} and was shown what {name} signs in with, so this may be {drawn_by} about themselves."
    expected = "another member; or a lead who is neither, and confirms {name} on the page “Staff”"


class ReasonMissing(Refusal):
    code = "reason_missing"
    words = "Whoever is to agree to this has to know why it is asked for."
    expected = "a reason"


class DraftDecided(Refusal):
    code = "draft_decided"
    words = "This draft is no longer waiting: it was {state}."
    expected = "a draft that waits"


class DraftOfAnother(Refusal):
    code = "draft_of_another"
    words = "{asked_by} asked for this, and only {asked_by} can take it back."
    expected = "a word to {asked_by}, or no to it"


class KindNotOfWish(Refusal):
    code = "kind_not_of_wish"
    words = "A line of the kind {kind} is not posted as {wish}: it has a form of its own, and may take two."
    expected = "lines of {kinds}"


def check_kinds(wish: str, *, kinds: Collection[str], allowed: Collection[str]) -> None:
    """Refuses, with KindNotOfWish, a wish that would post what its policy was not made for."""
    for kind in kinds:
        if kind not in allowed:
            raise KindNotOfWish(kind=kind, wish=wish, kinds=", ".join(allowed))


def check_may_ask(wish: str, *, name: str, roles: Collection[Role]) -> None:
    """Refuses, with WishNotForRole, a wish that is for none of these roles."""
    needed = WISHES[wish].ask
    if not needed & set(roles):
        raise WishNotForRole(name=name, held=listed(roles), needed=listed(needed))


def check_may_agree(wish: str, *, name: str, roles: Collection[Role]) -> None:
    """Refuses, with AgreementNotForRole, somebody whose roles do not make them a second person for this."""
    needed = WISHES[wish].agree
    if not needed & set(roles):
        raise AgreementNotForRole(name=name, held=listed(roles), needed=listed(needed))


def check_not_about_oneself(parties: Collection[str], *, name: str, party: str) -> None:
    """Refuses, with ConcernsOneself, a wish that touches the custodian whom the asking member holds for."""
    if party and party in parties:
        raise ConcernsOneself(name=name, party=party)


def check_not_about_drawer(parties: Collection[str], *, name: str, drawn_by: str, party: str) -> None:
    """Refuses, with MayConcernOneself, a wish that touches `party`, whom the one holds for who was shown what `name` signs in with."""
    if party and party in parties:
        raise MayConcernOneself(name=name, drawn_by=drawn_by, party=party)


def check_reason(reason: str) -> None:
    """Refuses, with ReasonMissing, a wish for two that says nothing."""
    if not reason.strip():
        raise ReasonMissing
