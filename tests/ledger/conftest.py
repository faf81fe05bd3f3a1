"""What tests of the ledger share: the lamps programme before anything moved."""

from pathlib import Path

import pytest


@pytest.fixture
def unmoved(db: None, tmp_path: Path) -> None:
    """Parties, earmarks and grants of the lamps programme; nobody holds anything yet."""
    from tests import books  # it needs Django, which stands only when conftests have been read

    books.found()
    books.take(books.without_moves(books.LAMPS, tmp_path / "lamps"))
