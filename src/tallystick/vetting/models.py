"""Who speaks for a recipient."""

from django.db import models

from tallystick.journal.models import Act
from tallystick.people.models import Party


class Vouch(models.Model):
    """The one statement that a referee makes about a recipient. Said again, it stands twice."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    recipient = models.ForeignKey(Party, models.PROTECT, related_name="+")
    referee = models.CharField(max_length=64, db_index=True)
    tie = models.TextField(blank=True)
    known_years = models.IntegerField(null=True)
    said_on = models.DateField()
    word = models.CharField(max_length=8)

    def __str__(self) -> str:
        return f"{self.referee} on {self.recipient_id}: {self.word}"
