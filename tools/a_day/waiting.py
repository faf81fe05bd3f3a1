"""What waits for a second person, a program that may ask, and long work."""

import io
import zipfile
from datetime import UTC, datetime

from office import LEAD, Office, at, day, yuan

from tallystick.core.agreement import ValueLimit
from tallystick.core.amount import Parts
from tallystick.desk.entries import ReversalWish
from tallystick.desk.handovers.disputing import ClosingWish, SettledLine
from tallystick.desk.handovers.ordering import OrderStepWish
from tallystick.desk.payouts import PayoutWithoutCodeWish
from tallystick.errands.actions import ask_give, ask_weigh
from tallystick.errands.upload import Upload
from tallystick.ops.demonstration import EXAMPLE
from tallystick.staff.actions import add_client

MOVES = """\
{at},E201,handover,CRANE,HERON,CNY,2400.00,SHOPS,,,for the road by Yanji
{at},E202,cost,HERON,@cost:fuel,CNY,180.00,SHOPS,,,two carts
{at},E203,gift,PARISH,OFFICE,KRW,450000,STALLS,,,collection of a Sunday
"""


def something_waits(office: Office) -> None:
    drafts_wait(office)
    add_client("LEDGER", role="auditor", expires_on=day(-120), today=day(0), by="")
    add_client("COUNTER", role="coordinator", expires_on=day(-20), today=day(0), by="")
    long_work_is_asked_for(office)


def drafts_wait(office: Office) -> None:
    taken_back = ReversalWish("V104", at(0), "E104", "the gift was written down twice")
    lost = SettledLine("CNY", "SHOPS", yuan(1_500), cause="shortfall", answers="WAGTAIL")
    ended = ClosingWish(office.told["dispute"], "write off", at(0), (lost,), note="the bundle was never found")
    unpaid = PayoutWithoutCodeWish("P101", at(0), "G14", "WAGTAIL", Parts(50), "the slip was lost on the way")
    limit = ValueLimit("SWALLOW", Parts(400_000))
    waits = {
        "reversal": office.ask("WREN", "reversal", taken_back, because="the bank shows one transfer"),
        "write-off": office.ask("WREN", "dispute_closing", ended, because="both were heard, and WAGTAIL agrees to answer"),
        "order": office.ask(
            "DUNLIN", "pay_order_issue", OrderStepWish(office.told["orders"]["drawn"], day(0)), because="in the plan"
        ),
        "payout": office.ask("DUNLIN", "payout_without_code", unpaid, because="two neighbours know them"),
        "limit": office.ask(LEAD, "value-limit", limit, because="the road is not safe at present"),
    }
    office.told["drafts"] = {name: draft.pk for name, draft in waits.items()}


def long_work_is_asked_for(office: Office) -> None:
    """A workbook of the books, and a folder of moves to be looked through; workers do both when the page is served."""
    given = ask_give(as_workbook=True, by=LEAD, asked_at=datetime.now(UTC))
    weighed = ask_weigh(Upload("november.zip", archive()), by=LEAD, asked_at=datetime.now(UTC))
    office.told["errands"] = {"given": given.code, "weighed": weighed.code}


def archive() -> bytes:
    """The demo's folder with three more moves, as somebody keeps it in a spreadsheet and sends it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for one in sorted(EXAMPLE.glob("*.*")):
            more = MOVES.format(at=at(1)) if one.name == "moves.csv" else ""
            file.writestr(one.name, one.read_text(encoding="utf-8") + more)
    return packed.getvalue()
