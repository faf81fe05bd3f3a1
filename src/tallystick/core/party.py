"""Parties: anyone in the books who gives, carries, changes, sells or is given."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.core.amount import Parts
from tallystick.core.code_name import check_new_code
from tallystick.core.refusal import Refusal

CUSTODIAN_KINDS = ("fund", "middleman", "bank", "agent", "carrier", "store")
PARTY_KINDS = ("donor", *(f"custodian:{kind}" for kind in CUSTODIAN_KINDS), "supplier", "changer", "recipient")


@dataclass(frozen=True, slots=True)
class HoldingLimit:
    """The most of one unit a custodian may hold at once, over all earmarks together."""

    unit: str
    amount: Parts


@dataclass(frozen=True, slots=True)
class Party:
    party: str  # a code name, never a person's name
    kind: str  # one of PARTY_KINDS
    place: str = ""
    holding_limit: tuple[HoldingLimit, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LaterLimit:
    """A holding limit agreed on after the party was made: of those for one unit, the last one said counts. None is no limit."""

    party: str
    unit: str
    amount: Parts | None = None


PLACE_LENGTH = 40
TOO_FINE = re.compile(r"[0-9,;/#@+]|\S+(\s+\S+){4}")
"""What only an address has: numbers, commas, five words and more."""


class PartyKindUnknown(Refusal):
    code = "party_kind_unknown"
    words = "“{kind}” is no kind of party."
    expected = "one of {kinds}"


class PlaceTooFine(Refusal):
    code = "place_too_fine"
    words = "“{place}” says more of where {party} is than the books may know."
    expected = "a province, or a town as large as one: at most {most} letters, without numbers and commas"


class NotACustodian(Refusal):
    code = "not_a_custodian"
    words = "{party} is a {kind}; only a custodian holds value for us."
    expected = "the code of a custodian"


def is_custodian(kind: str) -> bool:
    return kind.startswith("custodian:")


def check_new_party(party: Party, known: Mapping[str, Party]) -> None:
    """Refuses a party that cannot be made: CodeNameUnfit, CodeTaken, PartyKindUnknown, PlaceTooFine."""
    check_new_code(party.party, known)
    if party.kind not in PARTY_KINDS:
        raise PartyKindUnknown(kind=party.kind, kinds=", ".join(PARTY_KINDS))
    if len(party.place) > PLACE_LENGTH or TOO_FINE.search(party.place):
        raise PlaceTooFine(place=party.place, party=party.party, most=PLACE_LENGTH)


def check_custodian(party: Party) -> None:
    """Refuses, with NotACustodian, whoever holds nothing for us."""
    if not is_custodian(party.kind):
        raise NotACustodian(party=party.party, kind=party.kind)
