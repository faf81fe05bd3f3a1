"""Which of the two engines the books are kept by."""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections


@cache
def is_server() -> bool:
    """Whether PostgreSQL keeps the books, and not SQLite in this process. Asked once: settings never change while it runs."""
    return bool(connections[DEFAULT_DB_ALIAS].vendor == "postgresql")
