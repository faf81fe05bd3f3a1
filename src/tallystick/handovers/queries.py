"""Reading what is said beside the entries of handovers, as core records."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import QuerySet

from tallystick.core.amount import Parts
from tallystick.core.consignment import PackedLine
from tallystick.core.dispute import Dispute, DisputeClosing
from tallystick.core.liability import Liability, LiabilityRecovery
from tallystick.core.overage import Overage, OverageClearing
from tallystick.core.pay_order import PayOrder, PayOrderStep, PayOrderStepSaid
from tallystick.handovers import models
from tallystick.ledger.queries.tallies import taken_back

DISPUTE = ("code", "tally", "claimed_by", "claimed_on", "unit", "amount", "reason")
CLOSING = ("closing__dispute_id", "closing__step", "closing__closed_on", "closing__entry", "closing__entry_at", "closing__note")
OVERAGE = ("code", "tally", "unit", "earmark", "amount", "counted_by", "counted_on", "note")
CLEARING = ("clearing__overage_id", "clearing__step", "clearing__cleared_on", "clearing__entry", "clearing__note")
LIABILITY = ("code", "loss", "lost_at", "unit", "earmark", "cause", "party", "amount", "note")
PAY_ORDER = (
    "code", "office", "number", "payer", "payee", "unit", "amount", "earmark", "purpose", "drawn_on", "grant",
)  # fmt: skip


class Disputed(NamedTuple):
    """A dispute, and how it was closed, if it was."""

    dispute: Dispute
    closing: DisputeClosing | None


class Counted(NamedTuple):
    """An overage, and how it was cleared, if it was."""

    overage: Overage
    clearing: OverageClearing | None


class Answered(NamedTuple):
    """What somebody answers for, and what of it was recovered by entries that stand."""

    liability: Liability
    recovered: int

    @property
    def left(self) -> int:
        return self.liability.amount - self.recovered


class Ordered(NamedTuple):
    """A pay order with its steps, oldest first, and those of its payments' entries that were taken back."""

    order: PayOrder
    steps: tuple[PayOrderStepSaid, ...]
    taken_back: frozenset[str]


def disputed_tallies() -> dict[str, str]:
    """The open dispute of every tally that has one."""
    rows = models.Dispute.objects.filter(closing__isnull=True).order_by("act_id").values_list("tally", "code")
    return dict(rows)


def disputes(*, tally: str = "", code: str = "", is_open: bool = False, most: int | None = None) -> list[Disputed]:
    """Disputes in the order in which they were opened: those of a tally, the one of a code, or all that are open."""
    chosen: QuerySet[models.Dispute] = models.Dispute.objects.order_by("act_id")
    if tally:
        chosen = chosen.filter(tally=tally)
    if code:
        chosen = chosen.filter(code=code)
    if is_open:
        chosen = chosen.filter(closing__isnull=True)
    rows = chosen.values_list(*DISPUTE, *CLOSING)[:most]
    return [Disputed(Dispute(*row[: len(DISPUTE)]), _ended(DisputeClosing, row[len(DISPUTE) :])) for row in rows]


def overages(*, tally: str = "", code: str = "", is_open: bool = False, most: int | None = None) -> list[Counted]:
    """Overages in the order in which they were counted: those of a tally, the one of a code, or all that are open."""
    chosen: QuerySet[models.Overage] = models.Overage.objects.order_by("act_id")
    if tally:
        chosen = chosen.filter(tally=tally)
    if code:
        chosen = chosen.filter(code=code)
    if is_open:
        chosen = chosen.filter(clearing__isnull=True)
    rows = chosen.values_list(*OVERAGE, *CLEARING)[:most]
    return [Counted(Overage(*row[: len(OVERAGE)]), _ended(OverageClearing, row[len(OVERAGE) :])) for row in rows]


def _ended(kind: type[Any], row: tuple[Any, ...]) -> Any:
    return kind(*row) if row[0] is not None else None


def packed_lines(tally: str) -> dict[int, PackedLine]:
    """How each line of a tally's goods is packed, by its place in the dispatch, as it was said last."""
    rows = models.ConsignmentLine.objects.filter(tally=tally).order_by("act_id", "place")
    found = rows.values_list("act_id", "line", "specification", "packaging", "packages")
    last = max((row[0] for row in found), default=0)
    return {row[1]: PackedLine(*row[1:]) for row in found if row[0] == last}


def liabilities(
    *, losses: Collection[str] | None = None, code: str = "", party: str | None = None, most: int | None = None
) -> list[Answered]:
    """Who answers for what: for the losses of these references, under a code, or of one party; two questions."""
    chosen: QuerySet[models.Liability] = models.Liability.objects.order_by("act_id")
    if losses is not None:
        chosen = chosen.filter(loss__in=list(losses))
    if code:
        chosen = chosen.filter(code=code)
    if party is not None:
        chosen = chosen.filter(party=party)
    found = [Liability(*row) for row in chosen.values_list(*LIABILITY)[:most]]
    recovered = _recovered([one.liability for one in found])
    return [Answered(one, recovered[one.liability]) for one in found]


def recoveries(loss: str) -> list[LiabilityRecovery]:
    """The recoveries of a loss that stand, oldest first."""
    rows = models.LiabilityRecovery.objects.filter(liability__loss=loss).order_by("act_id")
    fields = rows.values_list("liability_id", "entry", "amount")
    found = [LiabilityRecovery(code, entry, Parts(amount)) for code, entry, amount in fields]
    gone = taken_back({one.entry for one in found})
    return [one for one in found if one.entry not in gone]


def losses_with_recoveries() -> frozenset[str]:
    """The losses of which something was ever recovered; whether the recoveries still stand, `recoveries` says."""
    return frozenset(models.LiabilityRecovery.objects.values_list("liability__loss", flat=True).distinct())


def _recovered(codes: Collection[str]) -> dict[str, int]:
    rows = list(models.LiabilityRecovery.objects.filter(liability__in=list(codes)).values_list("liability_id", "entry", "amount"))
    gone = taken_back({entry for _, entry, _ in rows})
    recovered: dict[str, int] = defaultdict(int)
    for code, entry, amount in rows:
        if entry not in gone:
            recovered[code] += amount
    return recovered


def pay_orders(*, office: str, code: str = "", before: int | None = None, most: int | None = None) -> list[Ordered]:
    """An office's pay orders, the latest first, below a number; or the one of a code. Three questions."""
    chosen: QuerySet[models.PayOrder] = models.PayOrder.objects.filter(office=office).order_by("-number")
    if code:
        chosen = chosen.filter(code=code)
    if before is not None:
        chosen = chosen.filter(number__lt=before)
    found = [PayOrder(*row) for row in chosen.values_list(*PAY_ORDER)[:most]]
    steps: dict[str, list[PayOrderStepSaid]] = defaultdict(list)
    rows = models.PayOrderStep.objects.filter(pay_order__in=[one.pay_order for one in found]).order_by("act_id")
    for row in rows.values_list("pay_order_id", "step", "said_on", "entry", "reason"):
        steps[row[0]].append(PayOrderStepSaid(*row))
    gone = frozenset(taken_back({one.entry for said in steps.values() for one in said} - {""}))
    return [Ordered(one, tuple(steps[one.pay_order]), gone) for one in found]


def pay_order_numbers(office: str) -> list[int]:
    """Every number of this office's pay orders, void ones included."""
    return list(models.PayOrder.objects.filter(office=office).order_by("number").values_list("number", flat=True))


def last_pay_order(office: str) -> int:
    """The last number that this office gave; 0 before the first."""
    last = models.PayOrder.objects.filter(office=office).order_by("-number").values_list("number", flat=True).first()
    return last or 0


def paid_by(entry: str) -> int | None:
    """The number of the pay order that names this entry as its payment."""
    return (
        models.PayOrderStep.objects.filter(entry=entry, step=PayOrderStep.PAY).values_list("pay_order__number", flat=True).first()
    )
