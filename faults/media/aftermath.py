"""Books found after a power cut, asked whether they are what the product promises."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection

from faults.media.story import Noted, entries, held, standing
from tallystick.core.refusal import Refusal
from tests import books

# What asking broken books may come to: an answer of the database, of the product, or of what is made of impossible rows.
TROUBLES = (Refusal, DatabaseError, AssertionError, ValueError, LookupError, TypeError)
OPENED, WHOLE, KEPT, GOES_ON, PROVED = "opened", "whole", "kept what was acknowledged", "went on", "proved"


class Aftermath:
    """`known` had been acknowledged when the power went, `following` is what was under way then."""

    def __init__(self, known: Noted, following: Noted | None) -> None:
        self.known = known
        self.following = following
        self.is_ahead = False  # what was under way stands, though nobody was told so

    def look(self) -> tuple[str, str]:
        """The first thing that does not hold and how; two empty texts where everything does."""
        questions: dict[str, Callable[[], str]] = {
            OPENED: self._opens, WHOLE: self._is_whole, KEPT: self._kept, GOES_ON: self._goes_on, PROVED: self._is_proved,
        }  # fmt: skip
        for name, ask in questions.items():
            try:
                found = ask()
            except TROUBLES as trouble:
                found = f"{type(trouble).__name__}: {trouble}"
            if found:
                return name, found
        return "", ""

    def _opens(self) -> str:
        connection.ensure_connection()
        return ""

    def _is_whole(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            found = [row for (row,) in cursor.fetchall()]
        return "" if found == ["ok"] else f"integrity_check says {found[:3]}"

    def _kept(self) -> str:
        there = dict(held())
        lost = self.known.references - there.keys()
        if lost:
            return f"{len(lost)} of {len(self.known.references)} acknowledged entries are lost, {min(lost)} among them"
        if max(there.values(), default=1) > 1:
            return "an entry is there more than once"
        now = standing()
        self.is_ahead = self.following is not None and now == self.following.standing
        if now == self.known.standing or self.is_ahead:
            return ""
        return f"the books hold {now}, which they never held; acknowledged was {self.known.standing}"

    def _goes_on(self) -> str:
        if not self.known.references:
            books.take(books.LAMPS)
        new = entries("AFTER", count=2)
        first, again = books.post(new), books.post(new)
        if (len(first.entries), again.already_count) != (2, 2):
            return f"{len(first.entries)} of 2 entries were taken, and {again.already_count} of them the second time"
        books.sign()
        return ""

    def _is_proved(self) -> str:
        proof: Any = books.proof()
        return "" if proof.holds else f"the proof finds: {proof.problems[0].words}"
