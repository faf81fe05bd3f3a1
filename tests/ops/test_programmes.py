"""Programmes that chance made up, from a folder and from a workbook: who holds what is what another program reckoned."""

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import books

SIZE = ("--moves", "2000", "--recipients", "150", "--agents", "20", "--carriers", "30")


def made_up(shared: Path, folder: Path, *, seed: int) -> Path:
    """A programme of 2,000 moves, and what is expected of it reckoned by hand."""
    for tool, words in (("generate_programme.py", (*SIZE, "--seed", str(seed))), ("reckon.py", ())):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", [tool, str(folder), *words])
            try:
                runpy.run_path(str(shared / "tools" / tool), run_name="__main__")
            except SystemExit as ended:
                assert ended.code == 0, f"{tool} complains of seed {seed}"
    return folder


def check_answers(tell: Callable[..., CompletedProcess[str]], expected: Path) -> None:
    for question in ("holdings", "delivered"):
        assert tell(question, "--csv").stdout == (expected / f"{question}.csv").read_text(encoding="utf-8")
    told = json.loads(tell("verify", "--json").stdout)
    assert told["done"], told["problems"]


def check_by_beancount(tell: Callable[..., CompletedProcess[str]], path: Path) -> None:
    """Another program's opinion of the books: beancount's own check accepts them, balances and all."""
    assert tell("beancount", path).returncode == 0
    bean_check = Path(sys.executable).parent / "bean-check"
    checked = subprocess.run([bean_check, "--no-cache", path], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    assert " balance " in path.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(1, 6))
def test_the_books_say_what_was_reckoned_by_hand(
    tell: Callable[..., CompletedProcess[str]], shared: Path, tmp_path: Path, seed: int
) -> None:
    folder = made_up(shared, tmp_path / "programme", seed=seed)
    with books.undone():
        books.found()
        assert tell("import", folder).returncode == 0
        check_answers(tell, folder / "expected")
        check_by_beancount(tell, tmp_path / "books.beancount")
        assert tell("export", tmp_path / "given.xlsx").returncode == 0
        assert "Nothing was changed" in tell("import", folder).stdout
        assert tell("holdings", "--json", "--at", "2100-01-01").stdout.count('"since": "') > 20
    books.found()
    assert tell("import", tmp_path / "given.xlsx").returncode == 0
    check_answers(tell, folder / "expected")
    assert tell("export", tmp_path / "given").returncode == 0
    for file in folder.glob("*.csv"):
        assert (tmp_path / "given" / file.name).read_bytes() == file.read_bytes(), file.name
    assert tell("export", tmp_path / "again.xlsx").returncode == 0
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "given.xlsx").read_bytes()
