"""What a form lets one choose from: the units, earmarks and lawful bases of these books, read once, and codes of parties to suggest."""

from collections.abc import Callable
from dataclasses import dataclass

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import Authorisation
from tallystick.core.earmark import Earmark
from tallystick.core.party import PARTY_KINDS
from tallystick.core.unit import Unit
from tallystick.ledger.queries.records import earmarks, units
from tallystick.people.queries import codes_of

SUGGESTED_MOST = 300  # codes for one field: a longer list is no help to whoever types, and has to be sent with every form


@dataclass(frozen=True, slots=True)
class Choices:
    """Units, earmarks and authorisations by their codes; parties are asked for by kind."""

    units: dict[str, Unit]
    earmarks: dict[str, Earmark]
    authorisations: dict[str, Authorisation]

    def codes(self, fits: Callable[[str], bool]) -> list[str]:
        """The first codes of the parties whose kind fits, in the order of the alphabet; one question."""
        return codes_of([kind for kind in PARTY_KINDS if fits(kind)], most=SUGGESTED_MOST)


def choices() -> Choices:
    """What there is to choose from now; a fixed number of questions."""
    return Choices(units(), earmarks(), authorisations())
