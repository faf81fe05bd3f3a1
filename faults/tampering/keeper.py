"""One engine's part of the experiment, in a process of its own: `python -m faults.tampering.keeper ENGINE SEED COUNT`.

With a count of 0 everything is tried that can be tried with the lamps. It writes a JSON document a line.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from random import Random

from faults.finding import Finding
from faults.kills.ground import Ground
from faults.kills.keepers import keep, tell

ENTRIES = 60
REWRITINGS = 1_000  # in the long form; a tenth of the tamperings in the short one


def find(ground: Ground, *, count: int, seed: int) -> Iterator[Finding]:
    ground.start()
    from django.db import connection

    from faults.tampering.programme import keep

    chance = Random(f"tampering {seed}")
    ground.empty()
    from tallystick.ops.tables import make_tables

    make_tables()
    keep(ground.home.base / "stall", chance, entries=ENTRIES)
    yield touch_by_chance(ground.engine, chance, count=count or 10_000)
    yield rewrite_by_chance(ground.engine, chance, count=count // 10 or REWRITINGS)
    yield notice_blindness(ground.engine, chance)
    if not count:
        ground.open_lamps()
        yield touch_everything(ground.engine)
    connection.close()


def touch_by_chance(engine: str, chance: Random, *, count: int) -> Finding:
    """Tamperings until the database has taken `count` of them."""
    from faults.tampering.hands import Hand

    hand, taken, refused, problems = Hand(), 0, 0, []
    while taken < count:
        outcome = hand.draw(chance)
        taken, refused = taken + outcome.was_taken, refused + (not outcome.was_taken)
        problems += [outcome.problem] if outcome.problem else []
        if outcome.was_taken and taken % 1_000 == 0:
            tell(f"{engine}: {taken:,} tamperings")
    rows = sum(map(len, hand.rows.values()))
    tried = f"{taken:,} tamperings with {rows:,} rows by chance, each named; {refused:,} more the database itself refused"
    return Finding("one row touched", engine, tried, tuple(problems))


def touch_everything(engine: str) -> Finding:
    from faults.tampering.hands import Hand

    hand, taken, refused, problems = Hand(), Counter(), 0, []
    for how, outcome in hand.everything():
        taken[how] += outcome.was_taken
        refused += not outcome.was_taken
        problems += [outcome.problem] if outcome.problem else []
        if taken.total() % 1_000 == 0:
            tell(f"{engine}: {taken.total():,} of everything")
    done = ", ".join(f"{count:,} {how}" for how, count in taken.items())
    rows = sum(map(len, hand.rows.values()))
    tried = f"all {rows:,} rows of the lamps, every column: {done}, each named; {refused:,} more the database itself refused"
    return Finding("every row and column touched", engine, tried, tuple(problems))


def rewrite_by_chance(engine: str, chance: Random, *, count: int) -> Finding:
    from faults.tampering.keepers import WAYS, Keeper

    keeper, tried = Keeper(), Counter[str]()
    problems = []
    for _, way in zip(range(count), cycle(WAYS), strict=False):
        tried[way] += 1
        problems += [problem] if (problem := keeper.rewrites(chance, way)) else []
    done = "; ".join(f"{number:,} {way}" for way, number in tried.items())
    return Finding(
        "the whole chain rewritten", engine, f"acts rewritten {done}; the last two ways only the head betrays", tuple(problems)
    )


def notice_blindness(engine: str, chance: Random) -> Finding:
    """A proof that does not look at balances: the experiment notices that some tampering goes unnoticed."""
    from unittest.mock import patch

    from faults.tampering.hands import Hand
    from tallystick.bundles.verify import proof
    from tests.bundles import tampering

    hand = Hand()
    (balance,) = [field for field in tampering.fields("ledger_account") if field.column == "balance"]
    with patch.object(proof, "wrong_balances", lambda: iter(())):
        outcome = hand.change("ledger_account", chance.choice(hand.rows["ledger_account"]), field=balance)
    problems = () if outcome.problem else ("A proof that looks at no balance went unnoticed.",)
    return Finding("a proof blind to balances, on purpose", engine, "noticed" if outcome.problem else "not noticed", problems)


if __name__ == "__main__":
    keep(lambda ground, words: find(ground, seed=int(words[0]), count=int(words[1])))
