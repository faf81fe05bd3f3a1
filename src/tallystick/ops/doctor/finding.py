"""What was looked at, what was seen, and what there is to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    OK = "ok"
    LOOK = "look at this"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: what was seen, in a plain sentence, and what to do where it is not as it should be."""

    topic: str
    standing: Standing
    words: str
    advice: str = ""


def fine(topic: str, words: str) -> Finding:
    return Finding(topic, Standing.OK, words)


def doubtful(topic: str, words: str, *, advice: str) -> Finding:
    return Finding(topic, Standing.LOOK, words, advice)


def wrong(topic: str, words: str, *, advice: str) -> Finding:
    return Finding(topic, Standing.WRONG, words, advice)
