"""What units are worth by the books' own trades: the same whichever earmarks are asked for together."""

from tallystick.ledger.queries.rates import valuation
from tests import books

BOUGHT_AND_LENT = """
    E1   1 March   gift       HAEBARAGI → OFFICE    USD 100.00   SHOPS
    E2   1 March   gift       GWANGMYEONG → KILN    LAMP 90      LIGHT
    B3   2 March   purchase   OFFICE → LIGHTWORKS   USD 50.00    SHOPS
    B3   2 March   purchase   LIGHTWORKS → KILN     LAMP 10      SHOPS
"""
REASSIGNED = """
    A4   3 March   reassign   KILN → @earmark       LAMP 40      LIGHT   -   -   letter of the donor
    A4   3 March   reassign   @earmark → KILN       LAMP 40      SHOPS
"""


def rate_of_lamps(*earmarks: str) -> float | None:
    rate = valuation("USD", earmarks=earmarks).rate(unit="LAMP", earmark="SHOPS")
    return None if rate is None else float(rate)


def test_what_was_bought_does_not_price_what_came_from_another_earmark_whoever_else_is_asked_for(unmoved: None) -> None:
    books.post(BOUGHT_AND_LENT)
    assert rate_of_lamps("SHOPS") == rate_of_lamps("SHOPS", "LIGHT") == 500.0
    books.post(REASSIGNED)
    assert rate_of_lamps("SHOPS", "LIGHT") is None
    assert rate_of_lamps("SHOPS") is None


def test_what_went_to_another_earmark_leaves_the_rate_of_what_is_left(unmoved: None) -> None:
    books.post(BOUGHT_AND_LENT)
    books.post(REASSIGNED.replace("LIGHT", "?").replace("SHOPS", "LIGHT").replace("?", "SHOPS").replace(" 40 ", " 4 "))
    assert rate_of_lamps("SHOPS") == rate_of_lamps("SHOPS", "LIGHT") == 500.0
