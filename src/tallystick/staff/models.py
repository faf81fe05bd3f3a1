"""Members of staff, their roles, what they signed off, and the table that the limits on signing in count in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tallystick.core.member import NAME_LENGTH
from tallystick.core.role import Role
from tallystick.journal.models import Act


class Member(AbstractBaseUser):
    """Whoever signs in: a code name and a password, and nothing that says who it is. Never deleted, only closed.

    `party` is the custodian that a member holds for, where they are one; they may not post to the books about it. `drawn_by` is the
    lead who was shown the password, until another lead confirms that they are two people; empty at the office's own command.
    """

    username = models.CharField(max_length=NAME_LENGTH, unique=True)
    is_active = models.BooleanField(default=True)
    party = models.CharField(max_length=64, blank=True)
    drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True, db_default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(drawn_by=F("username")), name="member_is_drawn_by_another")]

    USERNAME_FIELD = "username"
    objects: BaseUserManager["Member"] = BaseUserManager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.username


class MemberRole(models.Model):
    """One role of one member; most have one, and in a small office some have several."""

    pk = models.CompositePrimaryKey("member_id", "role")
    member = models.ForeignKey(Member, models.PROTECT, related_name="roles", db_index=False)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(role__in=list(map(str, Role))), name="member_role_is_known")]

    def __str__(self) -> str:
        return f"{self.member_id} is {self.role}"


class ApiClient(models.Model):
    """A program that asks by the API, under a code name, in one role and until a day. Never deleted, only closed.

    `drawn_by` was shown the token; empty where it was drawn at the office's own command. Of where a program asks from, and when,
    nothing is kept but the day it last did.
    """

    name = models.CharField(max_length=NAME_LENGTH, primary_key=True)
    role = models.CharField(max_length=20)
    party = models.CharField(max_length=64, blank=True)
    digest = models.BinaryField(max_length=32, unique=True)
    drawn_by = models.CharField(max_length=NAME_LENGTH, blank=True)
    expires_on = models.DateField()
    is_active = models.BooleanField(default=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(role__in=list(map(str, Role))), name="api_client_role_is_known")]

    def __str__(self) -> str:
        return self.name


class CachedValue(models.Model):
    """What Django's cache keeps: how often somebody tried to sign in of late. Written by Django alone, in this form."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class SignOff(models.Model):
    """Who asked for a deed and who agreed to it: the one row of members that is an act, so that an auditor can read it."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    wish = models.CharField(max_length=40)
    subject = models.CharField(max_length=64, db_index=True)
    asked_by = models.CharField(max_length=NAME_LENGTH)
    asked_at = models.CharField(max_length=32)
    agreed_by = models.CharField(max_length=NAME_LENGTH, blank=True)
    reason = models.TextField(blank=True)
    asked_drawn_by = models.CharField(max_length=NAME_LENGTH, null=True)
    agreed_drawn_by = models.CharField(max_length=NAME_LENGTH, null=True)
    content_digest = models.CharField(max_length=64, null=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("agreed_by")), name="sign_off_is_of_two"),
            models.CheckConstraint(
                condition=(Q(asked_drawn_by=None) | ~Q(asked_drawn_by=F("agreed_by")))
                & (Q(agreed_drawn_by=None) | ~Q(agreed_drawn_by=F("asked_by")))
                & (Q(asked_drawn_by=None) | Q(agreed_drawn_by=None) | ~Q(asked_drawn_by=F("agreed_drawn_by"))),
                name="sign_off_is_of_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wish} {self.subject}, asked by {self.asked_by}"
