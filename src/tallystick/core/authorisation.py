"""Authorisations: the lawful basis under which value may leave the house, and how much of it."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.entry import Line
from tallystick.core.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Authorisation:
    authorisation: str
    jurisdiction: str
    issuer: str
    basis: str
    purpose: str
    valid_from: date
    valid_until: date
    unit: str
    ceiling: Parts


class AuthorisationUnknown(Refusal):
    code = "authorisation_unknown"
    words = "No authorisation is called “{authorisation}” in these books."
    expected = "an authorisation of authorisations.csv"


def check_cited(line: Line, known: Container[str]) -> None:
    """Refuses a line that cites a basis nobody recorded."""
    if line.authorisation and line.authorisation not in known:
        raise AuthorisationUnknown(authorisation=line.authorisation, column="authorisation")
