"""One engine's part of the experiment, in a process of its own: `python -m faults.server.keeper ENGINE SEED TIMES [TITLE]`.

With the beginning of a title, it is that disturbance alone. It writes a JSON document a line: how far it is, and what it found.
"""

from collections.abc import Iterator

from faults.finding import POSTGRES, Finding
from faults.kills.ground import Ground
from faults.kills.keepers import keep, tell


def find(ground: Ground, words: list[str]) -> Iterator[Finding]:
    seed, times, *titles = words
    ground.start()
    from faults.server.work import disturb_all, notice_seeded

    yield from disturb_all(ground, title="".join(titles), times=int(times), seed=int(seed), told=tell)
    if ground.engine == POSTGRES:
        yield notice_seeded(ground, seed=int(seed))


if __name__ == "__main__":
    keep(find)
