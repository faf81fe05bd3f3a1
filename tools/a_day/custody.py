"""Five tallies: received in part and disputed, broken, one too many, on the road, and on the road with papers."""

from office import GOODS, LEAD, MONEY, Office, at, day, yuan

from tallystick.core.amount import Parts
from tallystick.desk.handovers.disputing import DisputeWish
from tallystick.desk.handovers.losing import LossWish, RecoveryWish
from tallystick.desk.handovers.receiving import CountedLine, ReceiptWish
from tallystick.desk.handovers.sending import DispatchWish, KeptLine, SentLine
from tallystick.handovers.queries import disputes, liabilities, overages


def hands_are_busy(office: Office) -> None:
    one_comes_in_part(office)
    one_breaks(office)
    one_is_too_many(office)
    two_are_on_their_way(office)
    something_is_lost_in_a_hand(office)


def one_comes_in_part(office: Office) -> None:
    """Of nine thousand yuan 7,500 came; whether the rest was ever in the bag is in dispute."""
    sent = SentLine("CNY", yuan(9_000), "SHOPS", "G13", MONEY)
    office.ask("DUNLIN", "dispatch", DispatchWish("T101", at(16), "CRANE", "WAGTAIL", (sent,), note="first tranche and second"))
    counted = CountedLine("CNY", "SHOPS", received=yuan(7_500))
    office.ask("WREN", "receipt", ReceiptWish("T101", at(13, 18), (counted,), note="counted twice"))
    claim = DisputeWish("T101", "WAGTAIL", day(12), "CNY", yuan(1_500), "one bundle was not in the bag")
    office.ask("KNOT", "dispute", claim)
    office.told["dispute"] = disputes(tally="T101")[0].dispute.dispute


def one_breaks(office: Office) -> None:
    """Two hundred lamps, twelve of them broken; the carrier answers for eight and has made three good."""
    sent = SentLine("LAMP", Parts(200), "LIGHT", "G14", GOODS, "12 volt, 1 m cable", "carton", 10)
    office.ask("DUNLIN", "dispatch", DispatchWish("T102", at(12), "KILN", "WAGTAIL", (sent,)))
    counted = CountedLine("LAMP", "LIGHT", received=Parts(188), lost=Parts(12), cause="breakage", answers="WAGTAIL")
    wish = ReceiptWish("T102", at(10, 17), (counted,), note="two cartons fell from the cart")
    office.ask("WREN", "receipt", wish, agrees="KNOT", because="the broken ones were shown to us")
    owed = liabilities(losses=["T102"])[0].liability
    back = RecoveryWish("E105", at(6), owed.liability, "KILN", Parts(3), "bought anew in Dandong")
    office.ask("WREN", "recovery", back)
    office.told["liability"] = owed.liability


def one_is_too_many(office: Office) -> None:
    sent = SentLine("LAMP", Parts(100), "LIGHT", "G14", GOODS, "12 volt, 1 m cable", "carton", 5)
    office.ask("DUNLIN", "dispatch", DispatchWish("T103", at(9), "KILN", "WAGTAIL", (sent,)))
    counted = CountedLine("LAMP", "LIGHT", received=Parts(100), above=Parts(4))
    office.ask("DUNLIN", "receipt", ReceiptWish("T103", at(7, 16), (counted,), note="four more lay in the last carton"))
    office.told["overage"] = overages(tally="T103")[0].overage.overage


def two_are_on_their_way(office: Office) -> None:
    sent = SentLine("CNY", yuan(6_000), "SHOPS", "G13", MONEY)
    kept = KeptLine("CRANE", "CNY", yuan(300), "SHOPS")
    office.ask("WREN", "dispatch", DispatchWish("T104", at(8), "CRANE", "SWALLOW", (sent,), commission=(kept,)))
    lamps = SentLine("LAMP", Parts(240), "LIGHT", "G14", GOODS, "12 volt, 1 m cable", "carton", 12)
    spare = SentLine("LAMP", Parts(20), "LIGHT", "", GOODS, "without cable, spare", "bag", 1)
    office.ask("DUNLIN", "dispatch", DispatchWish("T105", at(2), "KILN", "WAGTAIL", (lamps, spare), note="by the morning cart"))


def something_is_lost_in_a_hand(office: Office) -> None:
    """Nobody answers for it: the programme bears it."""
    wish = LossWish("E106", at(5), "KILN", "LAMP", Parts(6), "LIGHT", "theft", answers="", note="the shelf was forced open")
    office.ask("WREN", "loss", wish, agrees=LEAD, because="the keeper of the store reported it")
