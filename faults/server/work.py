"""A crowd at work, disturbed again and again; and whether all it was told of stands once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from django.db import connection

from faults.finding import POSTGRES, Finding
from faults.kills import whole
from faults.kills.entries import batches
from faults.kills.ground import Ground
from faults.kills.standing import differing, held_of, misjudged, standing, wanted_of
from faults.server.crowd import Ask, Client, ask_carelessly, ask_once, gather_crowd
from faults.server.disturbances import DISTURBANCES, Disturbance, cut
from tallystick.journal.queries import Head
from tests import books

CLIENTS = 4
SEEDED_ROUNDS_MAX = 10


@dataclass
class Count:
    """What was done and seen."""

    rounds: int = 0
    entries: int = 0
    known: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def disturb_all(ground: Ground, *, title: str, times: int, seed: int, told: Callable[[str], None]) -> Iterator[Finding]:
    """Every disturbance of this ground's engine that is called so, `times` as many rounds as the short form has."""
    for one in DISTURBANCES:
        if one.engine == ground.engine and one.title.startswith(title):
            count = Count()
            _disturb(ground, one, count=count, rounds=one.rounds * times, seed=seed)
            told(f"{one.title}: {count.rounds} rounds")
            yield Finding(one.title, ground.engine, _said(count), tuple(count.problems))


def notice_seeded(ground: Ground, *, seed: int) -> Finding:
    """The same experiment on clients that are wrong on purpose: it is no use unless it notices them."""
    cutting = Disturbance("connections cut", POSTGRES, 1, cut)
    count = Count()
    while not count.problems and count.rounds < SEEDED_ROUNDS_MAX:
        _disturb(ground, cutting, count=count, rounds=1, seed=seed + count.rounds, ask=ask_carelessly)
    missed = () if count.problems else (f"{count.rounds} rounds, and nothing was noticed",)
    seen = count.problems[0] if count.problems else "nothing"
    return Finding("a seeded fault, a refusal taken for done, is noticed", ground.engine, f"seen: {seen}", missed)


def _disturb(ground: Ground, disturbance: Disturbance, *, count: Count, rounds: int, seed: int, ask: Ask = ask_once) -> None:
    """Lets a crowd work, disturbs it, and waits after each time until everybody has got on."""
    chance = Random(f"S{seed} {disturbance.title}")
    ground.open_lamps()
    before = whole.end()
    crowd = gather_crowd([f"S{seed}C{number}" for number in range(CLIENTS)], ask=ask, set_up=disturbance.set_up)
    try:
        stuck = crowd.wait_for_work()
        for _ in range(rounds):
            if not stuck:
                disturbance.disturb(ground, chance)
                stuck = crowd.wait_for_work()
                count.rounds += 1
    finally:
        crowd.stop()
    connection.close()
    count.problems += stuck
    for client in crowd.clients:
        count.refusals += client.refusals()
        count.known += client.known_count()
        count.problems += client.faults()
    count.problems += _look(count, crowd.clients, before=before)
    if not count.refusals:
        count.problems.append("nobody was refused anything, so that nothing was tried")


def _look(count: Count, clients: list[Client], *, before: Head) -> Iterator[str]:
    stands = standing(before)
    begun = []
    for client in clients:
        told = list(islice(batches(client.name), client.begun_count()))
        acknowledged = client.acknowledged_count()
        count.entries += sum(map(len, told[:acknowledged]))
        for number, batch in enumerate(told):
            if wrong := misjudged(batch, held=held_of(batch, stands), is_acknowledged=number < acknowledged):
                yield wrong
        begun += told
    for batch in begun:
        books.post(batch)
    if odd := differing(standing(before), wanted_of(begun)):
        yield f"asked for again, not every entry stands once and whole: {odd}"
    yield from whole.tears(before)
    yield from whole.unproved()


def _said(count: Count) -> str:
    refused = ", ".join(f"{number:,} × {code}" for code, number in sorted(count.refusals.items()))
    return (
        f"{count.rounds:,} times under {CLIENTS} clients, each time until all had got on with their work; {count.entries:,}"
        f" entries were acknowledged; refused were {refused or 'none'}, and the same was asked for again: {count.known:,} of those"
        " batches had been done unheard; all were looked for, asked for once more, and counted"
    )
