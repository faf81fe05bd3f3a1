"""Every payout passes the promise that it cites: never more than is outstanding, nor than is released, and nothing once cancelled."""

from typing import Any

import pytest

from tallystick.bundles.folder.reading import open_folder
from tallystick.bundles.taking.take import FolderRefused, take_folder
from tallystick.core.custody.decide import HoldingTooSmall
from tallystick.core.promise import PromiseOverdrawn, TrancheNotReleased
from tallystick.handovers.actions import weigh_all
from tallystick.journal.actions import lock_stream
from tallystick.ledger.post import EntriesRefused
from tallystick.ledger.queries.book import new_book
from tallystick.ledger.queries.payouts import last_paid_on, paid_under, payouts_of
from tallystick.vault.keys import unlocked
from tests import books
from tests.bundles.folder_making import copy_lamps
from tests.promising import cancelled, outcome, payout, promised, released
from tests.questions import Questions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("funded")]
STEPS = ((5_000, "none"), (3_000, "reconciled"))


def paid(grant: str = "G20", unit: str = "CNY") -> int:
    return paid_under([grant]).get((grant, unit), 0)


def test_a_payout_stays_within_what_is_released():
    promised("G20", *STEPS)
    assert outcome(payout("P1", amount="CNY 50.01")) == "tranche_not_released"
    assert outcome(payout("P1", amount="CNY 30.00")) == "posted"
    assert outcome(payout("P2", amount="CNY 20.01")) == "tranche_not_released"
    assert outcome(payout("P2", amount="CNY 20.00")) == "posted"
    released("G20", 2)
    assert outcome(payout("P3", amount="CNY 30.01")) == "promise_overdrawn"
    assert outcome(payout("P3", amount="CNY 30.00")) == "posted"
    assert outcome(payout("P4", amount="CNY 0.01")) == "promise_overdrawn"
    assert paid() == 8_000


def test_what_is_said_of_a_payout_too_large_names_line_and_column():
    promised("G20", *STEPS)
    page = f"{payout('P1', 'G01', amount='CNY 1.00')}\n{payout('P1', amount='CNY 50.01')}"
    with pytest.raises(EntriesRefused) as told:
        books.post(page)
    ((place, refusal),) = told.value.refused
    assert (place, type(refusal), refusal.line, refusal.column) == (0, TrancheNotReleased, 1, "amount")


def test_payouts_of_one_batch_and_lines_of_one_entry_count_together():
    promised("G20", *STEPS)
    assert outcome(f"{payout('P1', amount='CNY 30.00')}\n{payout('P2', amount='CNY 20.01')}") == "tranche_not_released"
    assert outcome(f"{payout('P1', amount='CNY 30.00')}\n{payout('P1', amount='CNY 20.01')}") == "tranche_not_released"
    assert outcome(f"{payout('P1', amount='CNY 30.00')}\n{payout('P1', amount='CNY 20.00')}") == "posted"


def test_a_payout_that_stands_already_is_no_second_one():
    promised("G20", *STEPS)
    assert outcome(payout("P1")) == "posted"
    assert outcome(payout("P1")) == "held already"
    posted = books.post([*books.page(payout("P1")), *books.page(payout("P1"))])
    assert (posted.entries, posted.already_count) == ((), 2)


def test_a_payout_that_was_taken_back_leaves_room_for_another_even_in_the_same_batch():
    promised("G20", *STEPS)
    books.post(payout("P1"))
    back = "V1   6 March   reversal   R01 → HERON   CNY 50.00   SHOPS   -   -   P1"
    assert outcome(f"{payout('P2', day='7 March')}\n{back}") == "promise_overdrawn"
    assert outcome(f"{back}\n{payout('P2', day='7 March')}") == "posted"
    assert paid() == 5_000
    assert [(one.reference, one.stands) for one in payouts_of("G20", most=9)] == [("P2", True), ("P1", False)]
    assert last_paid_on("G20") == books.moment("7 March").date()


def test_a_planned_grant_is_paid_in_the_unit_promised():
    promised("G20", *STEPS)
    assert outcome(payout("P1", amount="USD 1.00")) == "payout_in_another_unit"


def test_nothing_is_paid_under_a_cancelled_grant_planned_or_not_and_a_payout_may_be_taken_back():
    promised("G20", *STEPS)
    books.post(payout("P1", amount="CNY 10.00"))
    cancelled("G20")
    cancelled("G01")
    assert outcome(payout("P2", amount="CNY 0.01")) == "grant_is_cancelled"
    assert outcome(payout("P2", "G01", amount="CNY 0.01")) == "grant_is_cancelled"
    assert outcome("V1   6 March   reversal   R01 → HERON   CNY 10.00   SHOPS   -   -   P1") == "posted"


def test_what_is_no_payout_may_cite_a_cancelled_grant():
    cancelled("G01")
    assert outcome("H1   6 March   handover   HERON → CRANE   CNY 10.00   SHOPS   G01   REH-MONEY") == "posted"


def test_a_folder_is_held_to_no_promise_of_which_nobody_made_a_plan_and_a_desk_is():
    """G01 promises 20,000.00 by a folder, and what a folder tells happened."""
    assert outcome(payout("P1", "G01", amount="CNY 20000.01"), keeps_promises=True) == "promise_overdrawn"
    assert outcome(payout("P1", "G01", amount="CNY 20000.01")) == "posted"
    assert outcome(payout("P2", "G01", amount="CNY 0.01"), keeps_promises=True) == "promise_overdrawn"
    assert outcome(payout("P2", "G01", amount="USD 1.00"), keeps_promises=True) == "posted"


def test_a_recipient_of_two_grants_is_paid_under_each_by_itself():
    promised("G20", *STEPS)
    books.post(payout("P1", "G01", amount="CNY 100.00"))
    assert outcome(payout("P2")) == "posted"
    assert (paid("G01"), paid("G20")) == (10_000, 5_000)


def test_every_payout_beyond_its_promise_is_listed_over_the_batches_of_a_folder():
    """What was weighed before counts, though nothing of it was written."""
    promised("G20", *STEPS)
    head = lock_stream(unlocked().office)
    book = new_book(head)
    assert book is not None
    first = books.page(f"N1   4 March   handover   HERON → CRANE   CNY 99999.00   SHOPS\n{payout('P1', amount='CNY 30.00')}")
    assert [type(refusal) for _, refusal in weigh_all(first, book, head=head)[1]] == [HoldingTooSmall]
    second = books.page(f"{payout('P2', amount='CNY 30.00')}\n{payout('P3', amount='CNY 90.00')}")
    assert [(place, type(refusal)) for place, refusal in weigh_all(second, book, head=head)[1]] == [
        (0, TrancheNotReleased), (1, PromiseOverdrawn),
    ]  # fmt: skip


def test_a_folder_that_pays_a_cancelled_grant_is_refused_whole(tmp_path: Any):
    cancelled("G01")
    with open_folder(copy_lamps(tmp_path / "again")) as folder, pytest.raises(FolderRefused):
        take_folder(folder, keyring=unlocked(), recorded_at=books.TAKEN_AT)


def test_as_many_statements_for_forty_payouts_as_for_two():
    promised("G20", (100_000, "none"))
    books.post(payout("P0", amount="CNY 0.01"))
    assert statements(2, first=1) == statements(40, first=100)


def test_a_payout_of_a_folder_without_plans_costs_no_statement_more():
    books.post(payout("P0", "G01", amount="CNY 0.01"))
    pages = [payout("P1", "G01", amount="CNY 0.01"), "N1   6 March   handover   HERON → R01   CNY 0.01   SHOPS"]
    with Questions() as asked:
        books.post(pages[0])
    assert not [one for one in asked.captured_queries if "m.kind = 'payout'" in one["sql"]]


def statements(count: int, *, first: int) -> int:
    page = "\n".join(payout(f"P{number}", amount="CNY 0.01") for number in range(first, first + count))
    with Questions() as asked:
        books.post(page)
    return len([one for one in asked.captured_queries if one["sql"].lstrip().startswith("SELECT")])
