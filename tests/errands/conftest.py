"""Books for errands, and the slate that they are done on."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def office(db: None) -> None:
    """Books of an office, and nothing in them yet."""
    from tests.books import found

    found()


@pytest.fixture
def slate() -> Iterator[Any]:
    """The slate that the errands of a test are done on, hung up where pages look."""
    from tallystick.errands import slate as slates

    one = slates.Slate()
    slates.write_on(one)
    slates.hang_up(one)
    yield one
    slates.write_on(slates.Slate())
    slates.hang_up()
