"""The legs that corridors are made of and their tariffs; what was agreed with the custodians who carry on them."""

from django.db import models

from tallystick.journal.models import Act
from tallystick.people.models import Party


class Leg(models.Model):
    """One hop from place to place; what it costs, how long it takes and the most it carries at once."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    from_place = models.TextField()
    to_place = models.TextField()
    mode = models.TextField()
    commission_ppm = models.IntegerField()  # parts per million of what is carried
    commission_fixed = models.BigIntegerField()
    unit = models.CharField(max_length=64)
    days = models.IntegerField()
    limit_each = models.BigIntegerField(null=True)
    authorisation = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.code


class Tariff(models.Model):
    """What a leg costs from a day on; of those that hold on a day the last one said counts."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    leg = models.ForeignKey(Leg, models.PROTECT, related_name="tariffs")
    valid_from = models.DateField()
    commission_ppm = models.IntegerField()
    commission_fixed = models.BigIntegerField()
    days = models.IntegerField()
    valid_until = models.DateField(null=True)
    limit_each = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.leg_id} from {self.valid_from}"


class Agreement(models.Model):
    """On what terms a custodian holds value for us, from one day until another."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    custodian = models.ForeignKey(Party, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    commission_ppm = models.IntegerField()
    confirm_first = models.BooleanField()
    valid_until = models.DateField(null=True)
    leg = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"with {self.custodian_id} from {self.valid_from}"


class AgreedLoss(models.Model):
    """Who bears a loss by one cause, under one agreement."""

    pk = models.CompositePrimaryKey("act_id", "place")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    place = models.SmallIntegerField()
    custodian = models.ForeignKey(Party, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=16)
    bearer = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.cause}: {self.bearer}"


class AgreedUpstream(models.Model):
    """A custodian of whom another one depends, under one agreement."""

    pk = models.CompositePrimaryKey("act_id", "place")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+", db_index=False)
    place = models.SmallIntegerField()
    custodian = models.ForeignKey(Party, models.PROTECT, related_name="+")
    upstream = models.ForeignKey(Party, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.custodian_id} depends on {self.upstream_id}"


class ValueLimit(models.Model):
    """The most that a custodian may hold in all units together, in the reporting unit; the last one said counts."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    custodian = models.ForeignKey(Party, models.PROTECT, related_name="+")
    amount = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.custodian_id} may hold {self.amount} parts in value"


class ExposureLimit(models.Model):
    """The most that all who depend on one upstream may hold together with it, in the reporting unit; the last one said counts."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    upstream = models.ForeignKey(Party, models.PROTECT, related_name="+")
    amount = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"all who depend on {self.upstream_id} may hold {self.amount} parts in value"


class Override(models.Model):
    """One transfer that may go to a custodian before the last one is confirmed; two people allowed it."""

    reference = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    custodian = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.reference} to {self.custodian_id}"
