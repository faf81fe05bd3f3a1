"""Books for the wishes: the lamps programme before anything moved, and lamps in a store's hand."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def stocked(db: Any, tmp_path: Path) -> None:
    from tests import books
    from tests.desk.goods import GIVEN

    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
    books.post(GIVEN)


@pytest.fixture
def sent(stocked: None) -> None:
    """A hundred lamps on the road under T1."""
    from tests.desk.goods import dispatch, done

    done("dispatch", dispatch())
