"""What may still leave the house under each basis."""

from collections import defaultdict

from tallystick.authorisations.queries import authorisations
from tallystick.core.headroom import Headroom, headroom_of
from tallystick.core.valuation import Valuation
from tallystick.ledger.queries.turnout import drawn


def headrooms(valuation: Valuation) -> dict[str, Headroom]:
    """Every basis by its code, in the order in which they were recorded."""
    by_basis = drawn_by_basis()
    return {
        code: headroom_of(basis, by_basis.get(code, ()), valuation=valuation) for code, basis in authorisations().items()
    }  # fmt: skip


def drawn_by_basis() -> dict[str, list[tuple[str, str, int]]]:
    """(unit, earmark, smallest parts) that left the house under each basis."""
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for one in drawn():
        found[one.authorisation].append((one.unit, one.earmark, one.amount))
    return found
