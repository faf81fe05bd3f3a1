"""Drafts: wishes that wait for a second person. None of them is an act; what comes of one is."""

from django.db import models
from django.db.models import F, Q

from tallystick.core.draft import DraftState
from tallystick.core.member import NAME_LENGTH


class Draft(models.Model):
    """A wish as it was asked for, in canonical text, and what was said to it. Nobody agrees to their own: the table refuses it."""

    wish = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    content = models.TextField()
    need = models.TextField()  # why one person is not enough, in English words that a page translates
    reason = models.TextField()
    asked_by = models.CharField(max_length=NAME_LENGTH)
    asked_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True)  # who was shown what the asker signed in with then
    state = models.CharField(max_length=10, default=DraftState.WAITING)
    decided_by = models.CharField(max_length=NAME_LENGTH, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    decider_drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True, db_default="")

    class Meta:
        indexes = [models.Index(fields=["id"], name="draft_waits", condition=Q(state=DraftState.WAITING))]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(map(str, DraftState))), name="draft_state_is_known"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")) | Q(state=DraftState.WITHDRAWN), name="draft_is_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(drawn_by="") | ~Q(drawn_by=F("decided_by")), name="draft_of_program_is_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decider_drawn_by="")
                | (~Q(decider_drawn_by=F("asked_by")) & (Q(drawn_by="") | ~Q(decider_drawn_by=F("drawn_by")))),
                name="draft_is_decided_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(state=DraftState.WAITING, decided_by="") | (~Q(state=DraftState.WAITING) & ~Q(decided_by="")),
                name="draft_decided_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.subject}, {self.state}"
