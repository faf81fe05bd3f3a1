"""The system checks, asked before the books are touched: what they find is a refusal, for a person can put it right."""

from django.core.checks import run_checks

from tallystick.core.refusal import Refusal

TAG = "tallystick"


class BooksUnfit(Refusal):
    code = "books_unfit"
    words = "The books are not opened ({checks}): {found}"
    expected = "{hints}"


def check_fitness(*, databases: list[str]) -> None:
    """Refuses, with BooksUnfit, a Python or a database that the books cannot be trusted to."""
    found = [message for message in run_checks(tags=[TAG], databases=databases) if message.is_serious()]
    if found:
        hints = " ".join(message.hint for message in found if message.hint).removesuffix(".")
        raise BooksUnfit(checks=", ".join(one.id or TAG for one in found), found=" ".join(one.msg for one in found), hints=hints)
