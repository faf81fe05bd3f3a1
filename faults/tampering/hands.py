"""One tampering: a value changed, a row deleted or two rows exchanged, and what the proof then says."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Any

from tests import books
from tests.bundles import tampering
from tests.bundles.tampering import TABLES, Row, tampered


@dataclass(frozen=True)
class Outcome:
    """What came of a tampering: `problem` is empty where the proof named one of its acts first."""

    was_taken: bool  # by the database, which has rules of its own
    problem: str = ""


class Hand:
    """Knows the rows as they are before anybody touches them."""

    def __init__(self) -> None:
        self.rows = {table: tampering.rows(table) for table in TABLES}

    def draw(self, chance: Random) -> Outcome:
        """A tampering by chance: every table as often as the others, every row and column of it as well."""
        table = chance.choice(sorted(TABLES))
        rows = self.rows[table]
        row, how = chance.choice(rows), chance.choice(["change", "change", "delete", "exchange"])
        if how == "delete":
            return self.delete(table, row)
        if how == "change":
            return self.change(table, row, field=chance.choice(tampering.fields(table)))
        other = chance.choice(rows)
        columns = tampering.differing_columns(table, (row, other))
        return self.exchange(table, (row, other), columns=[chance.choice(columns)]) if columns else Outcome(False)

    def everything(self) -> Iterator[tuple[str, Outcome]]:
        """Every row of every table: deleted, each column of it changed, and exchanged with that of the row after it."""
        for table, rows in self.rows.items():
            for row, after in zip(rows, [*rows[1:], rows[0]], strict=True):
                yield "deleted", self.delete(table, row)
                for field in tampering.fields(table):
                    yield "changed", self.change(table, row, field=field)
                for column in tampering.differing_columns(table, (row, after)):
                    yield "exchanged", self.exchange(table, (row, after), columns=[column])

    def delete(self, table: str, row: Row) -> Outcome:
        acts = tampering.acts_concerned(table, row)
        acts |= tampering.acts_beside(table, acts)
        return attempt(f"{shown(table, row)} deleted", partial(tampering.delete, table, row), table=table, acts=acts)

    def change(self, table: str, row: Row, *, field: Any) -> Outcome:
        """The first other value that the database takes."""
        column = field.column
        acts = tampering.acts_concerned(table, row)
        for value in [*tampering.others(field, row[column]), *([None] if field.null and row[column] is not None else [])]:
            words = f"{shown(table, row)}: {column} from {row[column]!r} to {value!r}"
            may_be = acts | tampering.acts_beside(table, acts, column=column, value=value)
            outcome = attempt(words, partial(tampering.update, table, row, **{column: value}), table=table, acts=may_be)
            if outcome.was_taken:
                return outcome
        return Outcome(False)

    def exchange(self, table: str, pair: tuple[Row, Row], *, columns: list[str]) -> Outcome:
        acts = tampering.acts_concerned(table, pair[0]) | tampering.acts_concerned(table, pair[1])
        acts |= set().union(*(tampering.acts_beside(table, acts, column=column) for column in columns))
        words = f"{shown(table, pair[0])} and {shown(table, pair[1])} exchanged in {', '.join(columns)}"
        return attempt(words, partial(tampering.exchange, table, pair, columns=columns), table=table, acts=acts)


def attempt(words: str, touch: Any, *, table: str, acts: set[int]) -> Outcome:
    """Touch a table while its guards are down, prove the books with the guards up again, and put everything back."""
    with tampered(table) as guards_up:
        if not tampering.first_taken([touch]):
            return Outcome(False)
        guards_up()
        proof = books.proof()
    if proof.holds:
        return Outcome(True, f"{words}: the books were proved all the same.")
    first = proof.problems[0]
    return (
        Outcome(True) if first.act_id in acts else Outcome(True, f"{words}: act {first.act_id} was named first ({first.words}).")
    )


def shown(table: str, row: Row) -> str:
    return f"{table} {', '.join(str(row[key]) for key in tampering.keys(table))}"
