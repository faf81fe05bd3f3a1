"""“Bring in”, “Give out” and “Work under way”, as members with a role see them."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from tallystick.bundles.taking import weighing
from tallystick.core.errand import ErrandState
from tallystick.errands import slate as slates
from tallystick.errands.models import Errand, FilePiece
from tallystick.web.door.keeper import presence_cookie
from tests.books import found
from tests.errands.working import FILES, archive, work_off
from tests.house.source import ROOT
from tests.questions import Questions
from tests.signing_in import says, signed_in
from tests.web.bringing import brought, file, looked_through, without_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db: None) -> None:
    found()


@pytest.fixture
def bookkeeper(office: None) -> Client:
    return signed_in("WREN", roles=("bookkeeper",))


def test_the_books_are_given_out_once_and_only_to_who_asked(bookkeeper: Client, lamps_in: None):
    address = bookkeeper.post("/give-out", {"form": "archive"})["Location"]
    work_off()
    assert "It can be fetched once" in says(bookkeeper.get(address))
    assert signed_in("FINCH", roles=("bookkeeper",)).post(f"{address}/file").status_code == 404
    assert bookkeeper.get(f"{address}/file").status_code == 404
    answer = bookkeeper.post(f"{address}/file")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/zip", "no-store")
    assert answer["Content-Disposition"] == 'attachment; filename="books.zip"'
    with ZipFile(BytesIO(answer.content)) as fetched:
        assert fetched.read("moves.csv") == FILES["moves.csv"]
    again = bookkeeper.post(f"{address}/file")
    assert (again.status_code, "errand_file_gone" in says(again)) == (409, True)
    assert "is not kept here any more" in says(bookkeeper.get(address))


@pytest.fixture
def lamps_in(office: None) -> None:
    lead = signed_in()
    lead.post(looked_through(lead), {"wish": "take"})
    work_off()


def test_a_workbook_is_called_one(bookkeeper: Client, lamps_in: None):
    address = bookkeeper.post("/give-out", {"form": "workbook"})["Location"]
    work_off()
    answer = bookkeeper.post(f"{address}/file")
    assert answer["Content-Disposition"] == 'attachment; filename="books.xlsx"'
    assert answer.content.startswith(b"PK")


def test_what_was_refused_says_why_and_can_be_asked_again(bookkeeper: Client):
    address = bookkeeper.post("/give-out", {"form": "workbook"})["Location"]
    work_off()
    page = says(bookkeeper.get(address))
    assert "These books have no programme yet, so there is nothing to write." in page
    assert "Do it again" in page
    bookkeeper.post(address, {"wish": "again"})
    assert "waiting" in says(bookkeeper.get(address))


def test_what_waits_is_cancelled_asked_again_and_let_go(bookkeeper: Client):
    address = brought(bookkeeper, file("lamps.zip", archive().data))
    assert "Cancel it" in says(bookkeeper.get(address))
    bookkeeper.post(address, {"wish": "cancel"})
    assert "cancelled" in says(bookkeeper.get(address))
    answer = bookkeeper.post(address, {"wish": "cancel"})
    assert (answer.status_code, "errand_step_out_of_order" in says(answer)) == (409, True)
    bookkeeper.post(address, {"wish": "again"})
    work_off()
    bookkeeper.post(address, {"wish": "let_go"})
    assert FilePiece.objects.count() == 0
    assert "Take it into the books" not in says(bookkeeper.get(address))


def test_progress_is_shown_while_it_goes_on(bookkeeper: Client, monkeypatch: pytest.MonkeyPatch):
    one = slates.Slate()
    slates.hang_up(one)
    address = brought(bookkeeper, file("lamps.zip", archive().data))
    errand = Errand.objects.get()
    Errand.objects.update(state=ErrandState.UNDER_WAY)
    one.begin(errand.pk)
    one.count(1_234)
    assert "1,234 moves so far" in says(bookkeeper.get(f"{address}/progress"))
    one.expect(2_000)
    page = says(bookkeeper.get(address))
    assert "1,234 of 2,000 moves" in page
    assert '<progress value="1234" max="2000"' in page
    assert "1,234 of 2,000 moves" in says(bookkeeper.get("/errands"))
    bookkeeper.post(address, {"wish": "cancel"})
    with pytest.raises(slates.EndedByMember):
        one.count(1)
    slates.hang_up()


def test_a_page_that_asks_by_itself_is_loaded_anew_when_it_is_over(bookkeeper: Client):
    address = brought(bookkeeper, file("lamps.zip", archive().data))
    waiting = bookkeeper.get(f"{address}/progress")
    assert "HX-Refresh" not in waiting
    assert 'hx-trigger="every 2s"' in says(waiting)
    assert "web/vendor/htmx.min.js" in says(bookkeeper.get(address))
    work_off()
    done = bookkeeper.get(f"{address}/progress")
    assert (done["HX-Refresh"], "hx-get" in says(done)) == ("true", False)
    assert "htmx" not in says(bookkeeper.get(address)), "what is over asks for nothing any more"


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(bookkeeper: Client):
    address = brought(bookkeeper, file("lamps.zip", archive().data))
    assert presence_cookie() in bookkeeper.get(address).cookies
    assert presence_cookie() not in bookkeeper.get(f"{address}/progress").cookies


def test_a_page_that_asks_by_itself_is_loaded_anew_when_nobody_is_signed_in(office: None):
    answer = Client().get("/errands/0123456789abcdef/progress", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (401, "true")


def test_the_errand_of_somebody_in_another_role_is_no_more_there_than_one_that_never_was(bookkeeper: Client):
    address = looked_through(bookkeeper)
    other = signed_in("HERON", roles=("coordinator",))
    for method, path in (("get", ""), ("post", ""), ("get", "/progress")):
        strange, missing = (getattr(other, method)(f"{one}{path}") for one in (address, "/errands/0123456789abcdef"))
        assert (strange.status_code, missing.status_code) == (404, 404)
        assert without_token(strange) == without_token(missing)
    assert address not in says(other.get("/errands"))
    assert "Nothing was asked for." in says(other.get("/errands"))
    assert Errand.objects.get().state == ErrandState.DONE
    for name, role in (("FINCH", "bookkeeper"), ("PLOVER", "lead")):
        assert signed_in(name, roles=(role,)).get(address).status_code == 200


@pytest.mark.parametrize("role", ["auditor", "sponsor", "analyst"])
def test_who_only_reads_brings_nothing_in_and_gives_nothing_out(office: None, role: str):
    browser = signed_in("OWL", roles=(role,))
    for path in ("/bring-in", "/give-out", "/errands"):
        assert browser.get(path).status_code == 403
    assert 'href="/bring-in"' not in says(browser.get("/second-factor/"))


def test_a_coordinator_brings_in_and_does_not_give_out(office: None):
    browser = signed_in("HERON", roles=("coordinator",))
    assert (browser.get("/bring-in").status_code, browser.get("/give-out").status_code) == (200, 403)


def test_the_list_asks_as_often_however_many_there_are(bookkeeper: Client):
    def many(count: int) -> int:
        for _ in range(count):
            bookkeeper.post("/give-out", {"form": "archive"})
        with Questions() as asked:
            assert bookkeeper.get("/errands").status_code == 200
        return len(asked)

    assert many(2) == many(18)


def test_an_import_cut_into_batches_shows_each_of_them(bookkeeper: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(weighing, "BATCH", 50)
    told: list[int] = []
    count = slates.Slate.count
    monkeypatch.setattr(slates.Slate, "count", lambda self, moves: (told.append(moves), count(self, moves))[1])
    looked_through(bookkeeper)
    assert (sum(told), len(told)) == (126, 3)


def test_htmx_is_the_file_that_the_dependencies_name():
    vendored = (ROOT / "src/tallystick/web/static/web/vendor/htmx.min.js").read_bytes()
    assert hashlib.sha256(vendored).hexdigest() in (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
