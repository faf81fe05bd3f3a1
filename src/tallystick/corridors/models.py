"""The legs that corridors are made of, each with its tariff."""

from django.db import models

from tallystick.journal.models import Act


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
