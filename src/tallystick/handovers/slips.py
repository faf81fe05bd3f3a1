"""Slips and what came of them. No table holds a code: `Slip.digest` is all that is kept of one (vault/codes.py)."""

from django.db import models
from django.db.models import F, Q

from tallystick.core.member import NAME_LENGTH
from tallystick.journal.models import Act

NAME_OF_SLIP = 16  # characters


class Slip(models.Model):
    """A code that was given out: for a recipient's claim to a tranche, or as one half of a tally."""

    code = models.CharField(max_length=NAME_OF_SLIP, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=8)
    subject = models.CharField(max_length=64, db_index=True)
    holder = models.CharField(max_length=64)
    valid_until = models.DateField()
    issued_by = models.CharField(max_length=NAME_LENGTH)
    issued_at = models.CharField(max_length=32)
    digest = models.CharField(max_length=128)
    tranche = models.IntegerField()
    amount = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gt=0), name="slip_amount_is_positive")]

    def __str__(self) -> str:
        return f"{self.code}, {self.purpose} of {self.subject}"


class Redemption(models.Model):
    """A slip that has served; its key is the slip, so that none serves twice. Who gave it out is never who confirmed it."""

    slip = models.OneToOneField(Slip, models.PROTECT, related_name="redemption", primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    issued_by = models.CharField(max_length=NAME_LENGTH)
    confirmed_by = models.CharField(max_length=NAME_LENGTH)
    agreed_by = models.CharField(max_length=NAME_LENGTH, blank=True)
    happened_at = models.CharField(max_length=40)  # by the clock there, as it was told
    recorded_at = models.CharField(max_length=32)
    entry = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(issued_by=F("confirmed_by")), name="slip_issuer_never_confirms"),
            models.CheckConstraint(condition=~Q(issued_by=F("agreed_by")), name="slip_issuer_never_agrees"),
        ]

    def __str__(self) -> str:
        return f"{self.slip_id}, confirmed by {self.confirmed_by}"


class Exhaustion(models.Model):
    """Five wrong codes for one slip: it is frozen until somebody decides."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="exhaustions")
    tries = models.IntegerField()
    last_by = models.CharField(max_length=NAME_LENGTH)

    def __str__(self) -> str:
        return f"{self.slip_id}, after {self.tries} wrong codes"


class Ruling(models.Model):
    """What two people decided of a slip: it serves again, or it is void."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="rulings")
    ruling = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"{self.slip_id}: {self.ruling}"


class SlipTry(models.Model):
    """A wrong code that was shown for a slip: who typed it and when, never what. No act; the fifth says one."""

    slip = models.ForeignKey(Slip, models.PROTECT, related_name="tries")
    round = models.IntegerField()  # how often the slip had been frozen before
    tried_by = models.CharField(max_length=NAME_LENGTH)
    tried_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.slip_id}, tried by {self.tried_by}"


class PayoutLimit(models.Model):
    """The most of a unit that one person may pay out; the last one said by an office counts there."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    unit = models.CharField(max_length=64)
    amount = models.BigIntegerField(null=True)  # none where the limit was lifted

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="payout_limit_is_not_negative")
        ]

    def __str__(self) -> str:
        return f"one person pays out at most {self.amount} parts of {self.unit}"
