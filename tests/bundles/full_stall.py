"""A stall by the river with a row in every table and something in every column: its books taken in, carried on and signed."""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from tallystick.bundles.records import say_known
from tallystick.core.agreement import Agreement, Bears, ExposureLimit, Override, Upstream, ValueLimit
from tallystick.core.amount import Parts
from tallystick.core.corridor import Tariff
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.core.party import LaterLimit
from tallystick.core.payout import PayoutLimit
from tallystick.core.promise import Cancellation
from tallystick.core.sign_off import SignOff
from tallystick.core.slip import Exhaustion, Redemption, Ruling, Slip
from tallystick.core.tranche import Condition, Tranche, TranchePlan, TrancheRelease
from tallystick.core.venture import Venture, VentureEnd
from tallystick.corridors import actions
from tallystick.journal.actions import lock_stream
from tallystick.vault.keys import unlocked
from tallystick.ventures.actions import describe_venture, end_venture
from tests import books
from tests.bundles.folder_making import STALL, make_stall
from tests.bundles.full_handovers import RECORDS as HANDOVERS

MORE = {
    "parties": ["BANK,custodian:bank,Yanji,USD 5000; LAMP 7,keeps a limit", "R02,recipient,,,"],
    "earmarks": ["LIGHT,PARISH,LAMP,"],
    "authorisations": ["REH-2,CN,customs,invented,goods,2014-03-01,2016-12-31,LAMP,40"],
    "legs": ["YNJ-HYE,Yanji,Hyesan,by hand,12.5,2.00,USD,3,,"],
    "grants": ["G02,R02,grocery,SHOPS,REH,USD,100.00,2", "G03,R01,stall,SHOPS,REH,USD,90.00,2"],
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
RECORDS: tuple[tuple[Any, ...], ...] = (
    (
        TranchePlan("G01", (Tranche(Parts(15_000), Condition.NONE), Tranche(Parts(5_000), Condition.VISITED))),
        TranchePlan("G02", (Tranche(Parts(6_000), Condition.NONE), Tranche(Parts(4_000), Condition.BOTH))),
    ),
    (TrancheRelease("G01", 2), TrancheRelease("G02", 2, without_visit="the bridge is down")),
    (Cancellation("G01", "the stall has moved away"), Cancellation("G02", "the shop never opened")),
    (Covenant("C1", "G01", "goat kids", 2), Covenant("C2", "G02", "sacks of seed", 3, passes_to="R01")),
    (CovenantSeen("C1", date(2014, 8, 1), 1, passes_to="R02", note="a kid"), CovenantSeen("C2", date(2014, 8, 2), 0)),
    (
        SignOff("gift", "G9", asked_by="PLOVER", asked_at="2026-01-06T09:30:00Z"),
        SignOff(
            "reversal",
            "H9",
            asked_by="WREN",
            asked_at="2026-01-06T09:31:00Z",
            agreed_by="PLOVER",
            reason="typed twice",
            asked_drawn_by="KNOT",
            agreed_drawn_by="GULL",
            content_digest="5f" * 32,
        ),
    ),
)
"""What no folder says, one kind after another."""
DAY, MOMENT, THERE = date(2026, 4, 30), "2026-01-06T09:30:00Z", "2026-01-06T19:30:00+09:00"
SAID: tuple[list[Any], ...] = (
    [
        Slip("7QM4-2XPK", "claim", "G02", "R02", DAY, "PLOVER", MOMENT, "$argon2id$1", tranche=1, amount=Parts(5_000)),
        Slip("8888-2222", "claim", "G02", "R02", DAY, "PLOVER", MOMENT, "$argon2id$2", tranche=2, amount=Parts(4_000)),
        Slip("9BCD-2222", "claim", "G01", "R01", DAY, "WREN", MOMENT, "$argon2id$3", tranche=2, amount=Parts(100)),
        Slip("2222-3333", "giver", "T9", "HERON", DAY, "WREN", MOMENT, "$argon2id$4"),
    ],
    [
        Redemption("9BCD-2222", "WREN", "PLOVER", THERE, MOMENT, agreed_by="KNOT", entry="9BCD-2222"),
        Redemption("8888-2222", "PLOVER", "KNOT", MOMENT, MOMENT, agreed_by="WREN", entry="8888-2222"),
    ],
    [Exhaustion("7QM4-2XPK", 5, "KNOT"), Exhaustion("9BCD-2222", 5, "GULL")],
    [Ruling("7QM4-2XPK", "unfreeze"), Ruling("9BCD-2222", "void")],
    [PayoutLimit("USD", Parts(50_000)), PayoutLimit("LAMP"), PayoutLimit("LAMP", Parts(5))],
)
"""What was said at the desk besides: of codes, and of how much one person pays out."""


def keep(folder: Path) -> None:
    """Found the office, take the stall in from `folder`, say what no folder does, post what came later, and sign: three checkpoints in all."""
    more = {name: [*STALL[f"{name}.csv"], *lines] for name, lines in MORE.items()}
    books.found()
    books.take(make_stall(folder, **more))
    for records in RECORDS:
        say_known(records, head=lock_stream(unlocked().office), recorded_at=books.POSTED_AT)
    for records in SAID:
        _say(records)
    agree()
    say_of_ventures()
    for records in HANDOVERS:
        say_known(records, head=lock_stream(unlocked().office), recorded_at=books.POSTED_AT)
    books.post(MOVES)
    books.sign()


@transaction.atomic
def _say(records: list[Any]) -> None:
    say_known(records, head=lock_stream(unlocked().office), recorded_at=books.POSTED_AT)


def agree() -> None:
    """Whatever can be agreed on with custodians, each of it twice, so that every column holds something."""
    said = {"office": unlocked().office, "recorded_at": books.POSTED_AT}
    day, last = date(2016, 4, 1), date(2016, 12, 31)
    actions.set_tariff(Tariff("SEL-YNJ", day, 90_000, Parts(100), 2, valid_until=last, limit_each=Parts(5_000_00)), **said)
    actions.set_tariff(Tariff("YNJ-HYE", day, 80_000, Parts(0), 3), **said)
    behind, bears = (Upstream("OFFICE"), Upstream("BANK")), (Bears("theft", "custodian"), Bears("seizure", "programme"))
    heron = Agreement("HERON", day, 100_000, True, valid_until=last, leg="YNJ-HYE", bears=bears, upstreams=behind)
    for agreement in (heron, Agreement("BANK", day, 0, False)):
        actions.agree_terms(agreement, **said)
    for code, amount in (("BANK", None), ("HERON", Parts(9_000_00))):
        actions.set_value_limit(ValueLimit(code, amount), **said)
        actions.set_exposure_limit(ExposureLimit(code, amount), **said)
    for unit, amount in (("USD", Parts(9_000_00)), ("LAMP", None)):
        actions.set_holding_limit(LaterLimit("HERON", unit, amount), **said)
    for reference in ("T90", "T91"):
        actions.give_override(Override(reference, "HERON", reason="the road closes tomorrow"), **said)


def say_of_ventures() -> None:
    """What two ventures are, and how they ended."""
    said = {"office": unlocked().office, "recorded_at": books.POSTED_AT}
    for venture in (Venture("G01", "stall", "Yanbian"), Venture("G02", "grocery", "Ryanggang")):
        describe_venture(venture, **said)
    sold, flooded = (
        VentureEnd("G01", date(2015, 3, 1), "sold", "to a cousin"),
        VentureEnd("G02", date(2014, 7, 2), "disaster", "flood"),
    )
    for end in (sold, flooded):
        end_venture(end, **said)
