"""Earmarks: whose gift it is and what it may be used for."""

from collections.abc import Container
from dataclasses import dataclass

from tallystick.core.code_name import check_new_code
from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Earmark:
    earmark: str
    donor: str
    unit: str
    purpose: str = ""


class EarmarkOfNoDonor(Refusal):
    code = "earmark_of_no_donor"
    words = "{party} is a {kind}; what a gift may be used for is a donor's word."
    expected = "the code of a donor"


def check_new_earmark(earmark: Earmark, known: Container[str], *, kind: str) -> None:
    """Refuses an earmark that cannot be opened: CodeNameUnfit, CodeTaken, EarmarkOfNoDonor; `kind` is its party's."""
    check_new_code(earmark.earmark, known)
    if kind != "donor":
        raise EarmarkOfNoDonor(party=earmark.donor, kind=kind)
