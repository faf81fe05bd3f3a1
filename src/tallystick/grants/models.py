"""What was promised to whom."""

from django.db import models

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
