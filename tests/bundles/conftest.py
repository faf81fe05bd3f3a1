"""What tests of folders share."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def generated(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of 2,000 moves by the shared generator."""
    folder = tmp_path_factory.mktemp("generated") / "programme"
    tool = shared / "tools" / "generate_programme.py"
    subprocess.run([sys.executable, str(tool), str(folder), "--moves", "2000", "--seed", "3"], check=True)
    return folder
