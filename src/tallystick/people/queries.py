"""Reading the parties as core records, in the order in which they were made; with what each may hold now, or as they were made."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet, SmallIntegerField, Value

from tallystick.core.amount import Parts
from tallystick.core.party import HoldingLimit as Limit
from tallystick.core.party import Party as PartyRecord
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.people.models import HoldingLimit, LaterLimit, Party

LIMIT = ("party_id", "unit", "amount", "act_id", "place")


def parties(*, codes: Iterable[str] | None = None, using: str = "default") -> dict[str, PartyRecord]:
    """Every party, or those named in `codes` that are known, by code, in the order of their acts, with what it may hold now.

    A limit that was set later stands in the place of the one that the party was made with.
    """
    codes = None if codes is None else list(codes)
    later = _of(LaterLimit.objects.using(using), "party_id", codes=codes).annotate(place=Value(0, SmallIntegerField()))
    limits = _of(HoldingLimit.objects.using(using), "party_id", codes=codes).values_list(*LIMIT)
    return _parties(limits.union(later.values_list(*LIMIT), all=True), codes=codes, using=using)


def parties_as_made(*, codes: Iterable[str] | None = None, using: str = "default") -> dict[str, PartyRecord]:
    """The same as a programme folder says them: with the limits that they were made with."""
    codes = None if codes is None else list(codes)
    limits = _of(HoldingLimit.objects.using(using), "party_id", codes=codes).values_list(*LIMIT)
    return _parties(limits, codes=codes, using=using)


def listed_codes(*, containing: str = "", kinds: Collection[str] = (), after: str = "", most: int = 50) -> list[str]:
    """The codes of parties that contain this text and are of these kinds, past one of them, in the order of the alphabet."""
    rows = Party.objects.all()
    if containing:
        rows = rows.filter(code__icontains=containing)
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    if after:
        rows = rows.filter(code__gt=after)
    return list(rows.order_by("code").values_list("code", flat=True)[:most])


def _of(rows: "QuerySet[Any]", column: str, *, codes: list[str] | None) -> "QuerySet[Any]":
    """The rows of these parties, or all."""
    if codes is None:
        return rows
    condition, value = among(codes)
    return rows.extra(where=[f"{column} {condition}"], params=[value])


def _parties(limits: "QuerySet[Any]", *, codes: list[str] | None, using: str) -> dict[str, PartyRecord]:
    """The parties with these limits; of several for one unit the last one said counts."""
    held: dict[str, dict[str, Limit]] = defaultdict(dict)
    for party, unit, amount, _act, _place in limits.order_by("act_id", "place"):
        held[party].pop(unit, None)
        if amount is not None:
            held[party][unit] = Limit(unit, Parts(amount))
    rows = _of(Party.objects.using(using), "code", codes=codes).order_by("act_id").values_list("code", "kind", "place", "note")
    return {
        code: PartyRecord(party=code, kind=kind, place=place, holding_limit=tuple(held[code].values()), note=note)
        for code, kind, place, note in rows
    }


def kinds_of(codes: Iterable[str] | None = None) -> dict[str, str]:
    """The kind of every party, or of those named in `codes` that are known, by code; one question."""
    if codes is None:
        return {code: str(kind) for code, kind in ask("SELECT code, kind FROM people_party")()}
    condition, value = among(sorted(codes))
    return {code: str(kind) for code, kind in ask(f"SELECT code, kind FROM people_party WHERE code {condition}", [value])()}


def party_codes_after(code: str = "", *, most: int, kind: str = "") -> list[str]:
    """The codes of parties past one of them, in the database's order; at most so many."""
    chosen = Party.objects.filter(code__gt=code)
    chosen = chosen.filter(kind=kind) if kind else chosen
    return list(chosen.order_by("code").values_list("code", flat=True)[:most])


def codes_of(kinds: Collection[str], *, most: int) -> list[str]:
    """The first so many codes of the parties of these kinds, in the order in which the database sorts; one question."""
    return list(Party.objects.filter(kind__in=kinds).order_by("code").values_list("code", flat=True)[:most])
