"""Whatever a hand changes in the database is found: any value of any row, a row gone, added or exchanged, a guard taken down."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db import connection
from nacl.signing import SigningKey

from tallystick.bundles.verify.proof import Proof
from tallystick.journal.immutable import GUARDS, WRITTEN_ONCE, unguard
from tests import books
from tests.bundles import full_stall, tampering
from tests.bundles.tampering import COLUMNS, FAR, TABLES, Row, first_taken, rows, tampered

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def stall(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with books.standing(django_db_blocker):
        full_stall.keep(tmp_path_factory.mktemp("tampering") / "stall")
        assert books.proof().holds
        yield
        assert books.proof().holds


def fails(acts: set[int]) -> Proof:
    """The proof fails, and its first problem is one of these acts'."""
    proof = books.proof()
    assert not proof.holds
    assert proof.problems[0].act_id in acts, proof.problems
    return proof


def test_every_table_has_rows_to_be_tampered_with() -> None:
    assert len(TABLES) > 10
    assert all(len(rows(table)) > (table not in ("journal_office", "ledger_programme")) for table in TABLES)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_changed_value_is_found_and_its_act_named(table: str, column: str) -> None:
    field = next(one for one in tampering.fields(table) if one.column == column)
    written = [row for row in rows(table) if row[column] is not None]
    empty = [row for row in rows(table) if row[column] is None]
    assert any([is_found(field, written), is_found(field, written[::-1])]), "the database takes no other value"
    if field.null:
        assert is_found(field, empty) or column == "follows", "only checkpoints of an earlier release do not say it"
        assert is_found(field, written, to=(None,))


def is_found(field: Any, candidates: list[Row], *, to: tuple[Any, ...] = ()) -> bool:
    """Whether the database took another value in one of these rows, which was then found."""
    table, column = field.model._meta.db_table, field.column
    for row in candidates:
        for value in to or tampering.others(field, row[column]):
            with tampered(table) as guards_up:
                acts = tampering.acts_concerned(table, row)
                if first_taken([partial(tampering.update, table, row, **{column: value})]):
                    guards_up()
                    fails(acts | tampering.acts_beside(table, acts, column=column, value=value))
                    return True
    return False


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found_and_its_act_named(table: str) -> None:
    gone = rows(table)
    for row in (gone[0], gone[len(gone) // 2], gone[-1]):
        with tampered(table) as guards_up:
            acts = tampering.acts_concerned(table, row)
            tampering.delete(table, row)
            guards_up()
            fails(acts | tampering.acts_beside(table, acts))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_no_act_makes_is_found(table: str) -> None:
    act_column = tampering.ACT_OF.get(table, "act_id")
    for act in (0, -5, 2, 15, FAR) if act_column else (None,):
        with tampered(table) as guards_up:
            row = {field.column: tampering.fresh(field, rows(table)[-1][field.column]) for field in tampering.fields(table)}
            if act is not None:
                row[act_column] = act
            if not first_taken([partial(tampering.insert, table, row)]):
                assert act in (2, 15), "the database takes a row of an act that is not there"
                continue
            guards_up()
            assert not books.proof().holds, f"a row of act {act}"


@pytest.mark.parametrize("table", TABLES)
def test_rows_that_exchanged_what_they_say_are_found(table: str) -> None:
    first, last = rows(table)[0], rows(table)[-1]
    columns = tampering.differing_columns(table, (first, last))
    for chosen in [*([column] for column in columns), columns] if columns else []:
        with tampered(table) as guards_up:
            acts = tampering.acts_concerned(table, first) | tampering.acts_concerned(table, last)
            if first_taken([partial(tampering.exchange, table, (first, last), columns=chosen)]):
                guards_up()
                fails(acts)


# What SQLite would keep in a column beside the value as we write it: of another type, or another text for the same.
GAMES = {
    "blob": ("CAST({c} AS TEXT)",),
    "text": ("CAST({c} AS BLOB)", "{c} || x'00'", "REPLACE({c}, ' ', 'T')", "REPLACE({c}, '-', '/')"),
    "integer": ("CAST({c} AS BLOB)", "'nonsense'", "{c} + 0.5", "{c} || ' '", "{c} + 0.0", "'00' || {c}"),
}
ALSO = {"DateTimeField": ("{c} || '+00:00'",), "BooleanField": ("2", "'true'")}


@pytest.mark.parametrize("table", TABLES)
def test_games_with_types_are_found(table: str) -> None:
    if connection.vendor == "postgresql":
        return  # its columns take one type, written in one way
    row, played = rows(table)[-1], 0
    for field in tampering.fields(table):
        ((typed,),) = tampering.run(f'SELECT typeof("{field.column}") FROM "{table}" ORDER BY "{field.column}" IS NULL LIMIT 1')
        for game in (*GAMES.get(typed, ()), *ALSO.get(field.get_internal_type(), ())):
            with tampered(table) as guards_up:
                before = seen(table)
                if first_taken([partial(play, table, row, column=field.column, game=game)]) and seen(table) != before:
                    played += 1
                    guards_up()
                    assert not books.proof().holds, f"{table}.{field.column}: {game}"
    assert played > len(row)


def play(table: str, row: Row, *, column: str, game: str) -> None:
    where = " AND ".join(f'"{key}" = %s' for key in tampering.keys(table))
    value = game.format(c=f'"{column}"')
    tampering.run(f'UPDATE "{table}" SET "{column}" = {value} WHERE {where}', *(row[key] for key in tampering.keys(table)))


def seen(table: str) -> list[tuple[Any, ...]]:
    """Every value with the type and the bytes that SQLite keeps it as."""
    columns = ", ".join(f'typeof("{field.column}") || hex("{field.column}")' for field in tampering.fields(table))
    return sorted(tampering.run(f'SELECT {columns} FROM "{table}"'), key=repr)


def test_a_moment_cut_out_of_an_act_is_a_problem_and_no_fault() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        act = next(row for row in rows("journal_act") if row["kind"] == "entry_posted")
        tampering.update("journal_act", act, body=bytes(act["body"]).replace(b"+09:00", b""))
        guards_up()
        assert "its bytes do not give its digest" in fails({act["id"]}).problems[0].words


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_a_guard_taken_down_is_found(table: str) -> None:
    with books.undone():
        unguard(connection, table)
        assert table in fails({0}).problems[0].words


@pytest.mark.parametrize("table", WRITTEN_ONCE)
def test_a_guard_that_does_nothing_is_found(table: str) -> None:
    with books.undone():
        unguard(connection, table)
        for statement in GUARDS[connection.vendor]:
            run_as_it_stands(
                statement.format(table=table).replace("SELECT RAISE(ABORT, ", "SELECT (").replace("EXCEPTION", "NOTICE")
            )
        fails({0})


def run_as_it_stands(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_acts_cut_off_at_the_end_are_missed_by_the_checkpoint() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        cut_off_last_entry()
        guards_up()
        assert "acts; " in fails({rows("journal_act")[-1]["id"]}).problems[0].words


def cut_off_last_entry() -> None:
    """The last act and everything it made, the balances taken back."""
    last = rows("journal_act")[-1]
    for move in rows("ledger_move"):
        if move["entry_id"] == last["id"]:
            for account, change in ((move["giver_id"], move["amount"]), (move["taker_id"], -move["amount"])):
                tampering.run("UPDATE ledger_account SET balance = balance + %s WHERE id = %s", change, account)
            tampering.delete("ledger_move", move)
    tampering.run("DELETE FROM ledger_entry WHERE act_id = %s", last["id"])
    tampering.run(
        "DELETE FROM ledger_account WHERE NOT EXISTS"
        " (SELECT 1 FROM ledger_move m WHERE ledger_account.id IN (m.giver_id, m.taker_id))"
    )
    tampering.delete("journal_act", last)


def test_books_of_another_office_are_not_proved() -> None:
    other = bytes(SigningKey.generate().verify_key)
    proof = books.prove(office="ab" * 8, public_key=other)
    assert "not opened by the key" in proof.problems[0].words
