"""What one account's balance costs hordak: `python -m bench.peer_hordak.balances DATABASE LEGS [LEGS ...]`.

All the legs, ever more of them, are between two accounts; prints for each count the seconds of each asking, by the quicker of
hordak's two ways.
"""

import json
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.peer_hordak.bulk import made
from bench.peer_hordak.opened import make_accounts, open_hordak

ASKED = 9
BATCH = 20_000  # transactions


def main() -> None:
    open_hordak(sys.argv[1])
    from django.db import connection
    from hordak.models import Account

    accounts = make_accounts(2)
    ways: list[Callable[[], Any]] = [accounts[0].get_balance]
    if connection.vendor == "postgresql":  # the other way is a function that its migrations make
        ways.append(lambda: Account.objects.with_balances().get(pk=accounts[0].pk).balance)
    there, said = 0, {}
    for legs in map(int, sys.argv[2:]):
        fill(accounts, first=there, count=legs // 2 - there)
        there = legs // 2
        said[str(legs)] = min((asked(way) for way in ways), key=median)
    print(json.dumps({"seconds": said}))


def fill(accounts: list[Any], *, first: int, count: int) -> None:
    from django.db import transaction
    from hordak.models import Leg, Transaction

    for start in range(first, first + count, BATCH):
        transactions, legs = made(accounts, first=start, count=min(BATCH, first + count - start))
        with transaction.atomic():
            Transaction.objects.bulk_create(transactions)
            Leg.objects.bulk_create(legs)


def asked(way: Callable[[], Any]) -> list[float]:
    seconds = []
    for _ in range(ASKED):
        started = time.perf_counter()
        way()
        seconds.append(time.perf_counter() - started)
    return seconds


if __name__ == "__main__":
    main()
