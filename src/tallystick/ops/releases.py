"""Which release the books are of: their tables have had every change that this one knows, and none that it does not know."""

from tallystick.core.refusal import Refusal
from tallystick.journal.migrated import migrated


class BooksOutdated(Refusal):
    code = "books_outdated"
    words = "These books were made by an earlier release; {count} change(s) of their tables are still to come."
    expected = "tallystick migrate, once, and before it a copy of the books"


class BooksAhead(Refusal):
    code = "books_ahead"
    words = "These books were opened by a later release: this one does not know {step}."
    expected = "that release or a later one"


def check_release(alias: str, *, may_be_outdated: bool) -> None:
    """Refuses books that this release does not know as they are. Raises BooksAhead, and BooksOutdated unless those are wanted."""
    outstanding, unknown = migrated(using=alias)
    if unknown:
        raise BooksAhead(step=unknown[0])
    if outstanding and not may_be_outdated:
        raise BooksOutdated(count=len(outstanding))
