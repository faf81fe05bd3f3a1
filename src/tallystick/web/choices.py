"""What a form lets one choose from: the units, earmarks, parties and lawful bases of these books, read once for a page."""

from collections.abc import Callable
from dataclasses import dataclass

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import Authorisation
from tallystick.core.earmark import Earmark
from tallystick.core.party import Party
from tallystick.core.unit import Unit
from tallystick.ledger.queries.records import earmarks, units
from tallystick.people.queries import parties


@dataclass(frozen=True, slots=True)
class Choices:
    """Units, earmarks, parties and authorisations by their codes."""

    units: dict[str, Unit]
    earmarks: dict[str, Earmark]
    parties: dict[str, Party]
    authorisations: dict[str, Authorisation]

    def codes(self, fits: Callable[[str], bool]) -> list[str]:
        """The codes of the parties whose kind fits, in the order of the alphabet."""
        return sorted(code for code, party in self.parties.items() if fits(party.kind))


def choices() -> Choices:
    """What there is to choose from now; a fixed number of questions."""
    return Choices(units(), earmarks(), parties(), authorisations())
