"""The run itself: in CI nothing is skipped, and a machine without PostgreSQL is told so in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.house.source import ROOT

SKIPPING = {
    "test_one.py": "import pytest\n\n\ndef test_it():\n    pytest.skip('no river today')\n",
    "test_all.py": "import pytest\n\npytest.skip('no river today', allow_module_level=True)\n",
    "test_marked.py": "import pytest\n\n\n@pytest.mark.skipif(True, reason='no river today')\ndef test_it(): ...\n",
}


def run_tests(folder: Path, *, in_ci: bool) -> subprocess.CompletedProcess[str]:
    """Runs the tests in `folder` under this repository's rules."""
    rules = ["-c", ROOT / "pyproject.toml", "--rootdir", ROOT, "-p", "tests.conftest", "-p", "no:django"]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "TALLYSTICK_")) and name != "CI"
    }
    return subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", *rules, folder],
        cwd=ROOT,
        env=environment | ({"CI": "true"} if in_ci else {}),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", SKIPPING)
def test_ci_refuses_to_skip(tmp_path: Path, name: str):
    (tmp_path / name).write_text(SKIPPING[name], encoding="utf-8")
    ran = run_tests(tmp_path, in_ci=True)
    assert ran.returncode != 0
    assert "CI refuses to skip" in ran.stdout
    assert "no river today" in ran.stdout


def test_a_person_may_skip(tmp_path: Path):
    (tmp_path / "test_one.py").write_text(SKIPPING["test_one.py"], encoding="utf-8")
    ran = run_tests(tmp_path, in_ci=False)
    assert ran.returncode == 0, ran.stdout
    assert "1 skipped" in ran.stdout


def test_a_warning_fails_the_run(tmp_path: Path):
    (tmp_path / "test_one.py").write_text(
        "import warnings\n\n\ndef test_it():\n    warnings.warn('the ford is high')\n", encoding="utf-8"
    )
    ran = run_tests(tmp_path, in_ci=False)
    assert ran.returncode != 0
    assert "the ford is high" in ran.stdout


def test_a_machine_without_postgresql_is_told_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    assert postgres.say_whether_found() == 1
    assert capsys.readouterr().out.count("\n") == 1
