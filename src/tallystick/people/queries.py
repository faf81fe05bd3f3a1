"""Reading the parties as core records, in the order in which they were made."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from tallystick.core.amount import Parts
from tallystick.core.party import HoldingLimit as Limit
from tallystick.core.party import Party as PartyRecord
from tallystick.journal.bulk import among
from tallystick.people.models import HoldingLimit, Party


def parties(*, codes: Iterable[str] | None = None, using: str = "default") -> dict[str, PartyRecord]:
    """Every party, or those named in `codes` that are known, by code, in the order of their acts."""
    chosen, limited = Party.objects.using(using), HoldingLimit.objects.using(using)
    if codes is not None:
        condition, value = among(codes)
        chosen = chosen.extra(where=[f"code {condition}"], params=[value])
        limited = limited.extra(where=[f"party_id {condition}"], params=[value])
    limits = defaultdict(list)
    for party, unit, amount in limited.order_by("party_id", "place").values_list("party_id", "unit", "amount"):
        limits[party].append(Limit(unit, Parts(amount)))
    rows = chosen.order_by("act_id").values_list("code", "kind", "place", "note")
    return {
        code: PartyRecord(party=code, kind=kind, place=place, holding_limit=tuple(limits[code]), note=note)
        for code, kind, place, note in rows
    }


def parties_after(code: str, *, kind: str, most: int) -> list[PartyRecord]:
    """So many parties of this kind, or of any where it is empty, that follow this code in the order in which the database sorts."""
    chosen = Party.objects.filter(code__gt=code)
    if kind:
        chosen = chosen.filter(kind=kind)
    codes = list(chosen.order_by("code").values_list("code", flat=True)[:most])
    found = parties(codes=codes)
    return [found[one] for one in codes]


def codes_of(kinds: Collection[str], *, most: int) -> list[str]:
    """The first so many codes of the parties of these kinds, in the order in which the database sorts; one question."""
    return list(Party.objects.filter(kind__in=kinds).order_by("code").values_list("code", flat=True)[:most])
