"""Databases of one test's own, beside the one that all tests stand on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler

KEY = bytes(range(32))

Books = dict[str, Any]


@pytest.fixture
def connect(django_db_blocker: Any) -> Iterator[Callable[[Books], Any]]:
    """Opens a database as one entry of DATABASES describes it; each call is a connection of its own."""
    opened = []

    def open_one(books: Books) -> Any:
        connection = ConnectionHandler({"default": books})["default"]
        opened.append(connection)
        connection.ensure_connection()
        return connection

    with django_db_blocker.unblock():
        yield open_one
        for connection in opened:
            connection.close()


@pytest.fixture
def alias(django_db_blocker: Any) -> Iterator[Callable[[str, Books], Any]]:
    """Makes a database known to Django under a name, so that models can be asked `.using(name)`."""
    named = []

    def name_one(name: str, books: Books) -> Any:
        connections.settings[name] = ConnectionHandler({"default": books}).settings["default"]
        named.append(name)
        return connections[name]

    with django_db_blocker.unblock():
        yield name_one
        for name in named:
            connections[name].close()
            del connections[name]
            del connections.settings[name]


@pytest.fixture
def books(tmp_path: Path) -> Books:
    """An encrypted file under a key that the tests know."""
    from tallystick.config.databases import encrypted_file

    described = encrypted_file(tmp_path / "books.db")
    described["OPTIONS"]["key"] = lambda: KEY
    return described
