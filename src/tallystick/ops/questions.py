"""`tallystick holdings` and `delivered`: tables for people, CSV and JSON for programs."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tallystick.core.amount import show_amount
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import age, banner, grouped, out, print_csv, print_json, say, table
from tallystick.reports import holdings as report
from tallystick.reports.holdings import Holding

ROWS_MAX = 40  # of a table of those who are not custodians; CSV and JSON have all
GROUPS: dict[str, Callable[[Holding], str]] = {
    "holder": lambda holding: "",
    "earmark": lambda holding: holding.earmark,
    "place": lambda holding: holding.place or "(no place)",
}


def show_holdings(*, at: datetime | None, by: str, now: datetime, form: str) -> None:
    """Print who holds what, in `form` (table, csv or json)."""
    if form == "csv":
        banner(rehearsal=is_rehearsal(), to_error=True)
        print_csv(("holder", "unit", "earmark", "amount"), report.balances(at))
        return
    holdings = report.whose_hands(at)
    if form == "json":
        print_json({"rehearsal": is_rehearsal(), "at": (at or now).isoformat(), "holdings": holdings_document(holdings)})
    else:
        banner(rehearsal=is_rehearsal())
        print_tables(holdings, by=by, now=at or now)


def holdings_document(holdings: Sequence[Holding]) -> list[dict[str, object]]:
    """What `--json` says of holdings."""
    return [_as_json(one) for one in holdings]


def _as_json(holding: Holding) -> dict[str, object]:
    return {
        "holder": holding.holder,
        "kind": holding.kind,
        "place": holding.place,
        "unit": holding.unit,
        "earmark": holding.earmark,
        "amount": show_amount(holding.amount, holding.places),
        "since": holding.since.isoformat() if holding.since else None,
        "or_earlier": holding.or_earlier,
        "limit": None if holding.limit is None else show_amount(holding.limit, holding.places),
    }


def print_tables(holdings: Sequence[Holding], *, by: str, now: datetime) -> None:
    custody = [one for one in holdings if one.kind == "tally" or one.kind.startswith("custodian:")]
    others = [one for one in holdings if one.kind != "tally" and not one.kind.startswith("custodian:")]
    if not holdings:
        say("Nobody holds anything. Take in a programme with: tallystick import FOLDER")
        return
    _print_custody(custody, by=by, now=now)
    _print_others(others)


def _print_custody(holdings: Sequence[Holding], *, by: str, now: datetime) -> None:
    group = GROUPS[by]
    held = table(
        "In our hands and on the road",
        ("holder", "kind", "place", "holds", "unit", "earmark", "since", "limit"),
        right=("holds", "limit"),
    )
    last = None
    for one in sorted(holdings, key=lambda one: (group(one), one.holder, one.unit, one.earmark)):
        if group(one) != last and group(one):
            held.add_section()
        last = group(one)
        held.add_row(
            one.holder.removeprefix("@transit:"),
            "on the road" if one.kind == "tally" else one.kind.partition(":")[2],
            one.place, _shown(one.amount, one.places), one.unit, one.earmark, age(one.since, now=now, or_more=one.or_earlier),
            "" if one.limit is None else _shown(one.limit, one.places),
        )  # fmt: skip
    out.print(held)


def _print_others(holdings: Sequence[Holding]) -> None:
    beyond = table(
        "Beyond our hands (given, delivered, kept, spent, lost)", ("holder", "kind", "holds", "unit", "earmark"), right=("holds",)
    )
    for one in holdings[:ROWS_MAX]:
        kind = "" if one.kind == "books" else one.kind
        beyond.add_row(one.holder, kind, _shown(one.amount, one.places), one.unit, one.earmark)
    out.print(beyond)
    if len(holdings) > ROWS_MAX:
        say(f"… and {len(holdings) - ROWS_MAX:,} more; tallystick holdings --csv lists them all.")


def _shown(amount: int, places: int) -> str:
    return grouped(show_amount(amount, places))


def show_delivered(*, form: str) -> None:
    """Print what each grant's recipient was given, in `form` (table, csv or json)."""
    rows = [(one.grant, one.recipient, one.unit, show_amount(one.amount, one.places)) for one in report.delivered()]
    header = ("grant", "recipient", "unit", "delivered")
    if form == "csv":
        banner(rehearsal=is_rehearsal(), to_error=True)
        print_csv(header, rows)
    elif form == "json":
        print_json({"rehearsal": is_rehearsal(), "delivered": [dict(zip(header, row, strict=True)) for row in rows]})
    else:
        banner(rehearsal=is_rehearsal())
        made = table("Delivered", header, right=("delivered",))
        for row in rows:
            made.add_row(*row[:3], grouped(row[3]))
        out.print(made)
