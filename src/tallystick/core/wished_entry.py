"""Entries that are asked for at the desk: which kinds of lines each wish is for, and which of them need a second person."""

from collections.abc import Collection

from tallystick.core.entry import Kind
from tallystick.core.refusal import Refusal

KINDS: dict[str, frozenset[str]] = {
    "gift": frozenset({Kind.GIFT}),
    "purchase": frozenset({Kind.PURCHASE}),
    "exchange": frozenset({Kind.EXCHANGE}),
    "commission": frozenset({Kind.COMMISSION}),
    "cost": frozenset({Kind.COST}),
    "reassign": frozenset({Kind.REASSIGN}),
    "lines": frozenset(Kind) - {Kind.PAYOUT, Kind.REVERSAL},
}
"""A payout is made against a claim and an entry is taken back by name: neither is written line by line."""


class KindNotForWish(Refusal):
    code = "kind_not_for_wish"
    words = "A line of the kind “{kind}” is not what this form is for."
    expected = "{kinds}"


def check_kinds(wish: str, kinds: Collection[str]) -> None:
    """Refuses, with KindNotForWish, a line that belongs to another form."""
    for kind in kinds:
        if kind not in KINDS[wish]:
            raise KindNotForWish(kind=kind, kinds=", ".join(one for one in Kind if one in KINDS[wish]), column="kind")


def why_two(kinds: Collection[str]) -> str:
    """Why one person is not enough for lines of these kinds; nothing where one is."""
    return "a loss is written off" if Kind.LOSS in kinds else ""
