"""Everything that is said beside handovers, replayed into empty books, is the same state; and every row has its act."""

from datetime import date
from pathlib import Path

import pytest

from tallystick.bundles.digest import state_digest
from tallystick.bundles.replay import replay
from tallystick.core.amount import Parts
from tallystick.desk.handovers.disputing import ClearingWish
from tallystick.desk.handovers.losing import RecoveryWish
from tallystick.desk.handovers.ordering import OrderStepWish, OrderWish
from tallystick.handovers import models
from tallystick.journal.queries import acts
from tests.books import proof
from tests.bundles.test_replay import elsewhere
from tests.desk.goods import closing, dispatch, dispute, done, receipt

TABLES = (
    models.ConsignmentLine, models.Dispute, models.DisputeClosing, models.Overage, models.OverageClearing, models.Liability,
    models.LiabilityRecovery, models.PayOrder, models.PayOrderStep,
)  # fmt: skip


def everything() -> None:
    """One row at least in every table of the room."""
    done("dispatch", dispatch(specification="12 volt", packaging="carton", packages=5))
    done("receipt", receipt(received=Parts(80), lost=Parts(3), cause="breakage", answers="WAGTAIL", above=Parts(2)))
    done("dispute", dispute())
    done("dispute_closing", closing("write off", lamps=5, cause="theft", answers="KILN"))
    done("overage_clearing", ClearingWish("T1-O1", "correct", "2016-03-21T09:00:00+08:00", "H1", "REH-GOODS"))
    done("recovery", RecoveryWish("V1", "2016-03-22T09:00:00+08:00", "T1-L1", "WAGTAIL", Parts(2)))
    code = done("pay_order", OrderWish("OFFICE", "HERON", "USD", Parts(120_00), "SHOPS", "a round", date(2016, 3, 3))).subject
    done("pay_order_void", OrderStepWish(code, date(2016, 3, 4), why="drawn twice"))


@pytest.mark.django_db(transaction=True)
def test_books_replayed_elsewhere_say_the_same_of_handovers(stocked: None, tmp_path: Path):
    everything()
    said, digest = list(acts()), state_digest()
    assert all(table.objects.exists() for table in TABLES)
    assert not proof().problems
    with elsewhere(tmp_path / "elsewhere.db"):
        replay(said)
        assert (state_digest(), all(table.objects.exists() for table in TABLES)) == (digest, True)


@pytest.mark.django_db
def test_a_row_changed_behind_the_books_is_found_by_the_proof(stocked: None):
    everything()
    before = state_digest()
    models.Liability.objects.filter(code="T1-L1").update(party="CRANE")
    assert state_digest() != before
    assert [problem.words for problem in proof().problems if "handovers_liability" in str(problem)]


@pytest.mark.django_db
def test_every_row_reads_well(stocked: None):
    everything()
    told = {str(row) for table in TABLES for row in table.objects.all()}
    for words in ("line 0 of T1", "T1-D1", "T1-D1: write off", "T1-O1: correct", "T1-L1", "V1 for T1-L1"):
        assert words in told
