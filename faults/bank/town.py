"""Who there is at the bank: custodians with little in hand and a limit on what they may hold, and the folder that says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from tallystick.core.entry import Entry, Line

USD, LAMP = "USD", "LAMP"
UNITS = (USD, LAMP)
EARMARK = "SHOPS"
DONOR = "PARISH"
RECIPIENTS = {f"R{number}": f"G{number}" for number in range(1, 5)}
"""Every recipient with the grant that was promised."""

OPENED_AT = datetime(2016, 3, 1, 9, tzinfo=UTC)
OPENING = {USD: 100_000, LAMP: 200}
"""What every custodian has at the beginning, in smallest parts: enough for two or three moves."""

LIMITS = {USD: 250_000, LAMP: 500}
HEADERS = {
    "authorisations": "authorisation,jurisdiction,issuer,basis,purpose,valid_from,valid_until,unit,ceiling",
    "legs": "leg,from_place,to_place,mode,commission_percent,commission_fixed,unit,days,limit_each,authorisation",
    "vouches": "recipient,referee,tie,known_years,said_on,word",
    "moves": "happened_at,entry,kind,giver,taker,unit,amount,earmark,grant,authorisation,note",
    "visits": "grant,visited_on,trading,takings_month,unit,jobs,informal_payments_month,shock,helped_others",
}
COUNTED = re.compile(r"(\d+) of (\d+)$")


@dataclass(frozen=True)
class Town:
    """`count` custodians, each with an account in either unit. Every second one has a limit on what it may hold."""

    count: int

    @cached_property
    def custodians(self) -> tuple[str, ...]:
        return tuple(f"W{number:04d}" for number in range(self.count))

    @cached_property
    def limits(self) -> dict[tuple[str, str], int]:
        return {(custodian, unit): most for custodian in self.custodians[::2] for unit, most in LIMITS.items()}

    def opening(self) -> Iterator[Entry]:
        """The gifts at the beginning."""
        for custodian in self.custodians:
            lines = [Line("gift", DONOR, custodian, unit, amount, EARMARK) for unit, amount in OPENING.items()]
            yield entry_of(f"E-{custodian}", OPENED_AT, *lines)

    def write(self, folder: Path) -> Path:
        """The programme folder; nothing has moved in it."""
        folder.mkdir()
        (folder / "programme.toml").write_text(
            'format = 1\nname = "Bank"\nrehearsal = true\nhome = "TR"\nreporting_unit = "USD"\nopened = 2016-03-01\n',
            encoding="utf-8",
        )
        tables = {name: [header] for name, header in HEADERS.items()}
        tables["units"] = ["unit,kind,places,name,hs_code", "USD,money,2,US dollar,", "LAMP,goods,0,solar lamp,9405.21"]
        tables["earmarks"] = ["earmark,donor,unit,purpose", f"{EARMARK},{DONOR},USD,shops"]
        promised = [f"{grant},{recipient},stall,{EARMARK},REH,USD,500.00,2" for recipient, grant in RECIPIENTS.items()]
        tables["grants"] = ["grant,recipient,venture,earmark,authorisation,unit,amount,tranches", *promised]
        tables["authorisations"].append("REH,TR,rehearsal authority,invented for rehearsal,shops,2016-01-01,2030-12-31,USD,1.00")
        tables["parties"] = ["party,kind,place,holding_limit,note", *self._parties()]
        for name, rows in tables.items():
            (folder / f"{name}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
        return folder

    def _parties(self) -> Iterator[str]:
        yield f"{DONOR},donor,,,"
        limit = f"USD {LIMITS[USD] // 100}.00; LAMP {LIMITS[LAMP]}"
        for custodian in self.custodians:
            yield f"{custodian},custodian:agent,Kilis,{limit if (custodian, USD) in self.limits else ''},"
        for recipient in RECIPIENTS:
            yield f"{recipient},recipient,Kilis,,"


def entry_of(reference: str, at: datetime, *lines: Line) -> Entry:
    """An entry of these lines; every line says at the end of its note how many there are, so that a watcher misses none."""
    noted = [
        line._replace(note=f"{line.note}{': ' if line.note else ''}{place} of {len(lines)}")
        for place, line in enumerate(lines, 1)
    ]
    return Entry(reference, at, tuple(noted))


def is_whole(notes: list[str]) -> bool:
    """Whether these, the notes of an entry's moves in their order, are all of them."""
    counted = [COUNTED.search(note) for note in notes]
    wanted = [(str(place), str(len(notes))) for place in range(1, len(notes) + 1)]
    return bool(notes) and [found and found.groups() for found in counted] == wanted
