"""Gifts come, a corridor is set up, two recipients are vouched for and promised a grant."""

from office import GOODS, LEAD, MONEY, Office, at, day, yuan

from tallystick.core.agreement import Agreement, Bears, ExposureLimit, Upstream, ValueLimit
from tallystick.core.amount import Parts
from tallystick.core.corridor import Leg, Tariff
from tallystick.core.covenant import Covenant, CovenantSeen
from tallystick.core.party import LaterLimit
from tallystick.core.tranche import Tranche
from tallystick.core.venture import Venture
from tallystick.core.vouch import Vouch
from tallystick.desk.books import PartyWish
from tallystick.desk.entries import EntryWish, WishedLine
from tallystick.desk.grants import PromiseWish


def something_is_promised(office: Office) -> None:
    gifts_come(office)
    a_corridor_is_set_up(office)
    money_is_promised(office)
    lamps_are_promised(office)


def gifts_come(office: Office) -> None:
    for reference, ago, giver, taker, unit, amount, earmark in (
        ("E101", 24, "HAEBARAGI", "CRANE", "CNY", yuan(60_000), "SHOPS"),
        ("E102", 23, "GWANGMYEONG", "KILN", "LAMP", Parts(900), "LIGHT"),
        ("E103", 22, "HAEBARAGI", "OFFICE", "USD", Parts(1_850_000), "SHOPS"),
        ("E104", 1, "PARISH", "OFFICE", "KRW", Parts(1_200_000), "STALLS"),
    ):
        line = WishedLine("gift", giver, taker, unit, amount, earmark)
        office.ask("WREN", "gift", EntryWish(reference, at(ago), (line,)))


def a_corridor_is_set_up(office: Office) -> None:
    by_rail = Leg("DDG-HAM", "Dandong", "Hamhung", "by rail", 90_000, Parts(0), "CNY", 6, yuan(20_000), MONEY)
    dearer = Tariff("DDG-SIN", day(20), 130_000, yuan(120), 3, limit_each=yuan(20_000))
    wagtail = Agreement(
        "WAGTAIL", day(20), 150_000, confirm_first=False, valid_until=day(-160), leg="DDG-SIN",
        bears=(Bears("shortfall", "custodian"), Bears("seizure", "programme")), upstreams=(Upstream("CRANE"),),
    )  # fmt: skip
    swallow = Agreement(
        "SWALLOW", day(20), 120_000, confirm_first=True, leg="YNJ-HYE",
        bears=(Bears("shortfall", "custodian"),), upstreams=(Upstream("HERON"),),
    )  # fmt: skip
    for wish, content, because in (
        ("leg", by_rail, "the road by Sinuiju is closed in the rains"),
        ("tariff", dearer, "the bridge asks more since the spring"),
        ("agreement", wagtail, "terms as talked over in Dandong"),
        ("agreement", swallow, "terms as talked over in Yanji"),
        ("holding-limit", LaterLimit("SWALLOW", "CNY", yuan(18_000)), "one bag is enough to lose"),
        ("value-limit", ValueLimit("WAGTAIL", Parts(900_000)), "money and lamps together"),
        ("exposure-limit", ExposureLimit("CRANE", Parts(2_500_000)), "if CRANE falls, so does WAGTAIL"),
    ):
        office.ask("DUNLIN", wish, content, agrees="KNOT", because=because)


def money_is_promised(office: Office) -> None:
    recipient_comes(office, "R13", "Ryanggang", (("REF-E", "neighbour", 12), ("REF-G", "cousin", 30)))
    tranches = (
        Tranche(yuan(4_000), "none"),
        Tranche(yuan(4_000), "reconciled"),
        Tranche(yuan(8_000), "reconciled and visited"),
    )
    wish = PromiseWish("G13", "R13", "noodle shop", "SHOPS", MONEY, "CNY", yuan(16_000), tranches)
    office.ask(LEAD, "promise", wish)
    office.ask("DUNLIN", "venture", Venture("G13", "noodle shop", "Ryanggang"))
    office.ask("DUNLIN", "covenant", Covenant("C13", "G13", "shares of noodle starter", 3))
    office.ask("DUNLIN", "covenant_seen", CovenantSeen("C13", day(2), 1, note="the first went to a neighbour"))


def lamps_are_promised(office: Office) -> None:
    recipient_comes(office, "R14", "N Pyongan", (("REF-H", "supplier", 6), ("REF-C", "schoolmate", 18)))
    wish = PromiseWish("G14", "R14", "lamp seller", "LIGHT", GOODS, "LAMP", Parts(200), (Tranche(Parts(200), "none"),))
    office.ask("DUNLIN", "promise", wish)


def recipient_comes(office: Office, code: str, place: str, words: tuple[tuple[str, str, int], ...]) -> None:
    office.ask("DUNLIN", "party", PartyWish(code, "recipient", place))
    for who, (referee, tie, years) in zip(("DUNLIN", "KNOT"), words, strict=True):
        office.ask(who, "vouch", Vouch(code, referee, tie, years, day(20), "for"))
