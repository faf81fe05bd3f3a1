"""Parties: donors, custodians, suppliers, changers, recipients, and the most that each may hold."""

from django.db import models

from tallystick.journal.models import Act


class Party(models.Model):
    """Anyone in the books. The code is a code name, never a person's name."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=64)
    place = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "code"], name="party_of_kind")]

    def __str__(self) -> str:
        return self.code


class LaterLimit(models.Model):
    """A holding limit agreed on after the party was made; the last one for a unit counts. No amount is no limit."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="later_limits")
    unit = models.CharField(max_length=64)
    amount = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.party_id} may hold {self.amount} parts of {self.unit} from now on"


class HoldingLimit(models.Model):
    """The most of one unit that a party may hold at once, over all its earmarks, in smallest parts."""

    pk = models.CompositePrimaryKey("party_id", "unit")
    party = models.ForeignKey(Party, models.PROTECT, related_name="holding_limits", db_index=False)
    unit = models.CharField(max_length=64)
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    place = models.SmallIntegerField()  # its place in the row, so that an export says it as it was said
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.party_id} may hold {self.amount} parts of {self.unit}"
