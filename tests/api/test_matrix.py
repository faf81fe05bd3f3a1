"""Every address of the API, asked by every role; a cookie, a stranger and an unlisted address come to nothing."""

from typing import Any

import pytest
from django.test import Client

from tallystick.api.urls import urlpatterns
from tallystick.core.role import PAGES, Door, Role
from tests.asking import Program
from tests.web.test_matrix import NAMED

pytestmark = pytest.mark.django_db
API = sorted(name for name, page in PAGES.items() if page.door is Door.CLIENT)
ADDRESSES = [
    (one.name, "/" + NAMED.sub(lambda mark: "1" if mark[1] == "int" else "HERON", str(one.pattern))) for one in urlpatterns
]
WRITES = {"api-wish", "api-look", "api-agree", "api-decline", "api-withdraw"}


def test_the_matrix_knows_every_address_of_the_api_and_no_other():
    assert {name for name, _ in ADDRESSES} == set(API)


@pytest.mark.parametrize("role", list(Role))
def test_an_address_is_there_for_its_roles_and_for_no_other(lamps: None, role: Role):
    program = Program(f"{role.upper()}-1", role=role)
    for name, path in ADDRESSES:
        answer = _ask(program, name, path=path)
        if role in PAGES[name].roles(writing=name in WRITES):
            expected = {200, 202, 404, 422} | ({403} if name in ("api-wish", "api-look") else set())
            assert answer.status_code in expected, (name, path, answer.content)
        else:
            assert (answer.status_code, answer.json()["code"]) == (403, "address_not_for_role"), (name, path)


def test_a_sponsor_sees_no_single_hand(lamps: None):
    sponsor = Program("GIVER", role="sponsor")
    seen = [name for name, path in ADDRESSES if _ask(sponsor, name, path=path).status_code == 200]
    assert set(seen) == {"api-openapi", "api-programme", "api-head", "api-wishes"}
    for hand in ("CRANE", "WAGTAIL", "R01"):
        for path in ("programme", "head", "wishes"):
            assert hand not in sponsor.get(path).content.decode()


@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_whoever_shows_no_token_sees_nothing_at_any_address(lamps: None, method: str):
    for name, path in ADDRESSES:
        answer = getattr(Client(), method)(path, content_type="application/json")
        assert answer.status_code in (401, 405), (name, path)
        assert answer.json()["code"] in ("token_missing", "method_not_taken")


def test_an_address_that_nobody_listed_is_opened_to_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(PAGES, "api-programme")
    program = Program("READER", role="auditor")
    program._client.raise_request_exception = False
    assert program.get("programme").status_code == 500


def _ask(program: Program, name: str, *, path: str) -> Any:
    asked = path.removeprefix("/api/v1/")
    return program.post(asked, {}) if name in WRITES else program.get(asked)
