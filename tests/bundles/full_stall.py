"""A stall by the river with a row in every table and something in every column: its books taken in, carried on and signed."""

from pathlib import Path

from tests import books
from tests.bundles.folder_making import STALL, make_stall

MORE = {
    "parties": ["BANK,custodian:bank,Yanji,USD 5000; LAMP 7,keeps a limit", "R02,recipient,,,"],
    "earmarks": ["LIGHT,PARISH,LAMP,"],
    "authorisations": ["REH-2,CN,customs,invented,goods,2014-03-01,2016-12-31,LAMP,40"],
    "legs": ["YNJ-HYE,Yanji,Hyesan,by hand,12.5,2.00,USD,3,,"],
    "grants": ["G02,R02,grocery,SHOPS,REH,USD,100.00,2"],
    "vouches": ["R02,HERON,neighbour,,2014-03-05,unsure"],
    "visits": ["G02,2014-07-01,no,,,,,flood,"],
}
MOVES = """
    H9   3 March    handover     HERON → BANK             USD 50.00   SHOPS
    V9   4 March    reversal     BANK → HERON             USD 50.00   SHOPS   -     -      H9: typed twice
    T9   5 March    dispatch     HERON → BANK             USD 20.00   SHOPS   G01   REH    a second tranche
    X9   6 March    exchange     HERON → @changer:HERON   USD 10.00   SHOPS
    X9   6 March    exchange     @changer:HERON → HERON   LAMP 4      SHOPS
"""


def keep(folder: Path) -> None:
    """Found the office, take the stall in from `folder`, post what came later, and sign: three checkpoints in all."""
    more = {name: [*STALL[f"{name}.csv"], *lines] for name, lines in MORE.items()}
    books.found()
    books.take(make_stall(folder, **more))
    books.post(MOVES)
    books.sign()
