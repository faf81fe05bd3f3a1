"""Serving: what a team needs, where workers have their places, and what is handed over to them."""

import pickle
from pathlib import Path

import pytest

from tallystick.ops import serving
from tallystick.ops.place import taken
from tallystick.ops.serving import TeamUnequipped, WorkersWithoutServer, serve_team
from tallystick.ops.workers import _name
from tallystick.vault import keys
from tests.home import PASSPHRASE

pytestmark = pytest.mark.django_db


def team(home: Path) -> None:
    serve_team(home, keys.unlocked(), port=0, told=lambda address: None, count=2)


def test_books_in_a_file_are_served_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "is_server", lambda: False)
    with pytest.raises(WorkersWithoutServer):
        team(tmp_path)


def test_a_team_needs_what_serves_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(serving, "is_server", lambda: True)
    monkeypatch.setattr(serving, "find_spec", lambda name: None)
    with pytest.raises(TeamUnequipped):
        team(tmp_path)


def test_a_place_is_held_by_one_at_a_time(tmp_path: Path):
    with taken(tmp_path, 0, given_up=lambda: True) as first:
        with taken(tmp_path, 0, given_up=lambda: True) as second, taken(tmp_path, 1, given_up=lambda: True) as other:
            assert (first, second, other) == (True, False, True)
        assert (tmp_path / "work-0.lock").read_bytes() == b""
    with taken(tmp_path, 0, given_up=lambda: True) as again:
        assert again


def test_a_worker_is_known_by_its_place_and_tells_nobody_where_that_is(tmp_path: Path):
    names = {_name(tmp_path, 0), _name(tmp_path, 1), _name(tmp_path / "other", 0)}
    assert len(names) == 3
    assert _name(tmp_path, 0) in names
    assert not any(part in name for name in names for part in tmp_path.parts[1:])


def test_a_keyring_is_handed_over_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keys.make_keyring(tmp_path / "home", PASSPHRASE)
    keyring = keys.open_keyring(tmp_path / "home", PASSPHRASE)
    monkeypatch.setattr(keys, "_memory", keys._Memory())
    keys.adopt(tmp_path / "home", pickle.loads(pickle.dumps(keyring)))
    assert keys.unlocked() == keyring
    assert keys.unlock(tmp_path / "home", PASSPHRASE) == keyring
