"""A refusal: something a person can cause, read and act on."""

from typing import ClassVar


class Refusal(Exception):
    """A person asked for what the rules do not allow; `code` is stable, `words` is one sentence over the facts.

    `expected` says in a few words what would have been taken; fault lists print it beside what stood there. A refusal that
    concerns one line of an entry may carry `line` (its index in the entry) and `column` (a column of the programme folder).
    """

    code: ClassVar[str]
    words: ClassVar[str]
    expected: ClassVar[str] = ""

    def __init__(self, *, line: int | None = None, column: str | None = None, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return self.words.format(**self.facts)

    def expectation(self) -> str:
        """What would have been taken instead, in words; empty where the sentence already says it."""
        return self.expected.format(**self.facts)
