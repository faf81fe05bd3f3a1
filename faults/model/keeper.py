"""One engine's part of the experiment, in a process of its own: `python -m faults.model.keeper ENGINE SEED EXAMPLES`."""

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from faults.finding import POSTGRES, Finding
from faults.kills.ground import Ground
from faults.kills.keepers import keep

STEPS = 25
SEEDED_EXAMPLES = 400  # at the most, until the books that forget are noticed
WORDS_MAX = 3_000


def find(ground: Ground, words: list[str]) -> Iterator[Finding]:
    first, examples = map(int, words)
    number = 2 * first + (ground.engine == POSTGRES)  # each engine plays other examples
    ground.start()
    from django.db import transaction

    ground.found()
    from faults.model.door import say_page
    from faults.model.machine import Posting

    with transaction.atomic():
        say_page()
    broken = play(examples=examples, number=number)
    said = f"{Posting.examples:,} examples of up to {STEPS} steps, {Posting.entries:,} entries taken, {Posting.refused:,} postings refused"
    yield Finding("the books and the model", ground.engine, f"{said}; the books of each were proved", broken)
    yield notice_seeded(ground, number=number)


def play(*, examples: int, number: int, shortened: bool = True) -> tuple[str, ...]:
    """What the machine finds in so many examples: a sentence with the (fewest) steps that lead there, or nothing."""
    from faults.model.machine import Posting

    machine = seed(number)(type("Posting", (Posting,), {}))
    chosen = settings(
        max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None,
        phases=(Phase.generate, *([Phase.shrink] if shortened else [])),
        suppress_health_check=list(HealthCheck), verbosity=Verbosity.quiet, report_multiple_bugs=False,
    )  # fmt: skip
    try:
        run_state_machine_as_test(machine, settings=chosen)
    except Exception as problem:  # noqa: BLE001  (whatever the books did wrong, it is told with its steps)
        steps = "; ".join(getattr(problem, "__notes__", ())).replace("\n", "; ")
        return (f"seed {number}: {type(problem).__name__}: {problem} … {steps}"[:WORDS_MAX],)
    return ()


def notice_seeded(ground: Ground, *, number: int) -> Finding:
    """Books that do not ask what lies in somebody's hands, or on the road to them: the rules are whole, what they are given is not."""
    from unittest.mock import patch

    from faults.model.machine import Posting
    from tallystick.core.custody.book import Book

    before = Posting.examples
    with patch.object(Book, "know_road", lambda *told, **how: None), patch.object(Book, "know_account", know_balance_alone):
        broken = play(examples=SEEDED_EXAMPLES, number=number, shortened=False)
    problems = () if broken else ("Books that forget what somebody with a limit has already went unnoticed.",)
    seen = f"noticed in example {Posting.examples - before}" if broken else "not noticed"
    return Finding("books that forget a limit, on purpose", ground.engine, seen, problems)


def know_balance_alone(*told: Any, account: int) -> None:
    """What `Book.know_account` does, and nothing for the limit."""
    book, key, balance = told
    book.balances[key], book.accounts[key] = balance, account


if __name__ == "__main__":
    keep(find)
