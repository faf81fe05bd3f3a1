"""Units that a record does not say itself, but something that it names does: the grant, the leg, whoever answers for a loss."""

from collections.abc import Callable

from tallystick.core.corridor import LegUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.corridors.queries import legs
from tallystick.grants.queries import grants
from tallystick.handovers.losses import liability_standing
from tallystick.ledger.queries.records import programme


def of_grant(code: str) -> str:
    found = grants(codes=[code]).get(code)
    if found is None:
        raise GrantUnknown(grant=code)
    return found.unit


def of_leg(code: str) -> str:
    found = legs().get(code)
    if found is None:
        raise LegUnknown(leg=code)
    return found.unit


def of_liability(code: str) -> str:
    return liability_standing(code).liability.unit


def of_programme(_code: str) -> str:
    """The reporting unit; empty before the programme is opened."""
    opened = programme()
    return opened.reporting_unit if opened else ""


ELSEWHERE: dict[str, tuple[str, Callable[[str], str]]] = {
    "grant": ("of the unit of the grant", of_grant),
    "leg": ("of the unit of the leg", of_leg),
    "liability": ("of the unit in which somebody answers for the loss", of_liability),
    "programme": ("of the unit in which the programme reports", of_programme),
}
"""By what a field of an amount names in its metadata as `unit_of`: how openapi.json puts it, and the unit for the code that stands there."""
