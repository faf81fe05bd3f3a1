"""Errands: weighed, taken in, given out, cancelled, put back; and what is kept of a file, and for how long."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from tallystick.bundles.digest import state_digest
from tallystick.bundles.taking import weighing
from tallystick.core.errand import ErrandFileGone, ErrandState, ErrandStepOutOfOrder
from tallystick.core.sign_off import Signer
from tallystick.core.wish import ConcernsOneself, MayConcernOneself
from tallystick.errands import running
from tallystick.errands.actions import ask_again, ask_give, ask_take, ask_weigh, cancel, hand_out, take_up
from tallystick.errands.kept import outcome_of, wish_of
from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.queries import moments_of, open_count, some_wait
from tallystick.errands.slate import progress_of
from tallystick.errands.upload import Upload
from tallystick.journal.queries import act_count
from tallystick.staff.models import Member
from tests import books
from tests.errands.working import ASKED_AT, LEAD, archive, fresh, weighed, work_off, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "slate")]
MORE = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,SHOPS,,,\n"
BAD = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,GULL,CNY,1.00,SHOPS,,,\n"


def taking(errand: Errand) -> Errand:
    return ask_take(errand, by=LEAD, asked_at=ASKED_AT)


@pytest.mark.parametrize("upload", [archive, workbook])
def test_a_file_is_weighed_and_then_taken_in_and_is_gone(upload: Callable[[], Upload]):
    errand = weighed(upload())
    assert (errand.state, act_count()) == (ErrandState.DONE, 1), "weighing says nothing to the journal"
    outcome = outcome_of(errand)
    assert ["moves.csv", 126, 0, 0] in outcome["files"]
    assert (outcome["entries"], outcome["faults"], outcome["first"][0]["reference"]) == (98, [], "E0001")
    assert outcome["first"][0]["moves"] == [["gift", "HAEBARAGI", "OFFICE", "USD", "60000.00", "SHOPS", ""]]
    one = taking(errand)
    work_off()
    one = fresh(one)
    assert (one.state, outcome_of(one)["entries"], wish_of(one)["moves"]) == (ErrandState.DONE, 98, 126)
    assert (FilePiece.objects.count(), fresh(errand).file, one.file) == (0, "", "")
    assert books.proof().holds


def test_what_was_taken_in_is_recorded_when_it_began_and_is_signed():
    one = taking(weighed())
    work_off()
    began_at = moments_of([fresh(one)])[fresh(one).run].began_at
    from tallystick.journal.queries import checkpoints

    assert checkpoints()[-1].signed_at == began_at


def test_a_file_that_is_in_the_books_already_changes_nothing_and_is_let_go():
    taking(weighed())
    work_off()
    digest = state_digest()
    again = weighed()
    assert (outcome_of(again)["entries"], outcome_of(again)["entries_already"], again.file) == (0, 98, "")
    assert state_digest() == digest


def test_a_file_with_faults_lists_them_and_is_let_go():
    errand = weighed(archive(moves=BAD))
    [fault] = outcome_of(errand)["faults"]
    assert (fault["file"], fault["line"], fault["column"], fault["found"], fault["code"]) == (
        "moves.csv", 128, "taker", "GULL", "party_unknown",
    )  # fmt: skip
    assert fault["words"].format(**fault["facts"])
    assert (errand.file, FilePiece.objects.count()) == ("", 0)
    with pytest.raises(ErrandFileGone):
        taking(errand)


def test_what_became_wrong_after_weighing_is_refused_when_it_is_taken_in(monkeypatch: pytest.MonkeyPatch):
    taking(weighed())
    work_off()
    errand = weighed(archive(moves="2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,SHOPS,,,\n"))
    books.post("N1   1 March   handover   CRANE → WAGTAIL   CNY 2.00   SHOPS")
    before = state_digest()
    one = taking(errand)
    work_off()
    one = fresh(one)
    assert (one.state, one.file) == (ErrandState.REFUSED, "")
    assert outcome_of(one)["refusal"]["code"] == "folder_refused"
    assert len(outcome_of(one)["faults"]) == 1
    assert state_digest() == before


def test_only_what_was_weighed_is_taken_in_and_only_once():
    errand = weighed()
    taking(errand)
    with pytest.raises(ErrandFileGone):
        taking(fresh(errand))
    with pytest.raises(ErrandStepOutOfOrder):
        taking(ask_weigh(archive(), by="WREN", asked_at=ASKED_AT))


@pytest.mark.parametrize("party", ["CRANE", "WAGTAIL", "DANBANK"])
def test_nobody_takes_in_what_would_be_posted_about_themselves(party: str):
    errand = weighed()
    assert party in outcome_of(errand)["parties"]
    with pytest.raises(ConcernsOneself):
        ask_take(errand, by=replace(LEAD, party=party), asked_at=ASKED_AT)
    assert fresh(errand).file, "another member may still take it in"
    Member.objects.create(username="KNOT", party=party)
    with pytest.raises(MayConcernOneself):
        ask_take(errand, by=replace(LEAD, signer=Signer("WREN", "KNOT")), asked_at=ASKED_AT)
    ask_take(errand, by=replace(LEAD, party="GULL"), asked_at=ASKED_AT)


@pytest.mark.parametrize("as_workbook", [True, False])
def test_the_books_are_given_out_once(as_workbook: bool, tmp_path: Any):
    taking(weighed())
    work_off()
    errand = ask_give(as_workbook=as_workbook, by="WREN", asked_at=ASKED_AT)
    with pytest.raises(ErrandFileGone):
        hand_out(errand)
    work_off()
    data = hand_out(fresh(errand))
    assert (len(data), FilePiece.objects.count()) == (outcome_of(fresh(errand))["bytes"], 0)
    back = weighed(Upload("back.xlsx" if as_workbook else "back.zip", data))
    assert (outcome_of(back)["faults"], outcome_of(back)["entries"]) == ([], 0), "what went out is what the books hold"
    with pytest.raises(ErrandFileGone):
        hand_out(fresh(errand))


def test_books_without_a_programme_are_not_given_out():
    errand = ask_give(as_workbook=False, by="WREN", asked_at=ASKED_AT)
    work_off()
    assert fresh(errand).state == ErrandState.REFUSED
    assert outcome_of(fresh(errand))["refusal"]["code"] == "nothing_to_export"


def test_what_waits_is_cancelled_and_asked_again():
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    assert (open_count(), some_wait()) == (1, True)
    cancel(errand)
    assert (fresh(errand).state, open_count(), some_wait()) == (ErrandState.CANCELLED, 0, False)
    with pytest.raises(ErrandStepOutOfOrder):
        cancel(errand)
    ask_again(errand, by=LEAD, asked_at=ASKED_AT)
    work_off()
    assert fresh(errand).state == ErrandState.DONE
    with pytest.raises(ErrandStepOutOfOrder):
        ask_again(errand, by=LEAD, asked_at=ASKED_AT)


def test_an_import_that_is_cancelled_under_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch, slate: Any):
    monkeypatch.setattr(weighing, "BATCH", 20)
    errand = weighed()
    one = taking(errand)
    before = state_digest()
    seen: list[Any] = []
    count = type(slate).count

    def counted(self: Any, moves: int) -> None:
        if len(seen) == 2:
            cancel(one)
        seen.append(progress_of(one.pk))
        count(self, moves)

    monkeypatch.setattr(type(slate), "count", counted)
    work_off()
    assert fresh(one).state == ErrandState.CANCELLED
    assert [(found.counted > 0, found.all) for found in seen] == [(False, 126), (True, 126), (True, 126)]
    assert (state_digest(), progress_of(one.pk)) == (before, None)
    monkeypatch.setattr(type(slate), "count", count)
    ask_again(one, by=LEAD, asked_at=ASKED_AT)
    work_off()
    assert (fresh(one).state, books.proof().holds) == (ErrandState.DONE, True)


def test_whoever_cancels_without_reaching_the_worker_is_heard_at_the_end(monkeypatch: pytest.MonkeyPatch):
    one = taking(weighed())
    before = state_digest()
    monkeypatch.setattr("tallystick.errands.slate._wall.hung", ())
    finish = running.finish

    def cancelled_first(errand: Errand, outcome: dict[str, Any], *, is_useless: bool = False) -> None:
        cancel(errand)
        finish(errand, outcome, is_useless=is_useless)

    monkeypatch.setattr(running, "finish", cancelled_first)
    work_off()
    assert state_digest() == before
    assert fresh(one).file, "what was not taken in is still kept"


def killed(errand: Errand, *, worker: str = "W1") -> None:
    """What a worker leaves that was killed while it was at this errand."""
    DBTaskResult.objects.filter(pk=errand.run).update(status="RUNNING", worker_ids=[worker])
    Errand.objects.filter(pk=errand.pk).update(state=ErrandState.UNDER_WAY, tries=errand.tries + 1)


def test_what_a_killed_worker_left_is_taken_up_again():
    one = taking(weighed())
    killed(one)
    assert take_up("W2") == 0, "it is another worker's, which may still be at it"
    assert take_up("W1") == 1
    assert fresh(one).state == ErrandState.WAITING
    work_off()
    assert (fresh(one).state, fresh(one).tries) == (ErrandState.DONE, 2)
    assert DBTaskResult.objects.filter(status="RUNNING").count() == 0


def test_what_costs_a_worker_three_times_is_not_tried_a_fourth_time():
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    for state in (ErrandState.WAITING, ErrandState.WAITING, ErrandState.FAILED):
        killed(fresh(errand))
        take_up("W1")
        assert fresh(errand).state == state
    ask_again(fresh(errand), by=LEAD, asked_at=ASKED_AT)
    work_off()
    assert fresh(errand).state == ErrandState.DONE


def test_a_worker_that_ends_in_order_puts_back_what_it_was_at(slate: Any):
    one = taking(weighed())
    slate.end()
    work_off()
    assert fresh(one).state == ErrandState.UNDER_WAY
    take_up("W1")
    assert (fresh(one).state, fresh(one).tries) == (ErrandState.WAITING, 0), "an end in order is no try"


def test_a_fault_of_ours_is_said_as_one_and_asked_again(monkeypatch: pytest.MonkeyPatch):
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    with monkeypatch.context() as broken:
        broken.setattr(running, "weigh_folder", lambda *_, **__: 1 / 0)
        work_off()
    assert (fresh(errand).state, outcome_of(fresh(errand))) == (ErrandState.FAILED, {})
    ask_again(fresh(errand), by=LEAD, asked_at=ASKED_AT)
    work_off()
    assert fresh(errand).state == ErrandState.DONE


def test_a_run_that_is_no_longer_meant_does_nothing():
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    Errand.objects.filter(pk=errand.pk).update(run=None)
    work_off()
    assert fresh(errand).state == ErrandState.WAITING
