"""Errands and the pieces of the files that they keep for a while. None of it is an act.

When an errand began and ended stands in the row that the task library keeps for its last run.
"""

from django.db import models
from django.db.models import F, Q

from tallystick.core.errand import TAKEN_ON, ErrandKind, ErrandState
from tallystick.core.member import NAME_LENGTH

CODE_LENGTH = 16


class Errand(models.Model):
    """Long work that a member asked for. What was asked and what came of it are sealed, whatever database they lie in.

    `need` is why one person is not enough for it. Nobody agrees to their own: the table refuses it, as it does for drafts.
    """

    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default=ErrandState.WAITING)
    asked_by = models.CharField(max_length=NAME_LENGTH)
    asked_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    run = models.UUIDField(null=True)
    wish = models.BinaryField()
    outcome = models.BinaryField(null=True)
    file = models.CharField(max_length=CODE_LENGTH, blank=True)
    need = models.TextField(blank=True, db_default="")
    drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True, db_default="")  # who was shown what the asker signs in with
    decided_by = models.CharField(max_length=NAME_LENGTH, blank=True, db_default="")
    decider_drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(map(str, ErrandKind))), name="errand_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=list(map(str, ErrandState))), name="errand_state_is_known"),
            models.CheckConstraint(
                condition=Q(need="") | ~Q(decided_by="") | ~Q(state__in=sorted(map(str, TAKEN_ON))), name="errand_for_two_has_two"
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("drawn_by"))),
                name="errand_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decider_drawn_by="") | (~Q(decider_drawn_by=F("asked_by")) & ~Q(decider_drawn_by=F("drawn_by"))),
                name="errand_is_decided_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}, {self.state}"


class FilePiece(models.Model):
    """A piece of a file that an errand reads or has made, sealed."""

    file = models.CharField(max_length=CODE_LENGTH)
    number = models.PositiveIntegerField()
    kept_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="file_piece_has_a_place")]

    def __str__(self) -> str:
        return f"piece {self.number} of {self.file}"
