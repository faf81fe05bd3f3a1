"""Vouches: the one statement a referee makes about a recipient."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tallystick.core.refusal import Refusal

FOR, UNSURE, AGAINST = "for", "unsure", "against"
VOUCH_WORDS = (FOR, UNSURE, AGAINST)
YEARS_MAX = 100


@dataclass(frozen=True, slots=True)
class Vouch:
    recipient: str
    referee: str
    tie: str
    known_years: int | None
    said_on: date
    word: str  # one of VOUCH_WORDS


class VouchWordUnknown(Refusal):
    code = "vouch_word_unknown"
    words = "“{asked}” is no word that a referee gives."
    expected = "one of for, unsure, against"


class VouchForNobody(Refusal):
    code = "vouch_for_nobody"
    words = "{asked} is no recipient of these books, so nobody can speak for them."
    expected = "the code of a recipient"


class VouchOfNobody(Refusal):
    code = "vouch_of_nobody"
    words = "A vouch is the word of somebody, and no referee is named."
    expected = "the referee's code name"


class VouchForOneself(Refusal):
    code = "vouch_for_oneself"
    words = "{recipient} would speak for {recipient}."
    expected = "the word of somebody else"


class VouchWithoutTie(Refusal):
    code = "vouch_without_tie"
    words = "Nothing says how {referee} comes to know {recipient}."
    expected = "what ties them: neighbour, cousin, supplier"


class YearsUnlikely(Refusal):
    code = "years_unlikely"
    words = "{referee} cannot have known {recipient} for {asked} years."
    expected = "a whole number of years from 0 to {most}, or nothing where nobody said"


def check_vouch(vouch: Vouch, *, is_recipient: bool) -> None:
    """Refuses what is no vouch; `is_recipient` says whether the books know a recipient under that code."""
    if not vouch.referee:
        raise VouchOfNobody
    if vouch.referee == vouch.recipient:
        raise VouchForOneself(recipient=vouch.recipient)
    if not is_recipient:
        raise VouchForNobody(asked=vouch.recipient)
    if not vouch.tie.strip():
        raise VouchWithoutTie(referee=vouch.referee, recipient=vouch.recipient)
    if vouch.known_years is not None and not 0 <= vouch.known_years <= YEARS_MAX:
        raise YearsUnlikely(referee=vouch.referee, recipient=vouch.recipient, asked=vouch.known_years, most=YEARS_MAX)
    if vouch.word not in VOUCH_WORDS:
        raise VouchWordUnknown(asked=vouch.word)


def gravest_first(vouches: Iterable[Vouch]) -> list[Vouch]:
    """Whoever speaks against comes first, then whoever is unsure; of each the latest first. Nothing is added up."""
    latest = sorted(vouches, key=lambda one: one.said_on, reverse=True)
    return sorted(latest, key=lambda one: VOUCH_WORDS[::-1].index(one.word))
