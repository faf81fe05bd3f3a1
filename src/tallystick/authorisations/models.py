"""The lawful bases under which value may leave the house."""

from django.db import models

from tallystick.journal.models import Act


class Authorisation(models.Model):
    """A basis, its issuer, its days and its ceiling in smallest parts of a unit."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    jurisdiction = models.TextField()
    issuer = models.TextField()
    basis = models.TextField()
    purpose = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField()
    unit = models.CharField(max_length=64)
    ceiling = models.BigIntegerField()

    def __str__(self) -> str:
        return self.code
