"""What the books hold, for programs that read: the programme, the head, holdings, tallies, entries, grants, parties, traces."""

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from tallystick.api.answers import REFUSED, NothingThere
from tallystick.api.paging import AfterNumber, Code, Cursor, Most, cursor_of, key_after, page_of
from tallystick.api.shown import EntryTold, HeldTold, SignOffTold, entry_told, held_told, moment
from tallystick.bundles.verify.heads import last_head, unsigned_count
from tallystick.core.amount import show_amount
from tallystick.core.custody.book import Key
from tallystick.core.head import head_text
from tallystick.core.moment import read_moment
from tallystick.core.record import fields_of
from tallystick.journal.queries import is_rehearsal
from tallystick.ledger.queries.balances import Balance
from tallystick.ledger.queries.holdings import held_at
from tallystick.ledger.queries.paged import entries_after
from tallystick.ledger.queries.paged import held_after as held_page
from tallystick.ledger.queries.records import programme as opened_programme
from tallystick.ledger.queries.records import units
from tallystick.ledger.queries.state import entries_of
from tallystick.reports.holdings import OpenTally, open_tallies
from tallystick.reports.trace import trace as traced
from tallystick.reports.trace import trace_document
from tallystick.staff.queries import sign_offs
from tallystick.vault.keys import unlocked

router = Router(tags=["books"])


class UnitTold(BaseModel):
    """`places` is how many decimals amounts of it have."""

    unit: str
    kind: str
    places: int
    name: str
    hs_code: str


class ProgrammeTold(BaseModel):
    """What the books are kept for; everything but `rehearsal` and `units` is null before a programme is taken in."""

    rehearsal: bool
    name: str | None
    home: str | None
    reporting_unit: str | None
    opened: str | None
    units: list[UnitTold]


class HeadTold(BaseModel):
    """What the office signed last; `text` is what tallystick verify --against holds the books to."""

    office: str
    acts: int
    unsigned: int
    head: str
    root: str
    signed_at: str
    public_key: str
    signature: str
    text: str


class Holdings(BaseModel):
    items: list[HeldTold]
    next: str | None


class TallyTold(BaseModel):
    """What was dispatched and has not all been received, lost or returned; `amount` is what is still on the road."""

    reference: str
    giver: str
    carrier: str
    unit: str
    earmark: str
    grant: str
    amount: str
    dispatched_at: str


class Tallies(BaseModel):
    items: list[TallyTold]
    next: str | None


class Entries(BaseModel):
    items: list[EntryTold]
    next: int | None


class EntriesNamed(BaseModel):
    """Everything that stands under one reference, and who signed it off."""

    entries: list[EntryTold]
    sign_offs: list[SignOffTold]


class TraceTold(BaseModel):
    code: str
    trace: dict[str, Any]


@router.get("/programme", url_name="api-programme", operation_id="read_programme", response={200: ProgrammeTold, **REFUSED})
def programme(request: HttpRequest) -> dict[str, Any]:
    """What the books are kept for, and the units that amounts are in."""
    opened = opened_programme()
    told: dict[str, Any] = dict.fromkeys(("name", "home", "reporting_unit", "opened"))
    if opened is not None:
        told = {
            "name": opened.name, "home": opened.home, "reporting_unit": opened.reporting_unit,
            "opened": opened.opened.isoformat(),
        }  # fmt: skip
    known = [
        {"unit": one.unit, "kind": one.kind, "places": one.places, "name": one.name, "hs_code": one.hs_code}
        for one in units().values()
    ]
    return told | {"rehearsal": is_rehearsal() or bool(opened and opened.rehearsal), "units": known}


@router.get("/head", url_name="api-head", operation_id="read_head", response={200: HeadTold, **REFUSED})
def head(request: HttpRequest) -> dict[str, Any]:
    """What this office signed last: keep it where these books are not."""
    keyring = unlocked()
    signed = last_head(keyring.office, keyring.public_key)
    return {
        "office": signed.office, "acts": signed.number, "unsigned": unsigned_count(signed), "head": signed.head.hex(),
        "root": signed.root.hex(), "signed_at": signed.signed_at, "public_key": signed.public_key.hex(),
        "signature": signed.signature.hex(), "text": head_text(signed),
    }  # fmt: skip


@router.get("/holdings", url_name="api-holdings", operation_id="list_holdings", response={200: Holdings, **REFUSED})
def holdings(
    request: HttpRequest,
    *,
    holder: Code = "",
    unit: Code = "",
    earmark: Code = "",
    at: str = "",
    after: Cursor = "",
    most: Most = 100,
) -> dict[str, Any]:
    """Who holds what, now or `at` a moment (which reads every move up to it); of one holder, unit or earmark where one is named."""
    wanted = {"holder": holder, "unit": unit, "earmark": earmark}
    start, known = key_after(after), units()
    held = _held_at(at, wanted)[:] if at else held_page(start, most=most + 1, **wanted)
    if at:
        held = [one for one in held if one[:3] > start][: most + 1]
    items, more = page_of(held, most)
    return {"items": held_told(items, known), "next": cursor_of(items[-1][:3]) if more else None}


def _held_at(at: str, wanted: dict[str, str]) -> list[Balance]:
    """What was held at that moment of the world, in code point order. Raises MomentUnreadable and its like."""
    held = held_at(read_moment(at))
    asked = [wanted["holder"], wanted["unit"], wanted["earmark"]]
    return [
        Balance(*key, one.amount)
        for key, one in sorted(held.items())
        if all(want in ("", said) for want, said in zip(asked, key, strict=True))
    ]


@router.get("/tallies", url_name="api-tallies", operation_id="list_tallies", response={200: Tallies, **REFUSED})
def tallies(
    request: HttpRequest, *, carrier: Code = "", unit: Code = "", earmark: Code = "", after: Cursor = "", most: Most = 100
) -> dict[str, Any]:
    """What is on the road, by reference, unit and earmark."""
    asked, start = {"carrier": carrier, "unit": unit, "earmark": earmark}, key_after(after)
    found = sorted(
        (one for one in open_tallies() if all(want in ("", getattr(one, name)) for name, want in asked.items())),
        key=_tally_key,
    )
    items, more = page_of([one for one in found if _tally_key(one) > start][: most + 1], most)
    told = [
        {
            "reference": one.reference, "giver": one.giver, "carrier": one.carrier, "unit": one.unit, "earmark": one.earmark,
            "grant": one.grant, "amount": show_amount(one.amount, one.places), "dispatched_at": moment(one.dispatched_at),
        }
        for one in items
    ]  # fmt: skip
    return {"items": told, "next": cursor_of(_tally_key(items[-1])) if more else None}


def _tally_key(one: OpenTally) -> Key:
    """A tally may carry several units, for several earmarks."""
    return one.reference, one.unit, one.earmark


@router.get("/entries", url_name="api-entries", operation_id="list_entries", response={200: Entries, **REFUSED})
def entries(request: HttpRequest, *, after: AfterNumber = 0, most: Most = 100) -> dict[str, Any]:
    """Every entry, in the order in which the books took them in: whoever keeps `next` reads on from there tomorrow."""
    items, more = page_of(entries_after(after, most=most + 1), most)
    known = units()
    return {"items": [entry_told(posted, known) for _, posted in items], "next": items[-1][0] if more else None}


@router.get("/entries/{path:reference}", url_name="api-entry", operation_id="read_entry", response={200: EntriesNamed, **REFUSED})
def entry(request: HttpRequest, reference: Code) -> dict[str, Any]:
    """Everything that stands under one reference."""
    standing = list(entries_of(reference=reference))
    if not standing:
        raise NothingThere
    known = units()
    signed = [{name: said for name, said in fields_of(one).items() if name != "subject"} for one in sign_offs(reference)]
    return {"entries": [entry_told(posted, known) for posted in standing], "sign_offs": signed}


@router.get("/trace/{path:code}", url_name="api-trace", operation_id="read_trace", response={200: TraceTold, **REFUSED})
def trace(request: HttpRequest, code: Code) -> dict[str, Any]:
    """An earmark to its payouts, a grant back to its gifts, a tally to its other half, move by move."""
    found = traced(code)
    return {"code": found.code, "trace": trace_document(found)}
