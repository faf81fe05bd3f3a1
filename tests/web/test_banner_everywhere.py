"""A rehearsal says so on every page, on those that say no as well; and where the books cannot be asked, the page stands all the same."""

from typing import Any

import pytest
from django.db import Error
from django.test import Client

from tallystick.web import page
from tests.signing_in import says, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lamps")]
BANNER = "nothing on this page is real"


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/entries/of/NONE", 404), ("/no-such-page", 404)])
def test_a_page_that_is_not_there_says_so_too(path: str, status: int):
    answer = signed_in().get(path)
    assert (answer.status_code, BANNER in says(answer)) == (status, True)


def test_a_refusal_and_a_closed_door_say_so_too():
    sponsor = signed_in("DUNLIN", roles=("sponsor",))
    refused = sponsor.get("/parties")
    assert (refused.status_code, BANNER in says(refused)) == (403, True)
    assert BANNER in says(Client().get("/sign-in"))


def test_where_the_books_cannot_be_asked_the_page_stands_without_it(monkeypatch: pytest.MonkeyPatch):
    def lost() -> Any:
        raise Error

    monkeypatch.setattr(page, "is_rehearsal", lost)
    answer = signed_in().get("/entries/of/NONE")
    assert (answer.status_code, BANNER in says(answer)) == (404, False)
