"""Books for the pages. Pytest reads this file before there is a Django to import the books with, so that waits."""

import pytest

ON_THE_ROAD = "T1   5 March   dispatch   CRANE → WAGTAIL   CNY 9876.54   SHOPS   G05   REH-MONEY"


@pytest.fixture
def lamps(db: None) -> None:
    """The lamps programme, everything arrived."""
    from tests.books import LAMPS, found, take

    found()
    take(LAMPS)


@pytest.fixture
def lamps_on_the_road(lamps: None) -> None:
    """The lamps programme with one more tally that nobody has received."""
    from tests.books import post

    post(ON_THE_ROAD)
