"""The programme that the books are kept for."""

import re
from dataclasses import dataclass
from datetime import date

from tallystick.core.refusal import Refusal

FOLDER_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Programme:
    name: str
    rehearsal: bool  # invented people only: every page, file and print-out says so
    home: str  # ISO 3166-1 alpha-2 code of the office's jurisdiction
    reporting_unit: str
    opened: date


HOME = re.compile("[A-Z]{2}", re.ASCII)


class ProgrammeStands(Refusal):
    code = "programme_stands"
    words = "These books are kept for the programme “{programme}” already."
    expected = "books of its own for every programme"


class HomeUnfit(Refusal):
    code = "home_unfit"
    words = "“{asked}” is no country."
    expected = "the two capital letters that ISO 3166 gives it, like KR"


def check_new_programme(programme: Programme, held: Programme | None) -> None:
    """Refuses a programme that cannot be opened: ProgrammeStands, HomeUnfit."""
    if held is not None:
        raise ProgrammeStands(programme=held.name)
    if not HOME.fullmatch(programme.home):
        raise HomeUnfit(asked=programme.home)
