"""What errands keep of a file, sealed and not for long; and for whom they are there."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from nacl.exceptions import CryptoError

from tallystick.core.errand import ErrandFileGone, ErrandStepOutOfOrder
from tallystick.errands.actions import ask_give, ask_take, ask_weigh, let_go, sweep
from tallystick.errands.kept import file_pieces, keep_file
from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.queries import errand_for, errands_for, moments_of
from tests.errands.working import ASKED_AT, LEAD, archive, fresh, weighed, work_off
from tests.questions import asking
from tests.signing_in import member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("office", "slate")]
MORE = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,SHOPS,,,\n"
BAD = "2016-03-01T09:00:00+09:00,N1,handover,CRANE,GULL,CNY,1.00,SHOPS,,,\n"


def taking(errand: Errand) -> Errand:
    return ask_take(errand, by=LEAD, asked_at=ASKED_AT)


def test_nothing_of_a_file_stands_open_in_the_tables():
    ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    weighed(archive(moves=BAD))
    with connection.cursor() as cursor:
        for table, column in (("errands_filepiece", "sealed"), ("errands_errand", "wish"), ("errands_errand", "outcome")):
            cursor.execute(f"SELECT {column} FROM {table}")
            kept = b"".join(bytes(row[0]) for row in cursor.fetchall() if row[0] is not None)
            assert len(kept) > 20
            assert not any(word in kept for word in (b"PK\3\4", b"moves.csv", b"lamps.zip", b"GULL"))


def test_a_file_of_several_pieces_comes_back_whole_and_in_order():
    data = bytes(range(256)) * (10 << 10)
    code = keep_file(data, kept_at=ASKED_AT)
    assert FilePiece.objects.filter(file=code).count() == 3
    assert b"".join(file_pieces(code)) == data
    FilePiece.objects.filter(file=code, number=0).update(number=9)
    with pytest.raises(CryptoError):
        list(file_pieces(code))


def test_a_piece_that_goes_while_it_is_read_is_missed():
    pieces = file_pieces(keep_file(bytes(2 << 20), kept_at=ASKED_AT))
    next(pieces)
    FilePiece.objects.all().delete()
    with pytest.raises(ErrandFileGone):
        next(pieces)


def test_a_file_is_let_go_when_somebody_says_so_but_not_while_it_is_needed():
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    with pytest.raises(ErrandStepOutOfOrder):
        let_go(errand)
    work_off()
    let_go(errand)
    assert (FilePiece.objects.count(), fresh(errand).file) == (0, "")


def test_what_nobody_fetched_for_a_day_is_swept_away():
    kept, waits = weighed(), ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    sweep(ASKED_AT + timedelta(hours=23))
    assert fresh(kept).file
    sweep(ASKED_AT + timedelta(hours=25))
    assert (fresh(kept).file, bool(fresh(waits).file)) == ("", True)
    with pytest.raises(ErrandFileGone):
        taking(fresh(kept))


def test_what_was_over_a_month_ago_is_swept_away():
    old, waits = weighed(), ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    sweep(ASKED_AT + timedelta(days=31))
    assert list(Errand.objects.all()) == [waits]
    assert [str(row.pk) for row in DBTaskResult.objects.all()] == [str(waits.run)]
    assert old.code != waits.code


def test_an_errand_is_there_for_who_asked_for_a_role_in_common_and_for_a_lead():
    for name, role in (
        ("WREN", "coordinator"),
        ("FINCH", "coordinator"),
        ("HERON", "bookkeeper"),
        ("PLOVER", "lead"),
        ("OWL", "auditor"),
    ):
        member(name, roles=(role,), second_factor=False)
    errand = ask_weigh(archive(), by="WREN", asked_at=ASKED_AT)
    seen = {
        name: (errand_for(errand.code, name, roles={role}) == errand, errands_for(name, roles={role}) == [errand])
        for name, role in (
            ("WREN", "coordinator"),
            ("FINCH", "coordinator"),
            ("HERON", "bookkeeper"),
            ("PLOVER", "lead"),
            ("OWL", "auditor"),
        )
    }
    assert seen == {
        "WREN": (True, True), "FINCH": (True, True), "HERON": (False, False), "PLOVER": (True, True), "OWL": (False, False),
    }  # fmt: skip
    assert errand_for("0" * 16, "WREN", roles={"coordinator"}) is None


def test_the_list_asks_as_often_however_many_there_are():
    for _ in range(2):
        ask_give(as_workbook=False, by="WREN", asked_at=ASKED_AT)
    with asking(3):
        moments_of(errands_for("WREN", roles={"lead"}))
    for _ in range(20):
        ask_give(as_workbook=False, by="WREN", asked_at=ASKED_AT)
    with asking(3):
        assert len(moments_of(errands_for("WREN", roles={"lead"}))) == 22


def test_when_an_errand_began_and_ended_is_known():
    started = datetime.now(UTC)
    errand = weighed()
    found = moments_of([errand])[errand.run]
    assert started <= found.began_at <= found.ended_at <= datetime.now(UTC)
