"""Records name one another: a grant its recipient, a leg its authorisation. What they name must be there."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tallystick.bundles.folder.layout import AUTHORISATIONS, EARMARKS, GRANTS, LEGS, PARTIES, VISITS, VOUCHES
from tallystick.bundles.folder.records import Located
from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.custody.decide import EarmarkUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import GrantUnknown
from tallystick.core.refusal import Refusal


class PartyOfAnotherKind(Refusal):
    code = "party_of_another_kind"
    words = "{party} is a {kind}; a {wanted} stands in its place."
    expected = "a {wanted}"


UNKNOWN: dict[str, Callable[[str], Refusal]] = {
    PARTIES: lambda code: PartyUnknown(party=code),
    EARMARKS: lambda code: EarmarkUnknown(earmark=code),
    AUTHORISATIONS: lambda code: AuthorisationUnknown(authorisation=code),
    GRANTS: lambda code: GrantUnknown(grant=code),
}
NAMED: dict[str, tuple[tuple[str, str, str], ...]] = {
    EARMARKS: (("donor", PARTIES, "donor"),),
    LEGS: (("authorisation", AUTHORISATIONS, ""),),
    GRANTS: (("recipient", PARTIES, "recipient"), ("earmark", EARMARKS, ""), ("authorisation", AUTHORISATIONS, "")),
    VOUCHES: (("recipient", PARTIES, "recipient"),),
    VISITS: (("grant", GRANTS, ""),),
}
"""File to (column, file of what it names, the kind that a named party must be of). Units are checked where they are read."""


def unnamed(
    file: str, located: Iterable[Located[Any]], *, known: dict[str, dict[str, Any]]
) -> Iterator[tuple[Located[Any], str, str, Refusal]]:
    """(record, column, file it names, refusal) for every name in `file` that `known` (file to code to record) does not have."""
    for one in located:
        for column, target, kind in NAMED.get(file, ()):
            code = getattr(one.record, column)
            refusal = _refusal(code, target, kind=kind, known=known[target]) if code else None
            if refusal is not None:
                yield one, column, target, refusal


def _refusal(code: str, target: str, *, kind: str, known: dict[str, Any]) -> Refusal | None:
    if code not in known:
        return UNKNOWN[target](code)
    if kind and known[code].kind != kind:
        return PartyOfAnotherKind(party=code, kind=known[code].kind, wanted=kind)
    return None
