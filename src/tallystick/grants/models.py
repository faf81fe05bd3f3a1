"""What was promised to whom, in which parts, and what was said of it since."""

from django.db import models
from django.db.models import Q

from tallystick.journal.models import Act
from tallystick.people.models import Party


class Grant(models.Model):
    """A promise of an amount of a unit, in smallest parts, to one recipient out of one earmark."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Party, models.PROTECT, related_name="+")
    venture = models.TextField()
    earmark = models.CharField(max_length=64)
    authorisation = models.CharField(max_length=64, blank=True)
    unit = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    tranches = models.IntegerField()

    def __str__(self) -> str:
        return self.code


class Tranche(models.Model):
    """One part of a grant and what it waits for, by the plan that was made with the promise; a grant of a folder has none."""

    pk = models.CompositePrimaryKey("grant_id", "number")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    condition = models.CharField(max_length=24)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_amount_is_positive")]

    def __str__(self) -> str:
        return f"tranche {self.number} of {self.grant_id}"


class TrancheRelease(models.Model):
    """That a tranche waits no longer; each is released once."""

    pk = models.CompositePrimaryKey("grant_id", "number")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    without_visit = models.TextField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(without_visit=""), name="tranche_release_without_visit_has_a_reason")]

    def __str__(self) -> str:
        return f"tranche {self.number} of {self.grant_id}, released"


class Cancellation(models.Model):
    """That nothing more is paid under a grant, and why; what was paid stays."""

    grant = models.OneToOneField(Grant, models.PROTECT, related_name="+", primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.grant_id}, cancelled"
