"""Grants and parties, for programs that read."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from tallystick.api.answers import REFUSED, NothingThere
from tallystick.api.paging import Code, Most, page_of
from tallystick.api.shown import Units
from tallystick.core.amount import show_amount
from tallystick.core.grant import Grant
from tallystick.core.party import Party
from tallystick.grants.queries import grant_codes_after, grants
from tallystick.ledger.queries.records import units
from tallystick.people.queries import parties, party_codes_after

router = Router(tags=["grants and parties"])


class GrantTold(BaseModel):
    """What was promised to whom, out of which earmark, in how many tranches."""

    grant: str
    recipient: str
    venture: str
    earmark: str
    authorisation: str
    unit: str
    amount: str
    tranches: int


class Grants(BaseModel):
    items: list[GrantTold]
    next: str | None


class LimitTold(BaseModel):
    unit: str
    amount: str


class PartyTold(BaseModel):
    """Anyone in the books, under a code name."""

    party: str
    kind: str
    place: str
    holding_limits: list[LimitTold]


class Parties(BaseModel):
    items: list[PartyTold]
    next: str | None


@router.get("/grants", url_name="api-grants", operation_id="list_grants", response={200: Grants, **REFUSED})
def list_grants(request: HttpRequest, *, recipient: Code = "", after: Code = "", most: Most = 100) -> dict[str, Any]:
    """The grants by code; of one recipient where one is named."""
    codes, more = page_of(grant_codes_after(after, most=most + 1, recipient=recipient), most)
    found, known = grants(codes=codes), units()
    return {"items": [_grant(found[code], known) for code in codes], "next": codes[-1] if more else None}


@router.get("/grants/{path:code}", url_name="api-grant", operation_id="read_grant", response={200: GrantTold, **REFUSED})
def grant(request: HttpRequest, code: Code) -> dict[str, Any]:
    """One grant as it was promised; `trace` says what became of it."""
    found = grants(codes=[code]).get(code)
    if found is None:
        raise NothingThere
    return _grant(found, units())


@router.get("/parties", url_name="api-parties", operation_id="list_parties", response={200: Parties, **REFUSED})
def list_parties(request: HttpRequest, *, kind: Code = "", after: Code = "", most: Most = 100) -> dict[str, Any]:
    """The parties by code; of one kind, such as custodian:agent, where one is named."""
    codes, more = page_of(party_codes_after(after, most=most + 1, kind=kind), most)
    found, known = parties(codes=codes), units()
    return {"items": [_party(found[code], known) for code in codes], "next": codes[-1] if more else None}


@router.get("/parties/{path:code}", url_name="api-party", operation_id="read_party", response={200: PartyTold, **REFUSED})
def party(request: HttpRequest, code: Code) -> dict[str, Any]:
    """One party."""
    found = parties(codes=[code]).get(code)
    if found is None:
        raise NothingThere
    return _party(found, units())


def _grant(found: Grant, known: Units) -> dict[str, Any]:
    return {
        "grant": found.grant, "recipient": found.recipient, "venture": found.venture, "earmark": found.earmark,
        "authorisation": found.authorisation, "unit": found.unit, "amount": show_amount(found.amount, known[found.unit].places),
        "tranches": found.tranches,
    }  # fmt: skip


def _party(found: Party, known: Units) -> dict[str, Any]:
    limits = [
        {"unit": limit.unit, "amount": show_amount(limit.amount, known[limit.unit].places)} for limit in found.holding_limit
    ]
    return {"party": found.party, "kind": found.kind, "place": found.place, "holding_limits": limits}
