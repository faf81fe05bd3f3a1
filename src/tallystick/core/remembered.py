"""Values worked out from texts that come again and again, kept as long as they are few."""

from collections.abc import Callable
from typing import Generic, TypeVar

KNOWN_MAX = 10_000
T = TypeVar("T")


class Remembered(dict[str, T], Generic[T]):
    """`remembered[text]` is what `read` makes of `text`, which is asked once; forgets them all when they become too many."""

    def __init__(self, read: Callable[[str], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> T:
        value = self._read(text)
        if len(self) >= KNOWN_MAX:
            self.clear()
        self[text] = value
        return value
