"""Pay orders in every state, codes given out and shown, a recipient paid, and somebody who goes to look."""

from datetime import UTC, datetime

from office import LEAD, Office, at, day, yuan

from tallystick.core.slip import Purpose
from tallystick.core.visit import Visit
from tallystick.desk.codes import ClaimWish, HalfWish
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
from tallystick.desk.payouts import PayoutByCodeWish, PayoutLimitWish
from tallystick.handovers.codes.actions import show


def money_is_paid(office: Office) -> None:
    orders_are_drawn(office)
    somebody_is_paid(office)
    codes_are_given_out(office)
    somebody_goes_to_look(office)


def orders_are_drawn(office: Office) -> None:
    drawn = [
        office.ask("DUNLIN", "pay_order", OrderWish(payer, payee, "CNY", yuan(amount), "SHOPS", purpose, day(ago))).subject
        for payer, payee, amount, purpose, ago in (
            ("CRANE", "HERON", 1_200, "haulage from Yanji, two carts", 9),
            ("CRANE", "TRUCKYARD", 640, "tyres for the truck", 8),
            ("HERON", "SWALLOW", 2_000, "advance for the road", 4),
            ("CRANE", "WAGTAIL", 900, "cartons and rope", 1),
        )
    ]
    for order, ago in zip(drawn[:3], (8, 7, 3), strict=True):
        office.ask("DUNLIN", "pay_order_issue", OrderStepWish(order, day(ago)), agrees=LEAD, because="it is in the plan")
    line = WishedLine("handover", "CRANE", "HERON", "CNY", yuan(1_200), "SHOPS", note="haulage")
    office.ask("WREN", "handover", EntryWish("E107", at(6), (line,)))
    office.ask("WREN", "pay_order_payment", OrderStepWish(drawn[0], day(6), entry="E107"))
    office.ask("WREN", "pay_order_void", OrderStepWish(drawn[1], day(5), why="the tyres were never delivered"))
    office.told["orders"] = dict(zip(("paid", "void", "issued", "drawn"), drawn, strict=True))


def somebody_is_paid(office: Office) -> None:
    """By code, so one person is enough up to the limit that two have said."""
    office.ask("KNOT", "payout_limit", PayoutLimitWish("CNY", yuan(5_000)), agrees=LEAD, because="what a counter pays in a day")
    given = office.ask("WREN", "claim_code", ClaimWish("G13", 1, yuan(4_000), day(-20)))
    proof = show(given.subject, given.shown_once, purposes=frozenset({Purpose.CLAIM}), name="DUNLIN", shown_at=datetime.now(UTC))
    office.ask("DUNLIN", "payout_by_code", PayoutByCodeWish(given.subject, proof, "WAGTAIL", at(0)))
    office.told["used"] = given.subject


def codes_are_given_out(office: Office) -> None:
    """They serve from now on; what is shown of them is shown once."""
    office.told["claim"] = office.ask("WREN", "claim_code", ClaimWish("G05", 3, yuan(15_000), day(-30))).subject
    office.told["giver"] = office.ask("WREN", "tally_half", HalfWish("T104", "giver", day(-10))).subject
    office.told["taker"] = office.ask("WREN", "tally_half", HalfWish("T104", "taker", day(-10))).subject


def somebody_goes_to_look(office: Office) -> None:
    seen = Visit("G13", day(0), True, yuan(3_100), "CNY", 2, yuan(180), "", 1)
    office.ask("DUNLIN", "visit", seen)
    office.ask("DUNLIN", "visit", Visit("G03", day(3), True, yuan(6_400), "CNY", 3, yuan(520), "flood", 4))
