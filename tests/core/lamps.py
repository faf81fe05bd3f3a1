"""The lamps programme as posted entries, read with nothing but the standard library."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from tallystick.core.amount import read_amount
from tallystick.core.entry import Move, PostedEntry

LAMPS = Path(__file__).parents[2] / "examples" / "lamps"


def rows(name: str, folder: Path = LAMPS) -> list[dict[str, str]]:
    with (folder / name).open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


@cache
def places(folder: Path = LAMPS) -> dict[str, int]:
    """The decimals of each unit."""
    return {row["unit"]: int(row["places"]) for row in rows("units.csv", folder)}


@cache
def kinds(folder: Path = LAMPS) -> dict[str, str]:
    """What each party is."""
    return {row["party"]: row["kind"] for row in rows("parties.csv", folder)}


@cache
def goods(folder: Path = LAMPS) -> frozenset[str]:
    return frozenset(row["unit"] for row in rows("units.csv", folder) if row["kind"] == "goods")


@cache
def reporting_unit(folder: Path = LAMPS) -> str:
    return str(tomllib.loads((folder / "programme.toml").read_text(encoding="utf-8"))["reporting_unit"])


@cache
def entries(folder: Path = LAMPS) -> tuple[PostedEntry, ...]:
    return tuple(read_entries(folder))


def read_entries(folder: Path) -> Iterator[PostedEntry]:
    """Rows of one reference and one moment are one entry; the halves of a tally pass through its transit account."""
    tallies, gathered = set(), {}
    for row in rows("moves.csv", folder):
        giver, taker, named = row["giver"], row["taker"], ""
        if row["kind"] == "dispatch":
            tallies.add(row["entry"])
            taker, named = f"@transit:{row['entry']}", taker
        elif row["entry"] in tallies and row["kind"] in ("receipt", "loss", "return"):
            giver, named = f"@transit:{row['entry']}", giver
        amount = read_amount(row["amount"], unit=row["unit"], places=places(folder)[row["unit"]])
        note = (row["grant"], row["authorisation"], row["note"])
        move = Move(row["kind"], giver, taker, row["unit"], amount, row["earmark"], named, *note)
        gathered.setdefault((row["entry"], row["happened_at"]), []).append(move)
    for (reference, moment), moves in gathered.items():
        reverses = moves[0].note.split()[0].rstrip(":,;.") if moves[0].kind == "reversal" else ""
        yield PostedEntry(reference, datetime.fromisoformat(moment), tuple(moves), reverses)
