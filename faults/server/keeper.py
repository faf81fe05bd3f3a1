"""One engine's part of the experiment, in a process of its own: `python -m faults.server.keeper ENGINE SEED TIMES [TITLE]`.

With the beginning of a title, it is that disturbance alone. It writes a JSON document a line: how far it is, and what it found.
"""

import json
import signal
import sys
from dataclasses import asdict

from faults.finding import POSTGRES, Finding
from faults.kills.ground import standing_ground


def say(finding: Finding) -> None:
    print(json.dumps({"found": asdict(finding)}), flush=True)


def tell(words: str) -> None:
    print(json.dumps({"told": words}), flush=True)


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to end, it takes its server and its folders away
    engine, seed, times, *titles = sys.argv[1:]
    with standing_ground(engine) as ground:
        ground.start()
        from faults.server.work import disturb_all, notice_seeded

        for finding in disturb_all(ground, title="".join(titles), times=int(times), seed=int(seed), told=tell):
            say(finding)
        if engine == POSTGRES:
            say(notice_seeded(ground, seed=int(seed)))


if __name__ == "__main__":
    main()
