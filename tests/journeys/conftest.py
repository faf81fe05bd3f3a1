"""Homes that the journeys share: made once, copied where a journey changes them."""

from pathlib import Path

import pytest

from tests.conftest import CLUSTER
from tests.journeys.desk import Desk, Told

LAMPS = Path(__file__).parents[2] / "examples" / "lamps"


@pytest.fixture(scope="session")
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), request.config.stash.get(CLUSTER, None))


@pytest.fixture(scope="session")
def founding(desk: Desk) -> tuple[Path, Told]:
    """A home with an office and no programme, and what `tallystick init` said of it."""
    home = desk.new()
    return home, desk.run("init", "--rehearsal", home=home)


@pytest.fixture(scope="session")
def founded(founding: tuple[Path, Told]) -> Path:
    return founding[0]


@pytest.fixture(scope="session")
def taking(desk: Desk, founded: Path) -> tuple[Path, Told]:
    """A home with the lamps programme in it, and what the import said. Journeys that change it take a copy."""
    home = desk.copy(founded)
    return home, desk.run("import", LAMPS, home=home)


@pytest.fixture(scope="session")
def lamps(taking: tuple[Path, Told]) -> Path:
    return taking[0]
