"""What a grant started and what became of it, and what its recipient means to pass on."""

from django.db import models
from django.db.models import Q

from tallystick.grants.models import Grant
from tallystick.journal.models import Act


class Visit(models.Model):
    """Our coming back to look: takings and informal payments in smallest parts of the unit, jobs, shocks."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    visited_on = models.DateField()
    trading = models.BooleanField()
    takings_month = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=64, blank=True)
    jobs = models.IntegerField(null=True)
    informal_payments_month = models.BigIntegerField(null=True)
    shock = models.TextField(blank=True)
    helped_others = models.IntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.grant_id} on {self.visited_on}"


class Covenant(models.Model):
    """What a recipient means to pass on to the next person, in words and a count: a word given, and nothing that is owed."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    what = models.TextField()
    how_many = models.IntegerField()
    passes_to = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(how_many__gt=0), name="covenant_passes_something_on")]

    def __str__(self) -> str:
        return self.code


class CovenantSeen(models.Model):
    """What whoever looked found of a covenant: how many had been passed on by then, and to whom the last went."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="+")
    seen_on = models.DateField()
    passed_on = models.IntegerField()
    passes_to = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(passed_on__gte=0), name="covenant_seen_is_not_below_zero")]

    def __str__(self) -> str:
        return f"{self.covenant_id} on {self.seen_on}"


class Venture(models.Model):
    """What the venture of a grant is, and in which province. Said again, what was said last holds."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    place = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.grant_id}: {self.kind}"


class VentureEnd(models.Model):
    """That a venture trades no longer, since when, and how it ended."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="+")
    ended_on = models.DateField()
    how = models.CharField(max_length=20)  # one of core.venture.ENDINGS
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.grant_id} on {self.ended_on}: {self.how}"
