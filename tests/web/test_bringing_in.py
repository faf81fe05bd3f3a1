"""“Bring in”, as a bookkeeper uses it: a file, what it would do, every fault, and into the books."""

import re
from typing import Any

import pytest
from django.test import Client, override_settings

from tallystick.errands.models import Errand, FilePiece
from tallystick.errands.upload import REQUEST_BYTES_MAX, UPLOAD_BYTES_MAX
from tests.books import found
from tests.errands.working import FILES, archive, work_off, workbook
from tests.signing_in import says, signed_in
from tests.web.bringing import BAD, brought, file, looked_through

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> None:
    found()


@pytest.fixture
def lead(office: None) -> Client:
    """Who fills books without an entry."""
    return signed_in()


@pytest.fixture
def bookkeeper(office: None) -> Client:
    return signed_in("WREN", roles=("bookkeeper",))


@pytest.mark.parametrize(
    "files",
    [
        lambda: [file("lamps.xlsx", workbook().data)],
        lambda: [file("lamps.zip", archive().data)],
        lambda: [file(name, data) for name, data in FILES.items()],
    ],
    ids=["a workbook", "an archive", "CSV files"],
)
def test_a_spreadsheet_is_looked_through_and_then_taken_in(lead: Client, files: Any):
    address = brought(lead, *files())
    assert "waiting" in says(lead.get(address))
    work_off()
    page = says(lead.get(address))
    assert "Entries to be posted: 98. In the books already: 0." in page
    assert (
        '<bdi dir="ltr">moves.csv</bdi></th><td class="number" dir="ltr">126</td><td class="number" dir="ltr">0</td><td class="number" dir="ltr">0</td>'
        in page
    )
    assert '<span class="unit">USD</span> 60,000.00' in page
    taking = lead.post(address, {"wish": "take"})["Location"]
    assert taking != address
    work_off()
    assert "Entries posted: 98. In the books before: 0." in says(lead.get(taking))
    assert "Take it into the books" not in says(lead.get(address))
    assert "CRANE" in says(lead.get("/"))


def test_every_fault_is_listed_with_its_place_and_nothing_can_be_taken_in(bookkeeper: Client):
    address = looked_through(bookkeeper, moves=BAD)
    page = says(bookkeeper.get(address))
    for number, line in enumerate(("128", "129", "130")):
        assert (
            f'class="number" dir="ltr">{line}</td><td role="cell" data-is="Column"><bdi dir="ltr">taker</bdi></td>'
            f'<td role="cell" data-is="What stands there" class="stands"><bdi>GULL{number}</bdi></td>' in page
        )
    assert "Take it into the books" not in page
    assert "Entries to be posted" not in page
    answer = bookkeeper.post(address, {"wish": "take"})
    assert (answer.status_code, "errand_file_gone" in says(answer)) == (409, True)
    assert FilePiece.objects.count() == 0


def test_faults_are_listed_in_the_order_of_their_lines(bookkeeper: Client):
    unreadable = "2016-03-01T09:00:00+09:00,N9,handover,CRANE,WAGTAIL,CNY,oops,SHOPS,,,\n"
    page = says(bookkeeper.get(looked_through(bookkeeper, moves=BAD + unreadable)))
    lines = re.findall(r'moves.csv</bdi></th><td role="cell" data-is="Line" class="number" dir="ltr">(\d+)', page)
    assert lines == ["128", "129", "130", "131"]


def test_faults_are_told_in_the_readers_language(bookkeeper: Client):
    address = looked_through(bookkeeper, moves="2016-03-01T09:00:00+09:00,N1,handover,CRANE,WAGTAIL,CNY,1.00,TEAS,,,\n")
    english = says(bookkeeper.get(address))
    assert "No earmark is called “TEAS” in these books." in english
    korean = says(bookkeeper.get(address, headers={"Accept-Language": "ko"}))
    assert "No earmark is called" not in korean
    assert "TEAS" in korean


def test_entries_are_shown_a_hundred_at_a_time(bookkeeper: Client):
    rows = "".join(
        f"2016-03-01T09:00:00+09:00,N{number},handover,{'CRANE,WAGTAIL' if number % 2 else 'WAGTAIL,CRANE'},CNY,1.00,SHOPS,,,\n"
        for number in range(1, 91)
    )
    address = looked_through(bookkeeper, moves=rows)
    first, second = says(bookkeeper.get(address)), says(bookkeeper.get(f"{address}?page=2"))
    assert "Entries 1 to 100 of 188." in first
    assert 'href="?page=2#entries"' in first
    assert "Entries 101 to 188 of 188." in second
    assert 'href="?page=1#entries"' in second
    for odd in ("0", "9999", "-1", "x", "²"):
        assert bookkeeper.get(address, {"page": odd}).status_code == 200


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "upload_missing"),
        ([("notes.txt", b"x")], "upload_unknown"),
        ([("lamps.zip", b"x"), ("more.zip", b"x")], "upload_unknown"),
        ([("moves.csv", b"x"), ("moves.csv", b"x")], "upload_twice"),
        ([("lamps.zip", bytes(UPLOAD_BYTES_MAX + 1))], "upload_too_large"),
        ([("lamps.zip", bytes(REQUEST_BYTES_MAX))], "upload_too_large"),
    ],
    ids=["none", "another kind", "two archives", "one twice", "a little too large", "too large to be read"],
)
def test_what_cannot_be_looked_through_is_refused_in_words(bookkeeper: Client, files: list[tuple[str, bytes]], code: str):
    answer = bookkeeper.post("/bring-in", {"file": [file(*one) for one in files]})
    assert (answer.status_code, code in says(answer), Errand.objects.count()) == (409, True, 0)


def test_a_long_name_keeps_its_end(bookkeeper: Client):
    address = brought(bookkeeper, file(f"{'long' * 40}.zip", archive().data))
    assert "longlo…glong.zip" in says(bookkeeper.get(address))


def test_what_is_sent_is_kept_in_memory_whatever_its_size(bookkeeper: Client, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file was about to be written")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refused)
    monkeypatch.setattr("tempfile.mkstemp", refused)
    brought(bookkeeper, file("lamps.zip", archive().data + bytes(5 << 20)))
    assert FilePiece.objects.count() == 6


@override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_a_file_that_is_not_read_is_missed_and_not_taken_for_empty(bookkeeper: Client):
    answer = bookkeeper.post("/bring-in", {"file": [file("lamps.zip", archive().data)]})
    assert (answer.status_code, "upload_missing" in says(answer)) == (409, True)
