"""Consignments: how the goods of a dispatch are described and packed, for the waybill that goes with them."""

from collections.abc import Collection
from dataclasses import dataclass

from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class PackedLine:
    """How one line of a dispatch is packed; what and how much it is stands in the dispatch, its HS code at its unit."""

    line: int  # its place among the dispatch's lines
    specification: str = ""
    packaging: str = ""
    packages: int = 0  # how many of them; 0 where nobody said


@dataclass(frozen=True, slots=True)
class Consignment:
    """The papers of one tally; what was said last counts."""

    tally: str
    lines: tuple[PackedLine, ...]


class PackedLineUnknown(Refusal):
    code = "packed_line_unknown"
    words = "{tally} has no line {place} of goods."
    expected = "a line of the dispatch"


class PackagesNegative(Refusal):
    code = "packages_negative"
    words = "{packages} packages are none that could be carried."
    expected = "0 or more"


def check_packed(consignment: Consignment, *, goods: Collection[int]) -> None:
    """Refuses lines that the dispatch has not: PackedLineUnknown, PackagesNegative. `goods` are the places of its goods."""
    for line in consignment.lines:
        if line.line not in goods:
            raise PackedLineUnknown(tally=consignment.tally, place=line.line + 1)
        if line.packages < 0:
            raise PackagesNegative(packages=line.packages)
