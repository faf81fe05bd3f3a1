"""The books in the plain text of beancount 3, so that a program which is not ours can prove them.

One transaction per entry, dated by the day on which it happened there; two postings per move; at the end what every account
must come to, to the smallest part. Names that beancount would refuse are altered and kept apart; the true ones stand beside
them as metadata. The form is that of beancount's own lexer and of its `core.account` (beancount 3.2).
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import TextIO
from unicodedata import category

from tallystick.core.amount import show_amount
from tallystick.core.entry import Move, PostedEntry
from tallystick.core.programme import Programme
from tallystick.journal.snapshot import snapshot
from tallystick.ledger.queries.records import programme as opened_programme
from tallystick.ledger.queries.records import units as known_units
from tallystick.ledger.queries.state import account_rows, entries_by_day
from tallystick.people.queries import parties

# By the first word of a party's kind, or of the name of one of the books' own accounts. No two are alike, and all accounts
# under one root have the same number of parts: so no account lies inside another, whose sum it would then enter.
ROOTS = {
    "donor": "Income:Donor",
    "custodian": "Assets:Custodian",
    "supplier": "Equity:Supplier",
    "changer": "Equity:Changer",
    "recipient": "Expenses:Recipient",
    "@transit": "Assets:Tally",
    "@commission": "Expenses:Commission",
    "@cost": "Expenses:Cost",
    "@loss": "Expenses:Loss",
    "@changer": "Equity:Changing",
    "@earmark": "Equity:Earmark",
}
HEAD = "; The books of aid that travels by hand, written by Tallystick for beancount 3."
REHEARSAL = "; REHEARSAL: everyone in these books is invented."
SAID = ("kind", "named", "grant", "authorisation", "note")
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
FOREIGN_TO_COMMODITY = re.compile("[^A-Z0-9'._-]")
TAKEN_BY_BEANCOUNT = ("TRUE", "FALSE", "NULL")
ALTERED = re.compile(r"-X[0-9A-F]{8,64}\Z")
DIGITS = 8


def write_beancount(file: TextIO, *, told: Callable[[int], None] = lambda _count: None) -> int:
    """Write the whole of the books to `file`; how many moves they have. `told` hears of every entry's moves as they pass.

    The text is UTF-8's to encode; it stands in memory entry by entry, and only names of accounts are kept.
    """
    count = 0
    with snapshot():
        chart = Chart()
        file.writelines(_header(chart))
        last = None
        for act, posted in entries_by_day():
            file.writelines(_openings(posted, chart))
            file.writelines(_transaction(posted, act=act, chart=chart))
            day = posted.happened_at.date()
            last = day if last is None else max(last, day)
            count += len(posted.moves)
            told(len(posted.moves))
        if last is not None:
            file.writelines(_balances(last + timedelta(days=1), chart))
    return count


class Names:
    """True names to names that beancount takes, no two alike.

    `plain` gives the nearest name of the right form. A true name of that form stays as it is; any other ends in `-X` and the
    first digits of its SHA-256, as many as it takes to differ from every other name given before.
    """

    def __init__(self, plain: Callable[[str], str]) -> None:
        self.plain = plain
        self.true_of: dict[str, str] = {}

    def __call__(self, true: str) -> str:
        plain = self.plain(true)
        if plain == true and not ALTERED.search(true):
            return true
        digest = sha256(true.encode()).hexdigest().upper()
        given = (f"{plain}-X{digest[:length]}" for length in range(DIGITS, len(digest) + 1))
        return next(name for name in given if self.true_of.setdefault(name, true) == true)


def account_part(name: str) -> str:
    """The nearest part of an account's name: letters, digits and hyphens, a capital or a digit first."""
    part = "".join(sign if sign == "-" or _is_letter_or_digit(sign) else "-" for sign in name).strip("-")
    first = part[:1]
    if not first or category(first) in ("Lu", "Nd"):
        return part or "X"
    capital = first.upper()
    return capital + part[1:] if len(capital) == 1 and category(capital) == "Lu" else f"X{part}"


def commodity(code: str) -> str:
    """The nearest name of a commodity: at least two of A-Z, 0-9 and '._-, a letter first, a letter or digit last."""
    name = FOREIGN_TO_COMMODITY.sub("-", code.upper()).strip("'._-")
    if len(name) < 2 or not name[0].isalpha() or name in TAKEN_BY_BEANCOUNT:
        return f"X{name}"
    return name


class Chart:
    """The accounts and commodities by which beancount knows ours, and the programme they belong to."""

    def __init__(self) -> None:
        self.programme = opened_programme()
        self.units = known_units()
        self.commodities = dict(zip(self.units, map(Names(commodity), self.units), strict=True))
        self.opened: dict[tuple[str, str], str] = {}  # holder and earmark to account
        self._roots = {code: ROOTS[party.kind.partition(":")[0]] for code, party in parties().items()}
        self._part = Names(account_part)

    def account(self, holder: str, earmark: str) -> str:
        """The account of this holder for this earmark; its units are told apart by their commodities."""
        if not holder.startswith("@"):
            return f"{self._roots[holder]}:{self._part(holder)}:{self._part(earmark)}"
        sort, _, name = holder.partition(":")
        parts = [self._part(one) for one in (name, earmark) if one]
        return ":".join((ROOTS[sort], *parts))

    def amount(self, parts: int, unit: str) -> str:
        return f"{show_amount(parts, self.units[unit].places)} {self.commodities[unit]}"


def _header(chart: Chart) -> Iterator[str]:
    programme = chart.programme
    if programme is None:
        yield f"{HEAD}\n; No programme is opened in them yet.\n"
        return
    rehearsal = f"{REHEARSAL}\n" if programme.rehearsal else ""
    yield f"{HEAD}\n{rehearsal}; Programme {quoted(programme.name)}\n\n"
    yield f'option "title" {quoted(_title(programme))}\n'
    yield f'option "operating_currency" {quoted(chart.commodities[programme.reporting_unit])}\n\n'
    for code, unit in chart.units.items():
        yield f"{programme.opened} commodity {chart.commodities[code]}\n"
        yield from _said("  ", {"name": unit.name, "unit": code, "kind": unit.kind, "hs-code": unit.hs_code})
        yield f"  precision: {unit.places}\n"


def _title(programme: Programme) -> str:
    return f"{programme.name} (rehearsal)" if programme.rehearsal else programme.name


def _openings(posted: PostedEntry, chart: Chart) -> Iterator[str]:
    """The accounts that this entry is the first to touch."""
    for move in posted.moves:
        for holder in (move.giver, move.taker):
            key = (holder, move.earmark)
            if key not in chart.opened:
                chart.opened[key] = chart.account(holder, move.earmark)
                yield f"\n{posted.happened_at.date()} open {chart.opened[key]}\n"
                yield from _said("  ", {"holder": holder, "earmark": move.earmark})


def _transaction(posted: PostedEntry, *, act: int, chart: Chart) -> Iterator[str]:
    kinds = ", ".join(dict.fromkeys(move.kind for move in posted.moves))
    yield f"\n{posted.happened_at.date()} * {quoted(f'{posted.reference}: {kinds}')}\n"
    yield from _said("  ", {"time": posted.happened_at.timetz().isoformat(), "reverses": posted.reverses})
    yield f"  act: {act}\n"
    for move in posted.moves:
        said = list(_said("    ", {name: getattr(move, name) for name in SAID}))
        yield from (_posting(move.giver, move, parts=-move.amount, chart=chart), *said)
        yield from (_posting(move.taker, move, parts=move.amount, chart=chart), *said)


def _posting(holder: str, move: Move, *, parts: int, chart: Chart) -> str:
    return f"  {chart.opened[holder, move.earmark]}  {chart.amount(parts, move.unit)}\n"


def _balances(day: date, chart: Chart) -> Iterator[str]:
    """What every account holds of every unit it ever held, nothing included, as the books have it stored; `~ 0` is: exactly."""
    yield "\n"
    for holder, unit, earmark, _, balance in account_rows():
        number, _, name = chart.amount(balance, unit).partition(" ")
        yield f"{day} balance {chart.account(holder, earmark)}  {number} ~ 0 {name}\n"


def _said(indent: str, facts: dict[str, str]) -> Iterator[str]:
    """Metadata lines of the facts that are not empty."""
    return (f"{indent}{name}: {quoted(value)}\n" for name, value in facts.items() if value)


def quoted(text: str) -> str:
    """A string as beancount reads it, on one line."""
    return f'"{text.translate(ESCAPES)}"'


def _is_letter_or_digit(sign: str) -> bool:
    return category(sign)[0] == "L" or category(sign) == "Nd"
