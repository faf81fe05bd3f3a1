"""Grants of the lamps programme before anything moved, and money in HERON's hand."""

from pathlib import Path

import pytest


@pytest.fixture
def funded(db: None, tmp_path: Path) -> None:
    from tests.promising import fund  # it needs Django, which stands only when conftests have been read

    fund(tmp_path)
