"""Books for the pages. Pytest reads this file before there is a Django to import the books with, so that waits."""

from typing import Any

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


@pytest.fixture
def plover(db: None) -> Any:
    """A lead with a password that the tests know, an authenticator and recovery codes."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from tests.signing_in import PASSWORD, member

    one = member("PLOVER")
    one.set_password(PASSWORD)
    one.save()
    RecoveryCodes.activate(one)
    return one
