"""The programme that the books are kept for."""

from dataclasses import dataclass
from datetime import date

FOLDER_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Programme:
    name: str
    rehearsal: bool  # invented people only: every page, file and print-out says so
    home: str  # ISO 3166-1 alpha-2 code of the office's jurisdiction
    reporting_unit: str
    opened: date
