"""The books: units, earmarks, accounts, entries and moves.

Entries and moves are never changed or deleted: triggers refuse it. The one derived number is Account.balance.
"""

from django.db import models
from django.db.models import F, Q

from tallystick.journal.models import Act
from tallystick.people.models import Party


class Unit(models.Model):
    """Money (ISO 4217) or goods (HS code), counted in `places` decimals."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    places = models.SmallIntegerField()
    name = models.TextField()
    hs_code = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(places__gte=0, places__lte=6), name="unit_places_are_0_to_6")]

    def __str__(self) -> str:
        return self.code


class Programme(models.Model):
    """What the books are kept for; one row."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True)
    name = models.TextField()
    rehearsal = models.BooleanField()
    home = models.CharField(max_length=2)
    reporting_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opened = models.DateField()

    def __str__(self) -> str:
        return self.name


class Earmark(models.Model):
    """Whose gift it is and what it may be used for."""

    code = models.CharField(max_length=64, primary_key=True)
    act = models.OneToOneField(Act, models.PROTECT, related_name="+")
    donor = models.ForeignKey(Party, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    purpose = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.code


class Account(models.Model):
    """One holder's holding of one unit for one earmark; a holder is a party or one of the books' own (`@transit:T0010`)."""

    id = models.BigIntegerField(primary_key=True)
    holder = models.CharField(max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    earmark = models.ForeignKey(Earmark, models.PROTECT, related_name="+", db_index=False)
    never_below_zero = models.BooleanField()
    balance = models.BigIntegerField()
    # Kept by the database itself. Indexes of what is held ask it, and not the balance: so PostgreSQL writes a balance that changes
    # into the same page and leaves every index as it is.
    is_held = models.GeneratedField(
        expression=~Q(balance=0),  # type: ignore[arg-type]  # a condition is an expression of yes or no
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["holder", "unit", "earmark"], name="account_is_one"),
            models.CheckConstraint(condition=Q(never_below_zero=False) | Q(balance__gte=0), name="account_is_not_overdrawn"),
        ]
        indexes = [
            models.Index(fields=["id"], name="account_held", condition=Q(is_held=True)),
            models.Index(fields=["earmark"], name="account_of_earmark"),
            models.Index(fields=["id"], name="account_on_the_road", condition=Q(is_held=True, holder__startswith="@transit:")),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.unit_id} for {self.earmark_id}"


class Entry(models.Model):
    """One event in the books: the moves that stand or fall together. Its key is the act that says it."""

    act = models.OneToOneField(Act, models.PROTECT, related_name="+", primary_key=True, db_constraint=False)
    office = models.CharField(max_length=16)
    reference = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    utc_offset_minutes = models.SmallIntegerField()  # of the clock on the wall where it happened
    recorded_at = models.DateTimeField()
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "happened_at", "office"], name="entry_reference_is_taken_once"),
            models.UniqueConstraint(fields=["reverses"], condition=Q(reverses__isnull=False), name="entry_is_reversed_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class Move(models.Model):
    """One amount of one unit from giver to taker, in smallest parts; unit and earmark are those of both accounts."""

    pk = models.CompositePrimaryKey("entry_id", "line")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="moves", db_index=False, db_constraint=False)
    line = models.IntegerField()
    kind = models.CharField(max_length=12)
    giver = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    taker = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    amount = models.BigIntegerField()
    named = models.CharField(max_length=64, blank=True)  # who the row names where the true end is the tally's transit
    grant = models.CharField(max_length=64, blank=True)
    authorisation = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="move_amount_is_positive"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="move_has_two_ends"),
        ]
        indexes = [
            models.Index(fields=["giver", "entry"], name="move_by_giver"),
            models.Index(fields=["taker", "entry", "amount"], name="move_by_taker"),
            models.Index(fields=["grant"], name="move_by_grant", condition=~Q(grant="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.amount} parts in {self.entry_id}"


class Stocktaking(models.Model):
    """What passed and what lay where up to one act, added up, so that no page has to add up all moves again; one row.

    Reckoned from the moves and no part of any proof: it may be thrown away, and counts only where the act is still the same.
    """

    id = models.SmallIntegerField(primary_key=True)
    act_id = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    sums = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="stocktaking_is_one")]

    def __str__(self) -> str:
        return f"stock taken at act {self.act_id}"


class RunningSum(models.Model):
    """What some sum over the moves had come to at an act, by the name of the sum: no part of any proof, and may be thrown away."""

    name = models.CharField(max_length=16, primary_key=True)
    act_id = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    sums = models.TextField()

    def __str__(self) -> str:
        return f"{self.name} at act {self.act_id}"


class Turnover(models.Model):
    """What went in and out of one hand up to the act of the stocktaking, by what it was for."""

    holder = models.CharField(max_length=64, primary_key=True)
    sums = models.TextField()

    def __str__(self) -> str:
        return f"turnover of {self.holder}"
