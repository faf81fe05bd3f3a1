"""What became of a grant."""

from django.db import models

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
