"""hordak's quickest way in: `python -m bench.peer_hordak.bulk DATABASE MOVES BATCH FORM`.

Transactions and then their legs by `bulk_create`, so many in a database transaction. FORM is `values` where its objects are made
as they are needed, or `objects` where all of them are made before the clock starts.
"""

import json
import sys
import time

from bench.peer_hordak.opened import make_accounts, open_hordak

ACCOUNTS = 100


def main() -> None:
    open_hordak(sys.argv[1])
    from django.db import connection, transaction
    from hordak.models import Leg, Transaction

    moves, batch = int(sys.argv[2]), int(sys.argv[3])
    accounts = make_accounts(ACCOUNTS)
    ready = (made(accounts, first=first, count=min(batch, moves - first)) for first in range(0, moves, batch))
    if sys.argv[4] == "objects":
        ready = iter(list(ready))
    connection.ensure_connection()
    started = time.perf_counter()
    for transactions, legs in ready:
        with transaction.atomic():
            Transaction.objects.bulk_create(transactions)
            Leg.objects.bulk_create(legs)
    print(json.dumps({"moves": moves, "seconds": time.perf_counter() - started}))


def made(accounts: list[object], *, first: int, count: int) -> tuple[list[object], list[object]]:
    """So many transactions and their legs, not stored yet: a move each, between two of the accounts."""
    from hordak.models import Leg, Transaction
    from moneyed import Money

    amount = Money("12.34", "USD")
    transactions, legs = [], []
    for number in range(first, first + count):
        moved = Transaction()
        transactions.append(moved)
        legs.append(Leg(transaction=moved, account=accounts[number % len(accounts)], credit=amount))
        legs.append(Leg(transaction=moved, account=accounts[(number + 1) % len(accounts)], debit=amount))
    return transactions, legs


if __name__ == "__main__":
    main()
