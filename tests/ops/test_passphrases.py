"""Where a passphrase may come from, and what is said when it does not."""

import os
import sys
from pathlib import Path

import click
import pytest

from tallystick.ops import demonstration
from tallystick.ops.demonstration import ExampleMissing, demonstrate
from tallystick.ops.options import PASSPHRASE_FILE, PassphraseMissing, PassphrasesDiffer, PassphraseUnreadable, passphrase_for
from tests import books

HOME = Path("books")


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file that is named as the one with the passphrase."""
    file = tmp_path / "passphrase"
    monkeypatch.setenv(PASSPHRASE_FILE, str(file))
    return file


@pytest.mark.parametrize("data", [b"three herons\n", b"three herons", b"three herons\r\n"])
def test_a_file_holds_it_on_one_line(written: Path, data: bytes) -> None:
    written.write_bytes(data)
    assert passphrase_for(HOME, None) == "three herons"


@pytest.mark.parametrize("data", [b"", b"\n", b"three\nherons\n", b"\xff\xfe", b"x" * 5000])
def test_a_file_with_anything_else_is_refused(written: Path, data: bytes) -> None:
    written.write_bytes(data)
    with pytest.raises(PassphraseUnreadable):
        passphrase_for(HOME, None)


def test_a_file_that_is_not_there_is_refused(written: Path) -> None:
    with pytest.raises(PassphraseUnreadable, match="No such file"):
        passphrase_for(HOME, None)


def test_a_descriptor_goes_before_the_file(written: Path) -> None:
    written.write_bytes(b"three herons\n")
    reader, writer = os.pipe()
    os.write(writer, "세 마리 왜가리\n".encode())
    os.close(writer)
    assert passphrase_for(HOME, reader) == "세 마리 왜가리"
    with pytest.raises(PassphraseUnreadable, match=f"descriptor {reader}"):
        passphrase_for(HOME, reader)


def answers(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """A person at a terminal who types these answers."""
    left = iter(typed)
    monkeypatch.delenv(PASSPHRASE_FILE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "prompt", lambda *words, **how: next(left))


def test_a_person_is_asked_once_to_open_and_twice_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "three herons")
    assert passphrase_for(HOME, None) == "three herons"
    answers(monkeypatch, "three herons", "three herons")
    assert passphrase_for(HOME, None, twice=True) == "three herons"


def test_a_slip_of_the_finger_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "three herons", "tree herons")
    with pytest.raises(PassphrasesDiffer):
        passphrase_for(HOME, None, twice=True)


def test_nobody_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PASSPHRASE_FILE, raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    with pytest.raises(PassphraseMissing):
        passphrase_for(HOME, None)


def test_a_demo_without_its_example_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(demonstration, "EXAMPLE", tmp_path / "nowhere")
    with pytest.raises(ExampleMissing):
        demonstrate(tmp_path / "demo", recorded_at=books.FOUNDED_AT, port=None, as_json=True)
    assert not (tmp_path / "demo").exists()
