"""What was read from the records, kept from one posting to the next for as long as no further record was said.

Records are few and change seldom, entries are many; whoever posts an entry should not read the parties again for it. What is
kept belongs to the act that said the last record: its digest covers everything before it, so a record more, a transaction
undone or other books give another digest, and everything is read anew.
"""

import threading
from collections.abc import Callable, Collection
from typing import Any, TypeVar

from django.db import connection

from tallystick.journal.queries import Head

T = TypeVar("T")
CODES_MAX = 100_000  # of one name; what goes beyond is forgotten with the rest and read again


class _Kept(threading.local):
    def __init__(self) -> None:
        self.belongs_to: tuple[Any, bytes] = (None, b"")
        self.head: Head | None = None  # that was turned to last
        self.whole: dict[str, Any] = {}
        self.coded: dict[str, dict[str, Any]] = {}


_kept = _Kept()


def recall(head: Head, name: str, *, read: Callable[[], T]) -> T:
    """What `read` gave under this name since the last record was said; read now where it is not kept. Not to be changed."""
    _turn_to(head)
    if name not in _kept.whole:
        _kept.whole[name] = read()
    found: T = _kept.whole[name]
    return found


def recall_coded(head: Head, name: str, *, codes: Collection[str], read: Callable[[list[str]], dict[str, T]]) -> dict[str, T]:
    """Those of the records with these codes that there are; `read` is asked once for each code, known or not."""
    _turn_to(head)
    kept = _kept.coded.setdefault(name, {})
    missing = [code for code in codes if code not in kept]
    if missing:
        if len(kept) + len(missing) > CODES_MAX:
            kept.clear()
            missing = list(codes)
        found = read(missing)
        kept.update((code, found.get(code)) for code in missing)
    return {code: kept[code] for code in codes if kept[code] is not None}


def _turn_to(head: Head) -> None:
    if head is _kept.head and head.records:
        return
    _kept.head = head
    books = (str(connection.settings_dict["NAME"]), head.records)
    if books != _kept.belongs_to or not head.records:
        _kept.whole, _kept.coded = {}, {}
        _kept.belongs_to = books
