"""Reading the grants as core records, in the order in which they were promised."""

from collections.abc import Iterable

from django.db.models import Count

from tallystick.core.grant import Grant as GrantRecord
from tallystick.grants.models import Grant
from tallystick.journal.bulk import among

FIELDS = ("code", "recipient_id", "venture", "earmark", "authorisation", "unit", "amount", "tranches")


def grants(*, codes: Iterable[str] | None = None, using: str = "default") -> dict[str, GrantRecord]:
    """Every grant, or those named in `codes` that are known, by code."""
    chosen = Grant.objects.using(using)
    if codes is not None:
        condition, value = among(codes)
        chosen = chosen.extra(where=[f"code {condition}"], params=[value])
    return {row[0]: GrantRecord(*row) for row in chosen.order_by("act_id").values_list(*FIELDS)}


def grant_counts() -> dict[str, int]:
    """How many grants were promised out of each earmark; one question."""
    counted = Grant.objects.order_by().values_list("earmark").annotate(count=Count("code"))
    return dict(counted.values_list("earmark", "count"))
