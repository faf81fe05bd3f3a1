"""Whatever a hand changes in the database is found: any value of any row, a row gone, added or exchanged, a guard taken down."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection
from nacl.signing import SigningKey

from tallystick.bundles.verify.proof import Proof
from tallystick.core.chain import act_digest, checkpoint_statement, sign_checkpoint
from tallystick.journal.actions import utc_text
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
    field = next(one for one in TABLES[table]._meta.concrete_fields if one.column == column)
    written = [row for row in rows(table) if row[column] is not None]
    empty = [row for row in rows(table) if row[column] is None]
    assert any([is_found(field, written), is_found(field, written[::-1])]), "the database takes no other value"
    if field.null:
        assert is_found(field, empty)
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
                    moved = {value, *neighbours(table, acts)} if column == tampering.ACT_OF.get(table, "act_id") else set()
                    fails(acts | moved)
                    return True
    return False


def neighbours(table: str, acts: set[int]) -> set[int]:
    """An act that is not at its place shows at the one after it, or before where it was the last."""
    return {act + step for act in acts for step in (-1, 1)} if table == "journal_act" else set()


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_is_gone_is_found_and_its_act_named(table: str) -> None:
    gone = rows(table)
    for row in gone[-1:] if table == "journal_checkpoint" else (gone[0], gone[len(gone) // 2], gone[-1]):
        with tampered(table) as guards_up:
            acts = tampering.acts_concerned(table, row)
            tampering.delete(table, row)
            guards_up()
            fails(acts | neighbours(table, acts))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_no_act_makes_is_found(table: str) -> None:
    act_column = tampering.ACT_OF.get(table, "act_id")
    for act in (0, -5, 2, 15, FAR) if act_column else (None,):
        with tampered(table) as guards_up:
            row = {
                field.column: tampering.fresh(field, rows(table)[-1][field.column])
                for field in TABLES[table]._meta.concrete_fields
            }
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
    columns = [column for column in first if column not in tampering.keys(table) and first[column] != last[column]]
    singly = [[column] for column in columns] if table.startswith("ledger_") else []
    for chosen in [*singly, columns] if columns else []:
        with tampered(table) as guards_up:
            acts = tampering.acts_concerned(table, first) | tampering.acts_concerned(table, last)
            if first_taken([partial(exchange, table, (first, last), columns=chosen)]):
                guards_up()
                fails(acts)


def exchange(table: str, pair: tuple[Row, Row], *, columns: list[str]) -> None:
    """Each takes over what the other says in these columns."""
    one, other = pair
    aside = {field.column: tampering.fresh(field, one[field.column]) for field in TABLES[table]._meta.concrete_fields}
    tampering.update(table, one, **{column: aside[column] for column in columns})
    tampering.update(table, other, **{column: one[column] for column in columns})
    tampering.update(table, one, **{column: other[column] for column in columns})


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
    for field in TABLES[table]._meta.concrete_fields:
        ((typed,),) = tampering.run(f'SELECT typeof("{field.column}") FROM "{table}" LIMIT 1')
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
    columns = ", ".join(f'typeof("{field.column}") || hex("{field.column}")' for field in TABLES[table]._meta.concrete_fields)
    return tampering.run(f'SELECT {columns} FROM "{table}" ORDER BY rowid')


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


def test_books_cut_back_to_an_earlier_checkpoint_are_whole_and_differ_in_their_head() -> None:
    head = books.proof().head
    with tampered(*WRITTEN_ONCE) as guards_up:
        tampering.delete("journal_checkpoint", rows("journal_checkpoint")[-1])
        while rows("journal_act")[-1]["id"] > rows("journal_checkpoint")[-1]["number"]:
            cut_off_last_entry()
        guards_up()
        # Only whoever has seen the later head, another office for instance, can tell.
        assert books.proof().holds
        assert books.proof().head != head


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


def test_a_checkpoint_that_is_gone_leaves_acts_unsigned() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        tampering.delete("journal_checkpoint", rows("journal_checkpoint")[-1])
        guards_up()
        assert "are not signed" in fails({rows("journal_act")[-1]["id"]}).problems[0].words


def test_an_earlier_checkpoint_that_is_gone_is_made_up_for_by_the_next() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        tampering.delete("journal_checkpoint", rows("journal_checkpoint")[1])
        guards_up()
        # The next one signs all that it signed. That it once was there shows in no row: a checkpoint does not name the one before.
        assert books.proof().holds
        assert books.proof().checkpoint_count == 2


def test_a_checkpoint_signed_with_another_key_is_found() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        checkpoint = rows("journal_checkpoint")[-1]
        resign(checkpoint, head=bytes(checkpoint["head"]))
        guards_up()
        assert "does not bear its signature" in fails({checkpoint["number"]}).problems[0].words


def test_a_journal_chained_anew_is_betrayed_by_its_checkpoint() -> None:
    with tampered(*WRITTEN_ONCE) as guards_up:
        chained, previous = rows("journal_act"), bytes(32)
        for act in chained:
            body = bytes(act["body"]).replace(b'"20000"', b'"10000"') if act["id"] < len(chained) else bytes(act["body"])
            digest = act_digest(previous, body)
            tampering.update("journal_act", act, body=body, digest=digest)
            previous = digest
        for table in ("ledger_move", "grants_grant"):
            tampering.run(f"UPDATE {table} SET amount = 10000 WHERE amount = 20000")
        guards_up()
        first = next(one["number"] for one in rows("journal_checkpoint") if one["number"] > 1)
        assert "signed over other acts" in fails({first}).problems[0].words


def resign(checkpoint: Row, *, head: bytes) -> None:
    """Sign this checkpoint with a key that is not the office's."""
    at = checkpoint["signed_at"]
    statement = checkpoint_statement(
        office=checkpoint["office"], number=checkpoint["number"], head=head, root=bytes(checkpoint["root"]),
        signed_at=utc_text(at if at.tzinfo else datetime.replace(at, tzinfo=UTC)),
    )  # fmt: skip
    signature = sign_checkpoint(bytes(SigningKey.generate()), statement)
    tampering.update("journal_checkpoint", checkpoint, signature=signature)


def test_books_of_another_office_are_not_proved() -> None:
    other = bytes(SigningKey.generate().verify_key)
    proof = books.prove(office="ab" * 8, public_key=other)
    assert "not opened by the key" in proof.problems[0].words
