"""Imports point down only: the contracts in pyproject.toml are kept, and each of them can be broken."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, rooms

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
MODULES = ("models", "queries", "apply", "actions")


def verdicts(source: Path) -> dict[str, str]:
    """What lint-imports says of the package in `source`: contract by contract, KEPT or BROKEN."""
    said = subprocess.run(
        [LINT_IMPORTS, "--config", ROOT / "pyproject.toml", "--no-cache"],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict(re.findall(r"^(.+) (KEPT|BROKEN)", said.stdout, flags=re.MULTILINE))
    assert found, said.stdout + said.stderr
    return found


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house: every room with the modules a room may have, and not one import."""
    source = tmp_path_factory.mktemp("house")
    package = source / "tallystick"
    for room in (name for floor in rooms() for name in floor):
        folder = package / room
        folder.mkdir(parents=True)
        for name in ("__init__", *MODULES):
            (folder / f"{name}.py").touch()
    (package / "__init__.py").touch()
    return source


def test_the_house_keeps_its_contracts():
    assert set(verdicts(ROOT / "src").values()) == {"KEPT"}


def test_an_empty_house_keeps_them_too(house: Path):
    assert set(verdicts(house).values()) == {"KEPT"}


BREACHES = {
    "Topics point down only": {"people/queries.py": "import tallystick.grants.models"},
    "Inside a room: a wish over rows over reads over tables": {"grants/queries.py": "import tallystick.grants.actions"},
    "The rules know no Django, clock, disk, network or hidden chance": {"core/models.py": "import random"},
    "Only the ledger touches the ledger's tables": {"reports/queries.py": "import tallystick.ledger.models"},
    "Modules of one room form no ring": {
        "web/models.py": "import tallystick.web.queries",
        "web/queries.py": "import tallystick.web.models",
    },
}


def test_every_contract_has_a_breach_to_prove_it(house: Path):
    assert set(verdicts(house)) == set(BREACHES)


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_of_a_contract_is_found(house: Path, contract: str):
    broken = BREACHES[contract]
    for name, line in broken.items():
        (house / "tallystick" / name).write_text(f"{line}\n", encoding="utf-8")
    try:
        assert verdicts(house)[contract] == "BROKEN"
    finally:
        for name in broken:
            (house / "tallystick" / name).write_text("", encoding="utf-8")


def test_a_room_that_is_not_drawn_is_found(house: Path):
    shed = house / "tallystick" / "shed"
    shed.mkdir()
    (shed / "__init__.py").touch()
    try:
        assert verdicts(house)["Topics point down only"] == "BROKEN"
    finally:
        (shed / "__init__.py").unlink()
        shed.rmdir()
