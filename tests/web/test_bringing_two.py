"""A spreadsheet that brings what takes two, as the one who asks and the one who agrees see it."""

import pytest
from django.test import Client

from tallystick.core.errand import ErrandState
from tallystick.errands.models import Errand
from tallystick.ledger.models import Entry
from tallystick.staff.models import Member, SignOff
from tests import books
from tests.errands.working import work_off
from tests.signing_in import says, signed_in
from tests.web.bringing import looked_through

pytestmark = pytest.mark.django_db
LOST = "2016-03-01T09:00:00+09:00,N1,loss,CRANE,@loss:theft,CNY,1.00,SHOPS,,,\n"
WHY = "the boat was robbed"


@pytest.fixture(autouse=True)
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


@pytest.fixture
def coordinator() -> Client:
    return signed_in("KNOT", roles=("coordinator",))


@pytest.fixture
def compliance() -> Client:
    return signed_in("OWL", roles=("compliance",))


@pytest.fixture
def address(coordinator: Client) -> str:
    """The page of a file with a loss, that waits for a second person."""
    weighed = looked_through(coordinator, moves=LOST)
    page = says(coordinator.get(weighed))
    assert "it waits until a second one agrees" in page
    assert "value is written off" in page
    assert "Take it into the books" not in page
    return str(coordinator.post(weighed, {"wish": "take", "reason": WHY})["Location"])


def is_in() -> bool:
    return Entry.objects.filter(reference="N1").exists()


def test_it_waits_for_another_who_sees_what_and_why(address: str, coordinator: Client, compliance: Client):
    work_off()
    assert not is_in()
    own = says(coordinator.get(address))
    assert "waiting for a second person" in own
    assert "Agree: take it into the books" not in own
    assert f'href="{address}"' in says(coordinator.get("/waiting"))
    inbox = says(compliance.get("/waiting"))
    assert f'<a href="{address}">A spreadsheet taken into the books</a>' in inbox
    assert "1 waits for you" in inbox
    assert f'<a href="{address}">' in says(compliance.get("/today"))
    page = says(compliance.get(address))
    assert "Two are needed: value is written off." in page
    assert WHY in page
    assert "@loss:theft" in page, "the entries that would be posted are there to be read"
    for left in ("Let the file go", "Cancel it", 'href="/errands"'):
        assert left not in page
    compliance.post(address, {"wish": "agree"})
    assert compliance.get(f"{address}/progress").status_code == 200
    work_off()
    assert is_in()
    assert "agreed to it" in says(compliance.get(address))
    signed = SignOff.objects.get(wish="brought_in")
    assert (signed.asked_by, signed.agreed_by, signed.reason) == ("KNOT", "OWL", WHY)
    assert f'href="{address}"' not in says(compliance.get("/waiting"))


def test_a_no_is_told_with_its_reason(address: str, coordinator: Client, compliance: Client):
    answer = compliance.post(address, {"wish": "decline", "answer": ""})
    assert (answer.status_code, "reason_missing" in says(answer)) == (409, True)
    compliance.post(address, {"wish": "decline", "answer": "the police know\r\nof no robbery\0"})
    page = says(coordinator.get(address))
    assert "the police know of no robbery" not in page, "what nobody can see is refused"
    compliance.post(address, {"wish": "decline", "answer": "the police know\r\nof no robbery"})
    page = says(coordinator.get(address))
    assert "declined it" in page
    assert "the police know of no robbery" in page
    assert "Do it again" not in page
    work_off()
    assert not is_in()


@pytest.mark.parametrize(
    ("name", "roles", "drawn_by", "status"),
    [
        ("KNOT", ("coordinator", "lead"), "", 409),
        ("HERON", ("coordinator",), "", 409),
        ("GULL", ("lead",), "KNOT", 409),
        ("HERON", ("bookkeeper",), "", 404),
        ("HERON", ("auditor",), "", 403),
    ],
)
def test_nobody_else_agrees(address: str, name: str, roles: tuple[str, ...], drawn_by: str, status: int):
    if name == "KNOT":
        Member.objects.get(username=name).roles.create(role="lead")
    browser = signed_in(name, roles=roles)
    Member.objects.filter(username=name).update(drawn_by=drawn_by)
    for wish in ("agree", "decline"):
        assert browser.post(address, {"wish": wish, "answer": "no"}).status_code == status
    if status != 403:
        assert "Agree: take it into the books" not in says(browser.get(address))
    assert Errand.objects.get(kind="take").state == ErrandState.ASKED


def test_whoever_only_agrees_asks_for_nothing(address: str, compliance: Client):
    for wish in ("cancel", "again", "let_go", "take"):
        answer = compliance.post(address, {"wish": wish})
        assert (answer.status_code, Errand.objects.get(kind="take").state) == (409, ErrandState.ASKED)
    assert compliance.get("/errands").status_code == 403
    assert compliance.get("/bring-in").status_code == 403


def test_whoever_asked_takes_it_back_and_asks_anew(address: str, coordinator: Client):
    coordinator.post(address, {"wish": "cancel"})
    page = says(coordinator.get(address))
    assert "Ask a second person" not in page
    assert "it waits until a second one agrees" in page
    coordinator.post(address, {"wish": "again"})
    assert Errand.objects.get(kind="take").state == ErrandState.ASKED
