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
    "lines": _policy(LEAD, BOOKKEEPER, agree=(LEAD, COMPLIANCE)),
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


def check_reason(reason: str) -> None:
    """Refuses, with ReasonMissing, a wish for two that says nothing."""
    if not reason.strip():
        raise ReasonMissing
