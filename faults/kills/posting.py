"""Killed while posting: what was acknowledged stands, what was asked again stands once, and no batch stands in half."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from django.db import Error, connection, transaction

from faults.finding import Finding
from faults.kills import whole
from faults.kills.child import Fate, Tell, Work, kill_while, seconds_of
from faults.kills.entries import batches
from faults.kills.ground import Ground, now
from faults.kills.standing import Held, differing, held_of, misjudged, standing, wanted_of
from tallystick.core.entry import Entry
from tallystick.core.refusal import Refusal
from tallystick.handovers.actions import hand_over
from tallystick.journal.actions import sign_head
from tallystick.journal.queries import Head
from tallystick.vault.keys import unlocked

BATCHES = 8  # a kill comes at some moment within what so many of them take
ROUND = 120  # kills, after which the books are begun anew
PROVED_EVERY = 20  # kills
SIGNED_EVERY = 4  # batches
SEEDED_KILLS_MAX = 100
SIGNING = "signing"
Post = Callable[[list[Entry], Callable[[], None]], None]


@dataclass
class Count:
    """What was done and seen so far."""

    seconds_max: float
    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    unacknowledged: int = 0  # entries that stood though the kill came before the word of it
    problems: list[str] = field(default_factory=list)


def post(entries: list[Entry], acknowledge: Callable[[], None]) -> None:
    """As the product is used: the word is given once the commit has come back."""
    hand_over(entries, office=unlocked().office, recorded_at=now())
    acknowledge()


def post_hastily(entries: list[Entry], acknowledge: Callable[[], None]) -> None:
    """Seeded fault: the word is given before the commit, which then waits for a signature."""
    with transaction.atomic():
        hand_over(entries, office=unlocked().office, recorded_at=now())
        acknowledge()
        _sign()


def post_piecemeal(entries: list[Entry], acknowledge: Callable[[], None]) -> None:
    """Seeded fault: no transaction holds the statements of a batch together."""
    with _without_transactions():
        hand_over(entries, office=unlocked().office, recorded_at=now())
    acknowledge()


def kill_while_posting(ground: Ground, *, kills: int, seed: int, told: Callable[[str], None]) -> Finding:
    ground.open_lamps()
    count = Count(seconds_max=seconds_of(_post(f"S{seed}M", post, limit=BATCHES)))
    while count.kills < kills:
        if count.kills % ROUND == 0:
            ground.open_lamps()
        _kill(count, name=f"S{seed}K{count.kills}", post=post)
        if count.kills % PROVED_EVERY == 0 or count.kills in (kills, ROUND):
            count.problems += [f"after kill {count.kills} of seed {seed}: {words}" for words in whole.unproved()]
        if count.kills % 100 == 0:
            told(f"{ground.engine}: {count.kills} of {kills} killed while posting")
    tried = (
        f"{count.kills:,} kills, {count.inside:,} of them between the beginning of a batch and its acknowledgement; "
        f"{count.acknowledged:,} entries were acknowledged, and {count.unacknowledged:,} more stood unacknowledged;"
        " all were looked for, asked for again, and counted"
    )
    return Finding("posting", ground.engine, tried, tuple(count.problems))


def notice_seeded(ground: Ground, *, seed: int) -> Iterator[Finding]:
    """The same experiment on two clients that are wrong on purpose: it is no use unless it notices them."""
    for title, wrong in (("acknowledged before the commit", post_hastily), ("posted without a transaction", post_piecemeal)):
        ground.open_lamps()
        count = Count(seconds_max=seconds_of(_post(f"S{seed}M", post, limit=BATCHES)))
        while not count.problems and count.kills < SEEDED_KILLS_MAX:
            _kill(count, name=f"S{seed}W{count.kills}", post=wrong)
        missed = () if count.problems else (f"{count.kills} kills, and nothing was noticed",)
        seen = count.problems[0] if count.problems else "nothing"
        yield Finding(f"a seeded fault, {title}, is noticed", ground.engine, f"seen at kill {count.kills}: {seen}", missed)


def _kill(count: Count, *, name: str, post: Post) -> None:
    """One kill: post until it comes, look what stands, ask for everything again, and look again."""
    before = whole.end()
    fate = kill_while(_post(name, post), after_seconds=Random(name).uniform(0, count.seconds_max))
    count.kills += 1
    count.inside += fate.was_inside()
    where = f"kill {count.kills} ({name}, after {fate.after_seconds * 1000:.1f} ms)"
    found = [*fate.faults, *_look(count, fate, before=before, name=name)]
    count.problems += [f"{where}: {words}" for words in found]


def _post(name: str, post: Post, *, limit: int | None = None) -> Work:
    """What posts one batch after another and says so, without end where there is no limit."""

    def work(tell: Tell) -> None:
        connection.ensure_connection()
        for number, entries in enumerate(islice(batches(name), limit)):
            tell(f"begin {number}")
            post(entries, lambda number=number: tell(f"done {number}"))
            if number % SIGNED_EVERY == SIGNED_EVERY - 1:
                tell(f"begin {SIGNING}")
                _sign()
                tell(f"done {SIGNING}")

    return work


def _look(count: Count, fate: Fate, *, before: Head, name: str) -> Iterator[str]:
    begun = [batch for _, batch in zip((one for one in fate.begun() if one != SIGNING), batches(name), strict=False)]
    stands = standing(before)
    for number, batch in enumerate(begun):
        held, is_acknowledged = held_of(batch, stands), str(number) in fate.acknowledged()
        count.acknowledged += len(batch) if is_acknowledged else 0
        count.unacknowledged += len(batch) if held == Held.WHOLE and not is_acknowledged else 0
        if wrong := misjudged(batch, held=held, is_acknowledged=is_acknowledged):
            yield wrong
    yield from whole.tears(before)
    try:
        already = sum(hand_over(batch, office=unlocked().office, recorded_at=now()).already_count for batch in begun)
    except (Refusal, Error) as problem:
        yield f"what was asked for again was not taken: {type(problem).__name__}"
        return
    if already < len(stands):
        yield f"{len(stands)} entries stood, and {already} of them were known again by their references"
    if odd := differing(standing(before), wanted_of(begun)):
        yield f"asked for again, not every entry stands once and whole: {odd}"
    yield from whole.tears(before)


def _sign() -> None:
    keyring = unlocked()
    with transaction.atomic():
        sign_head(keyring.office, signing_key=bytes(keyring.signing_key), signed_at=now())


@contextmanager
def _without_transactions() -> Iterator[None]:
    """Django's transactions opened and closed by nobody: every statement stands for itself at once."""
    kept = transaction.Atomic.__enter__, transaction.Atomic.__exit__
    transaction.Atomic.__enter__ = lambda atomic: None
    transaction.Atomic.__exit__ = lambda atomic, *ended: None
    try:
        yield
    finally:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = kept
