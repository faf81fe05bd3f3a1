"""What is said beside the entries of handovers: papers of a consignment, disputes, overages, who answers for losses, pay orders."""

from django.db import models
from django.db.models import Q

from tallystick.core import pay_order
from tallystick.core.dispute import DisputeStep
from tallystick.core.overage import OverageStep
from tallystick.handovers.slips import Exhaustion, PayoutLimit, Redemption, Ruling, Slip, SlipTry  # noqa: F401 (their tables)
from tallystick.journal.models import Act

CODE_LENGTH = 80  # a reference and a number behind it


class ConsignmentLine(models.Model):
    """How one line of a dispatch is described and packed; of several acts about a tally the last one counts."""

    pk = models.CompositePrimaryKey("act_id", "place")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    place = models.SmallIntegerField()
    tally = models.CharField(max_length=64, db_index=True)
    line = models.IntegerField()  # of the dispatch
    specification = models.TextField(blank=True)
    packaging = models.TextField(blank=True)
    packages = models.IntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(packages__gte=0), name="consignment_line_packages_are_some")]

    def __str__(self) -> str:
        return f"line {self.line} of {self.tally}"


class Dispute(models.Model):
    """A claim about a tally, which keeps everything of it where it lies until the claim is closed."""

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    tally = models.CharField(max_length=64, db_index=True)
    claimed_by = models.CharField(max_length=64)
    claimed_on = models.DateField()
    unit = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    reason = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="dispute_amount_is_positive")]

    def __str__(self) -> str:
        return self.code


class DisputeClosing(models.Model):
    """How a dispute ended; each ends once."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="closing")
    step = models.CharField(max_length=20)
    closed_on = models.DateField()
    entry = models.CharField(max_length=64, blank=True)
    entry_at = models.CharField(max_length=32, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=list(map(str, DisputeStep))), name="dispute_closing_step_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.dispute_id}: {self.step}"


class Overage(models.Model):
    """What was counted above the waybill; no entry, for the books cannot receive what was not sent."""

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    tally = models.CharField(max_length=64, db_index=True)
    unit = models.CharField(max_length=64)
    earmark = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    counted_by = models.CharField(max_length=64)
    counted_on = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="overage_amount_is_positive")]

    def __str__(self) -> str:
        return self.code


class OverageClearing(models.Model):
    """How an overage ended; each ends once."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    overage = models.OneToOneField(Overage, models.PROTECT, related_name="clearing")
    step = models.CharField(max_length=20)
    cleared_on = models.DateField()
    entry = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=list(map(str, OverageStep))), name="overage_clearing_step_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.overage_id}: {self.step}"


class Liability(models.Model):
    """What one party answers for of a loss; nobody where the programme bears it."""

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    loss = models.CharField(max_length=64, db_index=True)
    lost_at = models.CharField(max_length=32)
    unit = models.CharField(max_length=64)
    earmark = models.CharField(max_length=64)
    cause = models.CharField(max_length=20)
    party = models.CharField(max_length=64, blank=True, db_index=True)
    amount = models.BigIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="liability_amount_is_positive")]

    def __str__(self) -> str:
        return self.code


class LiabilityRecovery(models.Model):
    """An entry that brought back a part of what somebody answers for."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    liability = models.ForeignKey(Liability, models.PROTECT, related_name="recoveries")
    entry = models.CharField(max_length=64, unique=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="liability_recovery_is_positive")]

    def __str__(self) -> str:
        return f"{self.entry} for {self.liability_id}"


class PayOrder(models.Model):
    """A written order to a custodian to pay; an office numbers its own from 1 on, each number once."""

    code = models.CharField(max_length=CODE_LENGTH, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    office = models.CharField(max_length=16)
    number = models.IntegerField()
    payer = models.CharField(max_length=64)
    payee = models.CharField(max_length=64)
    unit = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    earmark = models.CharField(max_length=64)
    purpose = models.TextField()
    drawn_on = models.DateField()
    grant = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["office", "number"], name="pay_order_number_is_taken_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="pay_order_numbers_begin_at_1"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="pay_order_amount_is_positive"),
        ]

    def __str__(self) -> str:
        return f"pay order {self.number} of {self.office}"


class PayOrderStep(models.Model):
    """A step of a pay order; it is issued once and made void once, and paid anew only where the payment was taken back."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    pay_order = models.ForeignKey(PayOrder, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    said_on = models.DateField()
    entry = models.CharField(max_length=64, blank=True, db_index=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=list(map(str, pay_order.PayOrderStep))), name="pay_order_step_is_known"),
            models.UniqueConstraint(
                fields=["pay_order", "step"], condition=~Q(step=pay_order.PayOrderStep.PAY), name="pay_order_step_is_taken_once"
            ),
            models.CheckConstraint(
                condition=~Q(step=pay_order.PayOrderStep.MAKE_VOID) | ~Q(reason=""), name="pay_order_void_has_a_reason"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.pay_order_id}: {self.step}"
