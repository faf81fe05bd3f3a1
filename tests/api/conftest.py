"""The API as a program sees it, over the lamps programme."""

from typing import Any

import pytest


@pytest.fixture
def lamps(db: None) -> None:
    """The lamps programme, everything arrived."""
    from tests.books import LAMPS, found, sign, take

    found()
    take(LAMPS)
    sign()


@pytest.fixture(autouse=True)
def counted_anew() -> Any:
    """What was counted in an earlier test is of no account in this one."""
    from django.core.cache import caches

    caches["process"].clear()
