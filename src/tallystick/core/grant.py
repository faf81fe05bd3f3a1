"""Grants: what was promised to whom, and the rule that a payout must match its promise."""

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.core.amount import Parts
from tallystick.core.entry import Kind, Line
from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Grant:
    grant: str
    recipient: str
    venture: str
    earmark: str
    authorisation: str
    unit: str
    amount: Parts
    tranches: int


class GrantUnknown(Refusal):
    code = "grant_unknown"
    words = "No grant is called “{grant}” in these books."
    expected = "a grant of grants.csv"


class PayoutToAnother(Refusal):
    code = "payout_to_another"
    words = "{grant} was promised to {recipient}; this pays {taker}."
    expected = "{recipient}"


class PayoutFromAnotherEarmark(Refusal):
    code = "payout_from_another_earmark"
    words = "{grant} was promised out of {promised}; this pays out of {earmark}."
    expected = "{promised}, or a reassignment with the donor's consent before"


def check_promise(line: Line, grants: Mapping[str, Grant]) -> None:
    """Refuses a line that cites a grant nobody promised, or a payout that is not the one its grant promised.

    `grants` holds at least the known ones among those the line cites.
    """
    if not line.grant:
        return
    grant = grants.get(line.grant)
    if grant is None:
        raise GrantUnknown(grant=line.grant, column="grant")
    if line.kind != Kind.PAYOUT:
        return
    if line.taker != grant.recipient:
        raise PayoutToAnother(grant=grant.grant, recipient=grant.recipient, taker=line.taker, column="taker")
    if line.earmark != grant.earmark:
        raise PayoutFromAnotherEarmark(grant=grant.grant, promised=grant.earmark, earmark=line.earmark, column="earmark")
