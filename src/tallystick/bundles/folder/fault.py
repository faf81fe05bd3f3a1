"""Faults: what is found wrong in a programme folder, each with its place, all listed together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tallystick.core.refusal import Refusal

LISTED_MAX = 1_000
FOUND_LENGTH = 120  # characters of a cell that are shown
WORDS_LENGTH = 400


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one place. `line` counts from 1, the header's line included; None where the file as a whole is meant."""

    file: str
    line: int | None
    column: str  # empty where no column is meant
    found: str
    expected: str
    code: str
    words: str
    refusal: Refusal | None = field(default=None, compare=False, repr=False)  # for whoever says it in another language

    @classmethod
    def of(cls, refusal: Refusal, *, file: str, line: int | None = None, column: str = "", found: str = "") -> "Fault":
        """The fault that a refusal makes at this place; a column that the refusal itself names counts where none is given."""
        return cls(
            file=file,
            line=line,
            column=shown(column or refusal.column or ""),
            found=shown(found),
            expected=shown(refusal.expectation(), most=WORDS_LENGTH),
            code=refusal.code,
            words=shown(str(refusal), most=WORDS_LENGTH),
            refusal=refusal,
        )

    def document(self) -> dict[str, str | int | None]:
        """The fault as JSON says it."""
        return {name: getattr(self, name) for name in ("file", "line", "column", "found", "expected", "code", "words")}

    def __str__(self) -> str:
        place = ", ".join(filter(None, (self.file, f"line {self.line}" if self.line else "", self.column)))
        stands = f" “{self.found}” stands there." if self.found not in self.words else ""
        expected = f" Expected: {self.expected}." if self.expected else ""
        return f"{place}: {self.words}{stands}{expected}"


class Faults:
    """The faults of one reading: the first thousand are listed, the rest are counted. The same fault counts once."""

    def __init__(self) -> None:
        self.listed: list[Fault] = []
        self.more = 0  # how many were found beyond those listed
        self._seen: set[Fault] = set()

    def add(self, fault: Fault) -> None:
        if fault in self._seen:
            return
        if len(self.listed) < LISTED_MAX:
            self.listed.append(fault)
            self._seen.add(fault)
        else:
            self.more += 1

    def __len__(self) -> int:
        return len(self.listed) + self.more

    def __iter__(self) -> Iterator[Fault]:
        return iter(self.listed)

    def remainder(self) -> str:
        """“and 312 more”, or nothing where all are listed."""
        return f"and {self.more} more" if self.more else ""


def shown(text: str, *, most: int = FOUND_LENGTH) -> str:
    """Text as it may stand on a terminal or a page: cut to `most` characters, what cannot be seen written out (“\\x00”).

    A file may hold anything, sequences that steer a terminal among them.
    """
    cut = text if len(text) <= most else text[:most] + "…"
    if cut.isprintable():
        return cut
    return "".join(sign if sign.isprintable() else _written_out(sign) for sign in cut)


def _written_out(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":  # a byte that was no UTF-8
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("unicode_escape").decode("ascii")
