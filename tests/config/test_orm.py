"""Django's models on the encrypted file: everything the rooms ask of a database works there as on any other."""

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, models, transaction
from django.db.models import Avg, Count, F, Max, OuterRef, Q, Subquery, Sum, Value, Window
from django.db.models.functions import Coalesce, Concat, Extract, RowNumber, Trunc, Upper
from django.test.utils import isolate_apps

from tests.config.conftest import Books

Alias = Callable[[str, Books], Any]
NOON = dt.datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=dt.UTC)


@pytest.fixture
def shelf(alias: Alias, books: Books) -> Iterator[Any]:
    """A table with a column of every kind, and one that points at it."""
    connection = alias("laptop", books)
    with isolate_apps("tallystick.journal"):

        class Shelf(models.Model):
            name = models.TextField(unique=True)
            count = models.BigIntegerField(default=0)
            open = models.BooleanField(default=True)
            seen_at = models.DateTimeField(null=True)
            seen_date = models.DateField(null=True)
            took = models.DurationField(null=True)
            body = models.BinaryField(default=b"")
            facts = models.JSONField(default=dict)
            weight = models.DecimalField(max_digits=10, decimal_places=3, null=True)
            number = models.UUIDField(null=True)

            class Meta:
                app_label = "journal"
                constraints = (models.CheckConstraint(condition=Q(count__gte=0), name="shelf_count"),)

        class Line(models.Model):
            pk = models.CompositePrimaryKey("shelf_id", "line")
            shelf = models.ForeignKey(Shelf, models.PROTECT, related_name="lines")
            line = models.IntegerField()

            class Meta:
                app_label = "journal"

        with connection.schema_editor() as editor:
            editor.create_model(Shelf)
            editor.create_model(Line)
        Shelf.line = Line
        yield Shelf


def of(shelf: Any) -> Any:
    return shelf.objects.using("laptop")


def add_together(shelf: Any, *names: str) -> None:
    with transaction.atomic(using="laptop"):
        for name in names:
            of(shelf).create(name=name)


def test_every_kind_of_value_comes_back_as_it_went_in(shelf: Any) -> None:
    values = {
        "name": "Amina \u2014 \u0639\u0645\u0648\u062f %s 100%",
        "count": 2**63 - 1,
        "open": False,
        "seen_at": NOON,
        "seen_date": NOON.date(),
        "took": dt.timedelta(days=3, microseconds=1),
        "body": bytes(range(256)),
        "facts": {"place": ["north", {"lamps": 40}], "none": None},
        "weight": decimal.Decimal("12.345"),
        "number": uuid.UUID(int=7),
    }
    of(shelf).create(**values)
    kept = of(shelf).values(*values).get()
    assert kept == values
    assert {name: type(found) for name, found in kept.items()} == {name: type(found) for name, found in values.items()}


def test_a_row_is_made_read_changed_and_taken_out(shelf: Any) -> None:
    lamps = of(shelf).create(name="lamps", count=40)
    assert lamps.pk == 1
    lamps.count = 38
    lamps.save()
    lamps.refresh_from_db()
    assert lamps.count == 38
    assert of(shelf).update_or_create(name="lamps", defaults={"count": 39})[1] is False
    assert of(shelf).get_or_create(name="wicks")[1] is True
    assert of(shelf).filter(name="lamps").delete()[0] == 1
    assert not of(shelf).filter(name="lamps").exists()


def test_many_rows_are_written_at_once_and_know_their_numbers(shelf: Any) -> None:
    written = of(shelf).bulk_create(shelf(name=f"lamp {count}", count=count) for count in range(1000))
    assert [row.pk for row in written] == list(range(1, 1001))
    of(shelf).bulk_create([shelf(name="lamp 0", count=5)], update_conflicts=True, unique_fields=["name"], update_fields=["count"])
    assert of(shelf).get(name="lamp 0").count == 5
    of(shelf).bulk_create([shelf(name="lamp 0", count=6)], ignore_conflicts=True)
    assert of(shelf).aggregate(Sum("count"), Max("count"), Count("pk")) == {
        "count__sum": sum(range(1000)) + 5,
        "count__max": 999,
        "pk__count": 1000,
    }


def test_rows_are_read_in_portions_while_others_are_written(shelf: Any) -> None:
    of(shelf).bulk_create(shelf(name=f"lamp {count}") for count in range(500))
    names = []
    for row in of(shelf).order_by("pk").iterator(chunk_size=50):
        names.append(row.name)
        of(shelf).filter(pk=row.pk).update(count=F("count") + 1)
    assert len(set(names)) == 500
    assert of(shelf).filter(count=1).count() == 500


def test_a_column_is_reckoned_with_in_the_database(shelf: Any) -> None:
    of(shelf).bulk_create([shelf(name="lamps", count=7), shelf(name="wicks", count=2)])
    of(shelf).update(count=F("count") * 3 + 1)
    assert list(of(shelf).order_by("pk").values_list("count", flat=True)) == [22, 7]
    latest = of(shelf).filter(count__lt=OuterRef("count")).order_by("-count").values("name")[:1]
    rows = (
        of(shelf)
        .order_by("pk")
        .annotate(
            under=Coalesce(Subquery(latest), Value("none"), output_field=models.TextField()),
            row=Window(RowNumber(), order_by=F("count").asc()),
            shown=Concat(Upper("name"), Value("!"), output_field=models.TextField()),
        )
    )
    assert list(rows.values_list("under", "row", "shown")) == [("wicks", 2, "LAMPS!"), ("none", 1, "WICKS!")]
    assert of(shelf).aggregate(Avg("count"))["count__avg"] == 14.5
    with pytest.raises(IntegrityError):
        of(shelf).update(count=F("count") - 10)


def test_json_is_looked_into(shelf: Any) -> None:
    of(shelf).create(name="north", facts={"place": {"kind": "store", "hands": [1, 2]}, "open": None})
    of(shelf).create(name="south", facts={"place": {"kind": "agent", "hands": []}})
    assert of(shelf).get(facts__place__kind="store").name == "north"
    assert of(shelf).get(facts__place__hands__1=2).name == "north"
    assert of(shelf).get(facts__has_key="open").name == "north"
    assert of(shelf).get(facts__open=None).name == "north"
    assert of(shelf).filter(facts__place__kind__in=["store", "agent"]).count() == 2
    assert set(of(shelf).values_list("facts__place__kind", flat=True)) == {"store", "agent"}


def test_moments_are_asked_for_by_their_parts(shelf: Any) -> None:
    of(shelf).create(name="early", seen_at=NOON, seen_date=NOON.date(), took=dt.timedelta(hours=1))
    of(shelf).create(name="late", seen_at=NOON + dt.timedelta(days=40), took=dt.timedelta(hours=5))
    assert of(shelf).get(seen_at=NOON).name == "early"
    assert of(shelf).get(seen_at__date=dt.date(2026, 3, 1)).name == "early"
    assert of(shelf).get(seen_at__year=2026, seen_at__month=4).name == "late"
    assert of(shelf).get(seen_at__gt=NOON).name == "late"
    assert of(shelf).get(seen_at__hour=12, seen_at__day=1).name == "early"
    months = of(shelf).annotate(month=Trunc("seen_at", "month")).values_list("month", flat=True).order_by("month")
    assert list(months) == [dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (3, 4)]
    assert list(of(shelf).dates("seen_date", "month")) == [dt.date(2026, 3, 1)]
    ends = of(shelf).annotate(ended_at=F("seen_at") + F("took"), week=Extract("seen_at", "week")).order_by("pk")
    assert [(row.ended_at.hour, row.week) for row in ends] == [(13, 9), (17, 15)]
    assert of(shelf).aggregate(Max("seen_at"))["seen_at__max"] == NOON + dt.timedelta(days=40)


def test_text_is_searched_by_pattern(shelf: Any) -> None:
    of(shelf).create(name="T0010_lamps")
    of(shelf).create(name="T0011 100%")
    assert of(shelf).get(name__regex=r"^T\d{4}_").name == "T0010_lamps"
    assert of(shelf).get(name__icontains="100%").name == "T0011 100%"
    assert of(shelf).get(name__startswith="T0010_").name == "T0010_lamps"


def test_an_inner_step_that_fails_is_taken_back_alone(shelf: Any) -> None:
    with transaction.atomic(using="laptop"):
        of(shelf).create(name="lamps")
        with pytest.raises(IntegrityError):
            add_together(shelf, "wicks", "lamps")
        of(shelf).create(name="glass")
    assert set(of(shelf).values_list("name", flat=True)) == {"lamps", "glass"}


def test_a_transaction_that_fails_leaves_no_trace(shelf: Any) -> None:
    with pytest.raises(IntegrityError):
        add_together(shelf, "lamps", "glass", "lamps")
    assert not of(shelf).exists()


def test_a_row_that_points_nowhere_is_refused(shelf: Any) -> None:
    lamps = of(shelf).create(name="lamps")
    of(shelf.line).create(shelf=lamps, line=1)
    assert of(shelf.line).get(pk=(lamps.pk, 1)).shelf.name == "lamps"
    with pytest.raises(IntegrityError):
        of(shelf.line).bulk_create([shelf.line(shelf=lamps, line=2), shelf.line(shelf=lamps, line=2)])
    with pytest.raises(IntegrityError):
        of(shelf.line).create(shelf_id=99, line=1)
    with pytest.raises(models.ProtectedError):
        lamps.delete()


def test_a_table_is_altered_in_place(shelf: Any) -> None:
    of(shelf).create(name="lamps", count=40)
    connection = connections["laptop"]
    colour = models.TextField(default="blue")
    colour.set_attributes_from_name("colour")
    count = models.TextField()
    count.set_attributes_from_name("count")
    with connection.schema_editor() as editor:
        editor.add_field(shelf, colour)
        editor.remove_field(shelf, shelf._meta.get_field("took"))
    with connection.cursor() as cursor:
        columns = {column.name for column in connection.introspection.get_table_description(cursor, shelf._meta.db_table)}
        cursor.execute(f"SELECT colour FROM {shelf._meta.db_table}")
        assert cursor.fetchone() == ("blue",)
    assert "took" not in columns


@pytest.mark.parametrize("times", [1, 2])
def test_the_tables_of_every_room_are_made_on_it(times: int, alias: Alias, books: Books) -> None:
    connection = alias("laptop", books)
    for _ in range(times):
        call_command("migrate", database="laptop", verbosity=0)
    assert "journal_act" in connection.introspection.table_names()
    connection.check_constraints()
