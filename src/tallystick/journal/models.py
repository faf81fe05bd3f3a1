"""The journal's tables: who keeps books, what each office said, and what it signed."""

from django.db import models
from django.db.models import Q

ENTRY_POSTED = "entry_posted"
"""The kind of the many acts; all others, of records, are few."""


class Act(models.Model):
    """One line of an office's journal: exact canonical bytes, chained to the line before by its digest.

    `id` is the place at which these books took the act in, 1, 2, 3 … without a gap, so that a lost or renamed act shows.
    """

    id = models.BigIntegerField(primary_key=True)
    office = models.CharField(max_length=16)
    number = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    body = models.BinaryField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "number"], name="act_number_is_taken_once")]
        indexes = [models.Index(fields=["id"], name="act_of_record", condition=~Q(kind=ENTRY_POSTED))]

    def __str__(self) -> str:
        return f"act {self.number} of {self.office}: {self.kind}"


class Office(models.Model):
    """Whoever keeps books and signs them; the code is drawn from the public key."""

    code = models.CharField(max_length=16, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    public_key = models.BinaryField(max_length=32)
    rehearsal = models.BooleanField()

    def __str__(self) -> str:
        return f"office {self.code}"


class Checkpoint(models.Model):
    """The head of an office's stream, signed: its length, last digest and Merkle root.

    `follows` is how many acts the checkpoint before it signed, 0 for the first; null in those made before checkpoints said so.
    `peaks` are the roots of the perfect subtrees, largest first, from which the next root is reckoned without starting over.
    """

    pk = models.CompositePrimaryKey("office", "number")
    office = models.CharField(max_length=16)
    number = models.BigIntegerField()
    follows = models.BigIntegerField(null=True)
    head = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    peaks = models.BinaryField()
    signed_at = models.DateTimeField()
    signature = models.BinaryField(max_length=64)

    def __str__(self) -> str:
        return f"checkpoint of {self.office} at act {self.number}"
