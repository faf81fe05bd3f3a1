"""The rules held against a plain model of the books, step by step, through whatever hypothesis thinks of."""

from functools import partial

from hypothesis import settings

from tests.core.bookkeeping import LIMITED, Bookkeeping
from tests.core.ledger_page import Page


class Ruling(Bookkeeping):
    """The rules alone, without a database."""

    open_books = partial(Page, limits=LIMITED)


TestRuling = Ruling.TestCase
TestRuling.settings = settings(max_examples=20, stateful_step_count=25)
