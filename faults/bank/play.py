"""The acts of one evening at the bank, on books that are made for it: the crowd, and after it the naive double."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command

from faults.bank import naive
from faults.bank.crowd import at_once, faults_of
from faults.bank.deeds import WITHOUT_REVERSALS
from faults.bank.reckoning import reckon
from faults.bank.teller import Account, work
from faults.bank.town import Town
from faults.bank.watcher import Watch
from tallystick.handovers.actions import hand_over
from tallystick.vault.keys import unlocked
from tests import books

WATCHERS = 2
NAIVE_SECONDS, ROUNDS_MAX = 3, 5
Found = dict[str, Any]
LAWS = {naive.BLIND: "another total", naive.UNLOCKED: "somebody below zero"}
"""What a naive posting breaks at the least, and a reader must have seen."""

TITLES = {
    naive.BLIND: "naive posting is caught: balances written back",
    naive.UNLOCKED: "naive posting is caught: no lock, no check, totals conserved",
}


def open_books(town: Town, folder: Path) -> None:
    """An office, the town's programme, and the gifts at the beginning."""
    call_command("migrate", verbosity=0)
    books.found()
    books.take(town.write(folder))
    hand_over(list(town.opening()), office=unlocked().office, recorded_at=books.POSTED_AT)


def crowd(town: Town, *, clients: int, seconds: float, seed: int) -> Found:
    """The clients post through the product's own door, the watchers read; then everything is reckoned up."""
    until = time.monotonic() + seconds
    tellers = [partial(work, town, number, seed=seed, until=until, door=hand_over) for number in range(clients)]
    watches = [Watch(town) for _ in range(WATCHERS)]
    answers = at_once(*tellers, *(partial(watch.look, until=until) for watch in watches))
    faults = [fault.strip().splitlines()[-1] for fault in faults_of(answers)]
    accounts = [answer for answer in answers if isinstance(answer, Account)]
    seen = [answer for answer in answers if isinstance(answer, Watch)]
    opening = {
        (entry.reference, entry.happened_at): (len(entry.lines), sum(line.amount for line in entry.lines))
        for entry in town.opening()
    }
    problems = [*faults, *reckon(accounts, opening=opening), *(problem for watch in seen for problem in watch.problems)]
    if not all(watch.moved > 1 for watch in seen) or not sum(len(account.stands) for account in accounts):
        problems.append("nothing moved while the watchers looked, so nothing was tried")
    return {
        "title": f"a crowd at {2 * town.count:,} accounts",
        "tried": sentence(accounts, seen, clients=clients, seconds=seconds),
        "problems": problems,
    }


def sentence(accounts: list[Account], seen: list[Watch], *, clients: int, seconds: float) -> str:
    """What was done and seen, in a sentence or three."""
    counts = sum((account.counts for account in accounts), Counter[str]())
    entries = sum(len(account.stands) for account in accounts)
    again = {name: count for name, count in counts.items() if name.startswith("asked again")}
    refused = {name: count for name, count in counts.items() if "_" in name}
    said = [
        f"{clients} clients for {seconds:.0f} s: {entries:,} entries acknowledged and {sum(refused.values()):,} wishes refused"
        f" ({', '.join(f'{name} {count:,}' for name, count in sorted(refused.items()))}), {counts['said again']:,} said twice;"
        f" the slowest answer took {max((account.slowest_seconds for account in accounts), default=0):.1f} s",
        f"{sum(watch.reads for watch in seen):,} reads of all balances, {sum(watch.moved for watch in seen):,} of them of"
        f" books that had moved on, {sum(watch.tails for watch in seen):,} of the latest entries,"
        f" {sum(watch.wholes for watch in seen)} of everything: "
        + (", ".join(f"{law} in {count:,}" for law, count in broken(seen).items()) or "no law broken in any"),
    ]
    if again:
        said.append(", ".join(f"{name} {count:,} times" for name, count in sorted(again.items())))
    return "; ".join(said)


def broken(seen: list[Watch]) -> Counter[str]:
    """In how many reads each law was broken."""
    return sum((watch.broke for watch in seen), Counter[str]())


def naive_crowds(town: Town, *, clients: int, seed: int, told: Callable[[str], None]) -> Iterator[Found]:
    """The same crowd at a door that is none: every variant must be caught at least by the law that it is sure to break."""
    first = clients  # the crowd's own clients have used the references of the numbers below
    for variant, law in LAWS.items():
        told(f"naive posting, {variant}")
        seen: list[Watch] = []
        rounds = 0
        while rounds < ROUNDS_MAX and not broken(seen)[law]:
            seen += naive_crowd(town, variant, numbers=range(first, first + clients), seed=seed)
            rounds, first = rounds + 1, first + clients
        reads, broke = sum(watch.reads for watch in seen), broken(seen)
        found = ", ".join(f"{name} in {count:,}" for name, count in sorted(broke.items())) or "nothing was seen"
        yield {
            "title": TITLES[variant],
            "tried": f"{clients} clients for {rounds * NAIVE_SECONDS} s, {reads:,} reads of all balances: {found}",
            "problems": []
            if broke[law]
            else [f"no read in {reads:,} saw {law}, so the experiment would not see it in the product"],
        }


def naive_crowd(town: Town, variant: str, *, numbers: range, seed: int) -> list[Watch]:
    """What was seen while everybody posted naively for a while, on balances that were right at the beginning."""
    naive.start_over(town)
    until = time.monotonic() + NAIVE_SECONDS
    given = {"seed": seed, "until": until, "door": naive.door(town, variant), "deeds": WITHOUT_REVERSALS}
    tellers = [partial(work, town, number, **given) for number in numbers]
    watches = [partial(Watch(town, checks_entries=False).look, until=until) for _ in range(WATCHERS)]
    return [answer for answer in at_once(*tellers, *watches) if isinstance(answer, Watch)]
