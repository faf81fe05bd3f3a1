"""One `transfer_to` after another: `python -m bench.peer_hordak.transfers DATABASE ACCOUNTS SECONDS`."""

import json
import random
import sys
import time

from bench.peer_hordak.opened import make_accounts, open_hordak

UNTIMED = 50


def main() -> None:
    open_hordak(sys.argv[1])
    from moneyed import Money

    accounts, seconds_most = make_accounts(int(sys.argv[2])), float(sys.argv[3])
    chance = random.Random(7)
    amount = Money("12.34", "USD")
    delays: list[float] = []
    ends_at = float("inf")
    while (started := time.perf_counter()) < ends_at:
        giver, taker = chance.sample(accounts, 2)
        giver.transfer_to(taker, amount)
        delays.append(time.perf_counter() - started)
        if len(delays) == UNTIMED and ends_at == float("inf"):
            delays.clear()
            ends_at = time.perf_counter() + seconds_most
    print(json.dumps({"delays": delays}))


if __name__ == "__main__":
    main()
