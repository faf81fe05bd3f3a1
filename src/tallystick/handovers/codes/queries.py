"""Reading slips with all that was said of them since, and the limits on what one person may pay out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tallystick.core.amount import Parts
from tallystick.core.payout import PayoutLimit as PayoutLimitRecord
from tallystick.core.slip import Purpose, RulingKind, SlipState, Standing
from tallystick.core.slip import Redemption as RedemptionRecord
from tallystick.core.slip import Slip as SlipRecord
from tallystick.handovers.slips import Exhaustion, PayoutLimit, Ruling, Slip, SlipTry
from tallystick.journal.models import Act
from tallystick.ledger.queries.state import entries_of
from tallystick.ledger.queries.tallies import taken_back


@dataclass(frozen=True, slots=True)
class Found:
    """A slip as it stands, the office that gave it out, and how often it was frozen."""

    standing: Standing
    office: str
    exhausted: int


@dataclass(frozen=True, slots=True)
class Tried:
    """A wrong code: who typed it, and when."""

    tried_by: str
    tried_at: datetime


def slip_named(name: str) -> Found | None:
    """The slip of this name, if there is one."""
    return next(iter(_found(Slip.objects.filter(pk=name))), None)


def slips_for(subject: str, *, purposes: Collection[Purpose]) -> list[Standing]:
    """Every slip that was ever given out for this grant or tally and is good for one of these, the oldest first."""
    rows = Slip.objects.filter(subject=subject, purpose__in=list(map(str, purposes))).order_by("act_id")
    return [one.standing for one in _found(rows)]


def slips_listed(
    *, subject: str = "", state: SlipState | None = None, today: date, most: int, at: str = "", is_back: bool = False
) -> list[Standing]:
    """The slips of one subject or slip name, or of all, in this state or in any, the latest first; `most` of them.

    Those that follow the slip of the name `at`, or going back from it.
    """
    chosen = Slip.objects.order_by("act_id" if is_back else "-act_id")
    if at:
        chosen = chosen.filter(**{f"act_id__{'gt' if is_back else 'lt'}": Slip.objects.filter(pk=at).values("act_id")})
    if subject:
        chosen = chosen.filter(Q(subject=subject) | Q(pk=subject.upper()))
    rows = _counted(chosen) if state is None else _in_state(chosen, state, today=today)
    return [one.standing for one in _found(rows[:most], is_counted=True)]


def frozen_count() -> int:
    """How many slips wait for somebody to decide."""
    return _in_state(Slip.objects.all(), SlipState.FROZEN).count()


def is_name_taken(name: str) -> bool:
    return Slip.objects.filter(pk=name).exists()


def tries_of(slip: str) -> list[Tried]:
    """Every wrong code that was shown for this slip, the latest first."""
    return [Tried(*row) for row in SlipTry.objects.filter(slip=slip).order_by("-id").values_list("tried_by", "tried_at")]


def payout_limits(office: str) -> dict[str, PayoutLimitRecord]:
    """The most of each unit that one person of this office may pay out; units without a limit are left out."""
    rows = PayoutLimit.objects.filter(act__office=office).order_by("act_id").values_list("unit", "amount")
    said = {unit: PayoutLimitRecord(unit, None if amount is None else Parts(amount)) for unit, amount in rows}
    return {unit: limit for unit, limit in sorted(said.items()) if limit.amount is not None}


def ends_of_tally(reference: str) -> tuple[str, str] | None:
    """(who gives, who is to take) of the tally that was dispatched under this reference; None where none was."""
    for posted in entries_of(reference=reference):
        for move in posted.moves:
            if move.kind == "dispatch":
                return move.giver, move.named
    return None


def _counted(rows: QuerySet[Slip]) -> QuerySet[Any]:
    """The slips with what was said of each."""
    return rows.select_related("redemption").annotate(
        office=Subquery(Act.objects.filter(pk=OuterRef("act_id")).values("office"), output_field=CharField()),
        exhausted=_count(Exhaustion.objects.filter(slip=OuterRef("pk"))),
        unfrozen=_count(Ruling.objects.filter(slip=OuterRef("pk"), ruling=RulingKind.UNFREEZE)),
        is_void=Exists(Ruling.objects.filter(slip=OuterRef("pk"), ruling=RulingKind.VOID)),
        wrong=_count(SlipTry.objects.filter(slip=OuterRef("pk"), round=OuterRef("exhausted"))),
    )


def _count(rows: QuerySet[Any]) -> Any:
    counted = rows.order_by().values("slip").annotate(count=Count("*")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _in_state(chosen: QuerySet[Slip], state: SlipState, *, today: date | None = None) -> QuerySet[Any]:
    """Those of the slips that are in this state. Frozen and void ones are few, and found by what was said of them."""
    if state in (SlipState.USED, SlipState.REVERSED):  # which of the two, the entries say; pages ask for both as one
        return _counted(chosen.filter(redemption__isnull=False))
    if state is SlipState.VOID:
        return _counted(chosen.filter(pk__in=Ruling.objects.filter(ruling=RulingKind.VOID).values("slip")))
    if state is SlipState.FROZEN:
        chosen = chosen.filter(pk__in=Exhaustion.objects.values("slip"))
        return _counted(chosen).filter(redemption__isnull=True, is_void=False, exhausted__gt=F("unfrozen"))
    chosen = chosen.filter(valid_until__lt=today) if state is SlipState.LAPSED else chosen.filter(valid_until__gte=today)
    return _counted(chosen).filter(redemption__isnull=True, is_void=False, exhausted__lte=F("unfrozen"))


def _found(rows: Iterable[Any], *, is_counted: bool = False) -> list[Found]:
    counted = list(rows if is_counted else _counted(rows))  # type: ignore[arg-type]
    paid = {row.redemption.entry for row in counted if hasattr(row, "redemption")} - {""}
    gone = taken_back(paid) if paid else {}
    return [Found(_standing(row, gone=gone), row.office, exhausted=row.exhausted) for row in counted]


def _standing(row: Any, *, gone: Mapping[str, str]) -> Standing:
    slip = SlipRecord(
        row.code, row.purpose, row.subject, row.holder, row.valid_until, row.issued_by, row.issued_at, row.digest,
        tranche=row.tranche, amount=None if row.amount is None else Parts(row.amount),
    )  # fmt: skip
    served = getattr(row, "redemption", None)
    used = served and RedemptionRecord(
        row.code, served.issued_by, served.confirmed_by, served.happened_at, served.recorded_at,
        agreed_by=served.agreed_by, entry=served.entry,
    )  # fmt: skip
    return Standing(
        slip, used, is_void=row.is_void, is_frozen=row.exhausted > row.unfrozen, wrong=row.wrong,
        taken_back_by=gone.get(used.entry, "") if used else "",
    )  # fmt: skip
