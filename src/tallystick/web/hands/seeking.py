"""Which hands are sought: by letters of their code, by kind, by what they hold; all of it stands in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from tallystick.ledger.queries.listed import Hand, Sought, Where, hands
from tallystick.ledger.queries.records import earmarks, units
from tallystick.web.hands.words import many
from tallystick.web.paging import BETWEEN, Leaf, Turn, is_number, leaf, place, turn_of

LETTERS, KIND, UNIT, EARMARK = "code", "kind", "unit", "earmark"


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """What was sought, and what there is to choose from."""

    sought: Sought
    kinds: tuple[Choice, ...]
    units: tuple[Choice, ...]
    earmarks: tuple[Choice, ...]

    @property
    def is_set(self) -> bool:
        """Whether fewer are sought than there are."""
        chosen = any(one.is_chosen for one in (*self.kinds, *self.units, *self.earmarks))
        return chosen or bool(self.sought.letters)


def filter_of(request: HttpRequest, *, kinds: Sequence[str], holding: bool = True) -> Filter:
    """What this address seeks among hands of these kinds; what names none of what there is counts for nothing."""
    asked = request.GET
    known_units, known_earmarks = sorted(units()), sorted(earmarks())
    chosen = {
        name: value if (value := asked.get(name, "")) in known else ""
        for name, known in ((KIND, kinds), (UNIT, known_units), (EARMARK, known_earmarks))
    }
    return Filter(
        Sought(
            [chosen[KIND]] if chosen[KIND] else list(kinds),
            asked.get(LETTERS, "").replace("\0", "").strip()[:64],
            chosen[UNIT],
            chosen[EARMARK],
            holding,
        ),
        tuple(Choice(kind, many(kind), kind == chosen[KIND]) for kind in kinds) if len(kinds) > 1 else (),
        tuple(Choice(code, code, code == chosen[UNIT]) for code in known_units),
        tuple(Choice(code, code, code == chosen[EARMARK]) for code in known_earmarks),
    )


def hands_leaf(request: HttpRequest, filtered: Filter) -> Leaf[Hand]:
    """A leaf of the hands that are sought, by kind and code."""
    kinds = list(filtered.sought.kinds)
    turn = turn_of(request, fits=_fits)
    found = hands(filtered.sought, where_of(turn))
    return leaf(request, found, turn=turn, place=lambda hand: place(kinds.index(hand.kind), hand.code))


def where_of(turn: Turn) -> Where:
    """Where a leaf begins in a list that is ordered by a whole number, and by codes after it."""
    number, *codes = turn.parts or [""]
    return Where(turn.wanted, (int(number), *codes) if number else (), turn.is_back)


def _fits(at: str) -> bool:
    number, _, code = at.partition(BETWEEN)
    return is_number(number) and bool(code) and BETWEEN not in code and "\0" not in code
