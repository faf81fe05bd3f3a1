"""Reading the grants as core records, in the order in which they were promised, and the terms under which each stands."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count

from tallystick.core.amount import Parts
from tallystick.core.grant import Grant as GrantRecord
from tallystick.core.promise import Progress, Terms
from tallystick.core.tranche import Tranche
from tallystick.grants.models import Cancellation, Grant, TrancheRelease
from tallystick.journal.asking import ask
from tallystick.journal.bulk import among
from tallystick.ledger.queries.payouts import is_on_the_road, last_paid_on, paid_under

FIELDS = ("code", "recipient_id", "venture", "earmark", "authorisation", "unit", "amount", "tranches")
# A row for each tranche that was planned, and one for a grant without a plan.
TERMS = f"""
    SELECT {", ".join(f"g.{field}" for field in FIELDS)}, t.amount, t.condition, r.number,
           CASE WHEN c.act_id IS NULL THEN 0 ELSE 1 END
      FROM grants_grant g
      LEFT JOIN grants_tranche t ON t.grant_id = g.code
      LEFT JOIN grants_trancherelease r ON r.grant_id = t.grant_id AND r.number = t.number
      LEFT JOIN grants_cancellation c ON c.grant_id = g.code
     WHERE g.code {{among}}
     ORDER BY g.act_id, t.number
"""


def grants(*, codes: Iterable[str] | None = None, using: str = "default") -> dict[str, GrantRecord]:
    """Every grant, or those named in `codes` that are known, by code."""
    chosen = Grant.objects.using(using)
    if codes is not None:
        condition, value = among(codes)
        chosen = chosen.extra(where=[f"code {condition}"], params=[value])
    return {row[0]: GrantRecord(*row) for row in chosen.order_by("act_id").values_list(*FIELDS)}


def terms(codes: Collection[str]) -> dict[str, Terms]:
    """Those of these grants that are known with all that was said of them, by code; one question."""
    condition, value = among(codes)
    rows = ask(TERMS.format(among=condition), [value])()
    known: dict[str, GrantRecord] = {}
    planned: dict[str, list[Tranche]] = {}
    released: dict[str, set[int]] = {}
    cancelled = set()
    for row in rows:
        code, amount, waits_for, number, is_cancelled = row[0], *row[len(FIELDS) :]
        if code not in known:
            known[code], planned[code], released[code] = GrantRecord(*row[: len(FIELDS)]), [], set()
        if amount is not None:
            planned[code].append(Tranche(Parts(amount), waits_for))
        if number is not None:
            released[code].add(number)
        if is_cancelled:
            cancelled.add(code)
    return {
        code: Terms(grant, tuple(planned[code]), frozenset(released[code]), is_cancelled=code in cancelled)
        for code, grant in known.items()
    }


def terms_of(code: str) -> Terms | None:
    """The terms of one grant; None where there is none of this code."""
    return terms([code]).get(code)


def reason_of_cancelling(code: str) -> str:
    """Why a grant was cancelled; empty where it was not."""
    return Cancellation.objects.filter(grant=code).values_list("reason", flat=True).first() or ""


def released_without_visit(code: str) -> dict[int, str]:
    """Tranche to why it was released without the visit that it waited for."""
    rows = TrancheRelease.objects.filter(grant=code, without_visit__isnull=False).order_by("number")
    return {number: why for number, why in rows.values_list("number", "without_visit") if why is not None}


def paid_of(terms: Terms) -> int:
    """What stands paid under a grant, in the unit promised."""
    grant = terms.grant
    return paid_under([grant.grant]).get((grant.grant, grant.unit), 0)


def progress_of(terms: Terms, *, last_visited_on: date | None) -> Progress:
    """What the books tell of a grant by now, with the day of the last visit that was reported."""
    grant = terms.grant.grant
    return Progress(
        paid=paid_of(terms),
        last_paid_on=last_paid_on(grant),
        is_on_the_road=is_on_the_road(grant),
        last_visited_on=last_visited_on,
    )


def grant_codes_after(code: str = "", *, most: int, recipient: str = "") -> list[str]:
    """The codes of grants past one of them, in the database's order; at most so many."""
    chosen = Grant.objects.filter(code__gt=code)
    chosen = chosen.filter(recipient=recipient) if recipient else chosen
    return list(chosen.order_by("code").values_list("code", flat=True)[:most])


def grant_counts() -> dict[str, int]:
    """How many grants were promised out of each earmark; one question."""
    counted = Grant.objects.order_by().values_list("earmark").annotate(count=Count("code"))
    return dict(counted.values_list("earmark", "count"))
