"""Vouches: the one statement a referee makes about a recipient."""

from dataclasses import dataclass
from datetime import date

VOUCH_WORDS = ("for", "unsure", "against")


@dataclass(frozen=True, slots=True)
class Vouch:
    recipient: str
    referee: str
    tie: str
    known_years: int | None
    said_on: date
    word: str  # one of VOUCH_WORDS
