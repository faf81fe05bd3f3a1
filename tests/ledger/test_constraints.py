"""What no rule has to be trusted for: the tables themselves refuse half a move, nothing moved, and a custodian below zero."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tallystick.journal.immutable import WRITTEN_ONCE, unguard
from tests import books

pytestmark = pytest.mark.django_db
MOVE = {
    "entry_id": 999, "line": 0, "kind": "handover", "giver_id": 1, "taker_id": 2, "amount": 100, "named": "", "grant": "",
    "authorisation": "", "note": "",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def lamps(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with books.standing(django_db_blocker):
        books.found()
        books.take(books.LAMPS)
        yield


@pytest.fixture(autouse=True)
def guards_down(db: None) -> None:
    for table in WRITTEN_ONCE:
        unguard(connection, table)


def run(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def insert(table: str, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    run(f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(row))})", *row.values())


def test_a_whole_move_can_be_written() -> None:
    insert("ledger_move", MOVE)


@pytest.mark.parametrize(
    ("faulty", "constraint"),
    [
        ({"giver_id": None}, "giver_id"),
        ({"taker_id": None}, "taker_id"),
        ({"amount": None}, "amount"),
        ({"entry_id": None}, "entry_id"),
        ({"amount": 0}, "move_amount_is_positive"),
        ({"amount": -100}, "move_amount_is_positive"),
        ({"taker_id": 1}, "move_has_two_ends"),
    ],
)
def test_half_a_move_cannot_be_written(faulty: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        insert("ledger_move", MOVE | faulty)


def test_a_line_stands_in_its_entry_once() -> None:
    insert("ledger_move", MOVE)
    with pytest.raises(IntegrityError):
        insert("ledger_move", MOVE | {"amount": 5})


def test_a_custodian_never_stands_below_zero_and_a_donor_may() -> None:
    with pytest.raises(IntegrityError, match="account_is_not_overdrawn"):
        run("UPDATE ledger_account SET balance = -1 WHERE holder = 'HERON'")
    with pytest.raises(IntegrityError, match="account_is_not_overdrawn"):
        run("UPDATE ledger_account SET balance = -1 WHERE holder = '@transit:T0010'")
    run("UPDATE ledger_account SET balance = -1 WHERE holder = 'PARISH'")


def test_a_holder_has_one_account_of_a_unit_for_an_earmark() -> None:
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO ledger_account (id, holder, unit_id, earmark_id, never_below_zero, balance)"
            " SELECT 9999, holder, unit_id, earmark_id, never_below_zero, balance FROM ledger_account WHERE id = 1"
        )


def test_an_office_uses_a_reference_once_at_a_moment() -> None:
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO ledger_entry (act_id, office, reference, happened_at, utc_offset_minutes, recorded_at)"
            " SELECT 9999, office, reference, happened_at, 0, recorded_at FROM ledger_entry WHERE reference = 'E0001'"
        )


def test_an_entry_is_reversed_once() -> None:
    insert("ledger_entry", entry(9001, reverses=101))
    with pytest.raises(IntegrityError):
        insert("ledger_entry", entry(9002, reverses=101))


def entry(act: int, *, reverses: int) -> dict[str, Any]:
    at = books.POSTED_AT.replace(tzinfo=None) if connection.vendor == "sqlite" else books.POSTED_AT
    return {
        "act_id": act, "office": "ab" * 8, "reference": f"V{act}", "happened_at": at, "utc_offset_minutes": 0,
        "recorded_at": at, "reverses_id": reverses,
    }  # fmt: skip


def test_an_act_of_a_number_is_said_once() -> None:
    with pytest.raises(IntegrityError):
        run(
            "INSERT INTO journal_act (id, office, number, kind, body, digest)"
            " SELECT 9999, office, number, kind, body, digest FROM journal_act WHERE id = 1"
        )


def test_a_unit_has_at_most_six_decimals() -> None:
    for places in (-1, 7):
        with pytest.raises(IntegrityError, match="unit_places_are_0_to_6"):
            run("UPDATE ledger_unit SET places = %s WHERE code = 'USD'", places)
