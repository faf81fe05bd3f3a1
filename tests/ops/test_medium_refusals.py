"""A disk at fault while a command is at work: one sentence, whatever the database called it."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tallystick.ops import questions
from tests.journal.ailing import failing, no_room

Tell = Callable[..., CompletedProcess[str]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (no_room, "There is no room left on the disk under the books. Expected: room on that disk, "),
        (failing, "The disk under the books does not read or write as it should, and what was asked for may not have been done."),
    ],
)
def test_a_disk_at_fault_is_said_in_one_sentence(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[Path], None], said: str
) -> None:
    monkeypatch.setattr(questions, "is_rehearsal", lambda: trouble(tmp_path / "db"))
    told = tell("holdings")
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.startswith(said)
