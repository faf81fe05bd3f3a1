"""Lists that may be long, a leaf at a time: hands, and accounts of the books' own.

Each gives the rows past a place in its order, or going back from it, and no more than are asked for. Codes come in the database's
own order of text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tallystick.journal.asking import ask

# Each kind by itself, in the order of its index and no further than is asked for.
OF_KIND = """
    SELECT * FROM (
        SELECT p.code AS code, p.kind AS kind, {rank} AS rank FROM people_party p
         WHERE p.kind = %s
           AND EXISTS (SELECT 1 FROM ledger_account a WHERE a.holder = p.code {having})
           {search} {past}
         ORDER BY p.code {way} LIMIT %s
    ) of_kind_{rank}
"""
HANDS = "SELECT code, kind FROM ({kinds}) k ORDER BY rank {way}, code {way} LIMIT %s"
OWN = r"""
    SELECT a.id, a.holder, a.unit_id, a.earmark_id, a.balance FROM ledger_account a
     WHERE a.is_held AND a.holder LIKE '@%%' ESCAPE '\' AND a.holder NOT LIKE '@transit:%%' ESCAPE '\' {past}
     ORDER BY a.id {way} LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a leaf begins: past the row at `place`, the values that order it, or with `is_back` before it; `count` rows at most."""

    count: int
    place: tuple[Any, ...] = ()
    is_back: bool = False

    @property
    def way(self) -> str:
        return "DESC" if self.is_back else "ASC"

    @property
    def past(self) -> str:
        return "<" if self.is_back else ">"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which hands: whose kind is one of these, whose code holds these letters, who hold this unit or earmark; empty is any."""

    kinds: Sequence[str]
    letters: str = ""
    unit: str = ""
    earmark: str = ""
    holding: bool = True  # who hold something now; otherwise whoever ever did


class Hand(NamedTuple):
    code: str
    kind: str


class OwnAccount(NamedTuple):
    id: int
    holder: str
    unit: str
    earmark: str
    amount: int


def hands(sought: Sought, where: Where) -> list[Hand]:
    """Hands by kind, in the order in which the kinds are named, and then by code."""
    texts, params = [], []
    for rank, kind in enumerate(sought.kinds):
        if where.place and (rank > where.place[0] if where.is_back else rank < where.place[0]):
            continue
        text, values = _of_kind(kind, sought, where=where, begins=bool(where.place) and rank == where.place[0])
        texts.append(text.format(rank=rank))
        params += values
    if not texts:
        return []
    sql = HANDS.format(kinds=" UNION ALL ".join(texts), way=where.way)
    return [Hand(*row) for row in ask(sql, [*params, where.count])()]


def _of_kind(kind: str, sought: Sought, *, where: Where, begins: bool) -> tuple[str, list[Any]]:
    """The question for the hands of one kind, and its parameters; the leaf may begin amid them."""
    params: list[Any] = [kind]
    having = "AND a.is_held " if sought.holding else ""
    for column, value in (("unit_id", sought.unit), ("earmark_id", sought.earmark)):
        if value:
            having += f"AND a.{column} || '' = %s "  # not by an index of its own: a hand has few accounts, an earmark very many
            params.append(value)
    search = past = ""
    if sought.letters:
        search = r"AND UPPER(p.code) LIKE %s ESCAPE '\'"
        params.append(f"%{_escaped(sought.letters.upper())}%")
    if begins:
        past = f"AND p.code {where.past} %s"
        params.append(where.place[1])
    text = OF_KIND.format(rank="{rank}", having=having, search=search, past=past, way=where.way)
    return text, [*params, where.count]


def own_accounts(where: Where) -> list[OwnAccount]:
    """The books' own accounts that are not empty, in the order in which they were opened."""
    past = f"AND a.id {where.past} %s" if where.place else ""
    return [OwnAccount(*row) for row in ask(OWN.format(past=past, way=where.way), [*where.place, where.count])()]


def _escaped(letters: str) -> str:
    return letters.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
