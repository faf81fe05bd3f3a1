"""The peer that also checks: beancount loads a file and verifies it, without its cache.

`python -m bench.beancount_load FILE` prints the seconds that `loader.load_file` took and how many moves it read.
"""

import json
import sys
import time

from beancount import loader
from beancount.core.data import Transaction


def main() -> None:
    loader.initialize(use_cache=False)
    started = time.perf_counter()
    entries, errors, _ = loader.load_file(sys.argv[1])
    seconds = time.perf_counter() - started
    assert not errors, errors[:3]
    postings = sum(len(entry.postings) for entry in entries if isinstance(entry, Transaction))
    print(json.dumps({"seconds": seconds, "moves": postings // 2}))


if __name__ == "__main__":
    main()
