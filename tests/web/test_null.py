"""A null, which PostgreSQL takes in no text: in an address it names nothing, in a field it is refused or nobody's name."""

import pytest

from tallystick.desk.models import Draft
from tests import books
from tests.asking import Program
from tests.signing_in import says, signed_in
from tests.web.test_desk import GIFT, TAKING_BACK
from tests.web.test_matrix import INSIDE, NAMED, patterns

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lamps(db: None) -> None:
    books.found()
    books.take(books.LAMPS)


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_page_is_named_with_a_null(method: str):
    browser = signed_in()
    named = {name: path for name in INSIDE if (path := patterns()[name]) != NAMED.sub("", path) and "<int:" not in path}
    assert len(named) > 20
    for name, path in named.items():
        for at in ("%00", "A%00B"):
            answer = getattr(browser, method)(NAMED.sub(at, path))
            assert (name, answer.status_code) in {(name, 404), (name, 405)}


def test_a_program_is_answered_for_a_name_with_a_null_as_for_any_that_is_nobodys():
    program = Program(role="lead")
    paths = [path for name, path in patterns().items() if name.startswith("api-") and "<" in path and "<int:" not in path]
    assert len(paths) > 4
    for path in paths:
        status = program.get(NAMED.sub("A%00B", path).removeprefix("/api/v1/")).status_code
        assert (path, status) in {(path, 404), (path, 405), (path, 409), (path, 422)}


def test_a_no_with_a_null_in_its_answer_is_refused_in_words():
    bookkeeper, lead = signed_in("WREN", roles=("bookkeeper",)), signed_in()
    for path, wish in (("gift", GIFT), ("reversal", TAKING_BACK)):
        bookkeeper.post(f"/entries/{path}", wish | {"step": "say"})
    draft = Draft.objects.get()
    answer = lead.post(f"/waiting/{draft.pk}", {"wish": "decline", "answer": "it\0stands"})
    assert (answer.status_code, "text_holds_control" in says(answer)) == (409, True)
    lead.post(f"/waiting/{draft.pk}", {"wish": "decline", "answer": "it stands,\r\nas it is"})
    draft.refresh_from_db()
    assert (draft.state, draft.answer) == ("declined", "it stands, as it is")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/staff", {"name": "KN\0OT", "role": "lead"}),
        ("/staff", {"name": "KNOT", "role": "lead", "party": "CR\0ANE"}),
        ("/staff", {"name": "KNOT", "role": "le\0ad"}),
        ("/staff/programs", {"wish": "close", "name": "LED\0GER"}),
        ("/staff/programs", {"name": "LEDGER", "role": "lead", "party": "CR\0ANE", "until": "2027-01-01"}),
    ],
)
def test_nobody_is_let_in_or_closed_under_a_name_with_a_null(path: str, sent: dict[str, str]):
    assert signed_in().post(path, sent).status_code == 409
