"""A programme with as many hands as a test asks for, each with something in it."""

import csv
from pathlib import Path
from typing import Any

from tests.books import LAMPS, without_moves

EARMARK, DONOR, FUND = "SHOPS", "HAEBARAGI", "OFFICE"
ENTRY = ["2016-03-01T09:00:00+09:00"]


def with_hands(to: Path, *, custodians: int, recipients: int = 30, tallies: int = 0) -> Path:
    """The lamps programme's folder with so many agents and recipients more, who were given a dollar each, and tallies on the road."""
    folder = without_moves(LAMPS, to)
    agents = [f"AGENT{number:04}" for number in range(custodians)]
    taken_in = [f"SHOP{number:04}" for number in range(recipients)]
    parties = [[code, "custodian:agent", "Yanji", "", ""] for code in agents]
    parties += [[code, "recipient", "Yanji", "", ""] for code in taken_in]
    _add(folder / "parties.csv", parties)
    _add(folder / "grants.csv", [_grant(number, code) for number, code in enumerate(taken_in)])
    _add(folder / "moves.csv", _moves(agents, taken_in, tallies=tallies))
    return folder


def _grant(number: int, code: str) -> list[str]:
    return [f"MANY{number:04}", code, "stall", EARMARK, "REH-MONEY", "USD", "9.00", "1"]


def _moves(agents: list[str], taken_in: list[str], *, tallies: int) -> list[list[Any]]:
    rows: list[list[Any]] = [[*ENTRY, "GIVEN", "gift", DONOR, FUND, "USD", "70000.00", EARMARK, "", "", ""]]
    rows += [[*ENTRY, f"H-{code}", "handover", FUND, code, "USD", "9.00", EARMARK, "", "", ""] for code in agents]
    rows += [
        [*ENTRY, f"P-{code}", "payout", agents[number // 30], code, "USD", "0.25", EARMARK, f"MANY{number:04}", "REH-MONEY", ""]
        for number, code in enumerate(taken_in)
    ]
    rows += [
        [*ENTRY, f"ROAD-{number:04}", "dispatch", FUND, agents[0], "USD", "1.00", EARMARK, "", "", ""]
        for number in range(tallies)
    ]
    return rows


def _add(file: Path, rows: list[list[Any]]) -> None:
    with open(file, "a", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows(rows)
