"""A page of the ledger on which something was agreed with custodians."""

from datetime import date
from fractions import Fraction

from tallystick.core.agreement import Agreement, Group, Terms
from tallystick.core.corridor import Way
from tallystick.core.custody.rules import Dealings, Rules
from tests.core.ledger_page import Page

FUNDED = """
    1 March  E1  gift  Parish → Amina  5000.00 USD
    1 March  E2  gift  Parish → Salma  5000.00 USD
    1 March  E3  gift  Parish → Amina  5000.00 TRY
    1 March  E4  gift  Parish → Store  1000 LAMP
"""
BEGAN, ENDED = date(2024, 3, 2), date(2024, 3, 31)
RATES = {("SHOPS", "TRY"): Fraction(1, 10)}


def agreed(custodian: str = "Yusuf", **more: object) -> Agreement:
    said = {"commission_ppm": 100_000, "confirm_first": False, "valid_from": BEGAN} | more
    return Agreement(custodian, **said)


def page(*terms: Terms, groups: tuple[Group, ...] = (), way: Way | None = None) -> Page:
    """The funded books, in which this was agreed; ten lira are worth a dollar, and lamps have no rate."""
    books = Page()
    books.play(FUNDED)
    rules = Rules("USD", RATES)
    for one in terms:
        rules.know_terms(one)
        for agreement in one.agreements:
            rules.dealings[agreement.custodian, agreement.valid_from] = Dealings()
    for group in groups:
        rules.know_group(group)
    if way:
        rules.ways[way.leg.leg] = way
    books.book.rules = rules
    return books


def with_yusuf(**more: object) -> Page:
    return page(Terms("Yusuf", (agreed(**more),)))
