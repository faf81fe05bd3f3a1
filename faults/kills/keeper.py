"""One engine's part of the experiment, in a process of its own: `python -m faults.kills.keeper ENGINE SEED KILLS`.

It bears the children and kills them. It writes a JSON document a line: how far it is, and at the end what it found.
"""

from collections.abc import Iterator

from faults.finding import Finding
from faults.kills.ground import Ground
from faults.kills.keepers import keep, tell

# How many of twenty kills each activity has. The making of books from nothing takes seconds, the posting of entries none.
SHARES = {"post": 11, "import": 3, "verify": 3, "export": 3}
MAKING_SHARE = 80  # of so many kills, one comes within `tallystick init`, and two while tables are made


def shares(kills: int) -> dict[str, int]:
    """How many kills each activity has; together as many as were asked for."""
    told = {"make": -(-kills // MAKING_SHARE), "migrate": -(-2 * kills // MAKING_SHARE)}
    left = kills - sum(told.values())
    told |= {name: left * share // sum(SHARES.values()) for name, share in SHARES.items()}
    told["post"] += kills - sum(told.values())
    return told


def find(ground: Ground, *, kills: int, seed: int) -> Iterator[Finding]:
    """Every finding of this engine. Django starts in this process once the commands that start it themselves have been killed."""
    from faults.kills.making import kill_while_making

    share = shares(kills)
    yield kill_while_making(ground, kills=share["make"], seed=seed, told=tell)
    ground.start()
    from faults.kills.importing import kill_while_importing
    from faults.kills.migrating import kill_while_migrating
    from faults.kills.posting import kill_while_posting, notice_seeded
    from faults.kills.reading import kill_while_exporting, kill_while_verifying

    yield kill_while_migrating(ground, kills=share["migrate"], seed=seed, told=tell)
    yield kill_while_posting(ground, kills=share["post"], seed=seed, told=tell)
    yield kill_while_importing(ground, kills=share["import"], seed=seed, told=tell)
    yield kill_while_verifying(ground, kills=share["verify"], seed=seed, told=tell)
    yield kill_while_exporting(ground, kills=share["export"], seed=seed, told=tell)
    yield from notice_seeded(ground, seed=seed)


if __name__ == "__main__":
    keep(lambda ground, words: find(ground, seed=int(words[0]), kills=int(words[1])))
