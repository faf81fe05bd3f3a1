"""What the books already hold of every kind of record, and what of a folder is new to them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from tallystick.authorisations.queries import authorisations
from tallystick.bundles.folder.content import ROWS
from tallystick.bundles.folder.layout import AUTHORISATIONS, COLUMNS, EARMARKS, GRANTS, LEGS, PARTIES, UNITS, VISITS, VOUCHES
from tallystick.bundles.folder.records import Located
from tallystick.core.refusal import Refusal
from tallystick.corridors.queries import legs
from tallystick.grants.queries import grants
from tallystick.ledger.queries.records import earmarks, units
from tallystick.people.queries import parties_as_made
from tallystick.ventures.queries import visits
from tallystick.vetting.queries import vouches

KEYED: dict[str, Callable[[], dict[str, Any]]] = {
    UNITS: units,
    PARTIES: parties_as_made,
    EARMARKS: earmarks,
    AUTHORISATIONS: authorisations,
    LEGS: legs,
    GRANTS: grants,
}
"""Files whose rows have a code of their own, in the order in which records may name one another."""
COUNTED: dict[str, Callable[[], list[Any]]] = {VOUCHES: vouches, VISITS: visits}
"""Files whose rows have none: the same row twice is said twice."""


class RecordChanged(Refusal):
    code = "record_changed"
    words = "“{key}” already stands in the books, and not with “{asked}”."
    expected = "{held}"


class Changed(NamedTuple):
    """A record that would change what the books hold, the first column in which it would, and what stands there."""

    located: Located[Any]
    column: str
    found: str
    refusal: RecordChanged


@dataclass(slots=True)
class News:
    """What one file adds to the books, what they hold already, and what would change what they hold."""

    new: list[Any] = field(default_factory=list)
    already_count: int = 0
    changed: list[Changed] = field(default_factory=list)


def news_of(file: str, located: Sequence[Located[Any]], *, places: dict[str, int]) -> News:
    """What this file's records are to the books; `places` gives the decimals of every unit."""
    return _keyed_news(file, located, places=places) if file in KEYED else _counted_news(located, COUNTED[file]())


def _keyed_news(file: str, located: Iterable[Located[Any]], *, places: dict[str, int]) -> News:
    news, held = News(), KEYED[file]()
    for one in located:
        key = code_of(one.record)
        if key not in held:
            news.new.append(one.record)
        elif held[key] == one.record:
            news.already_count += 1
        else:
            news.changed.append(_change(file, held[key], asked=one, places=places))
    return news


def _change(file: str, held: Any, *, asked: Located[Any], places: dict[str, int]) -> Changed:
    stands, other = (cells_of(file, record, places=places) for record in (held, asked.record))
    differing = [column for column in stands if stands[column] != other[column]]
    listed = "; ".join(f"{column} {stands[column] or 'empty'}" for column in differing)
    first = differing[0]
    return Changed(asked, first, other[first], RecordChanged(key=code_of(held), asked=other[first], held=listed))


def _counted_news(located: Iterable[Located[Any]], held: Sequence[Any]) -> News:
    news, left = News(), Counter(held)
    for one in located:
        if left[one.record]:
            left[one.record] -= 1
            news.already_count += 1
        else:
            news.new.append(one.record)
    return news


def code_of(record: Any) -> str:
    """The code that names a record: its first field."""
    return str(getattr(record, fields(record)[0].name))


def cells_of(file: str, record: Any, *, places: dict[str, int]) -> dict[str, str]:
    """A record as its row is written, by column."""
    return dict(zip(COLUMNS[file], ROWS[file](record, places), strict=True))
