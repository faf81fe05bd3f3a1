"""Every address there is, asked by every role, by nobody, and by a member without a second factor."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tallystick.core.role import PAGES, Door, Role
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
NAMED = re.compile(r"<(int|str|path|anything):\w+>")


def patterns() -> dict[str, str]:
    """Every address by its name, as it is written."""
    found = dict(_below(get_resolver().url_patterns, before=""))
    assert len(found) > 20
    return found


def addresses() -> dict[str, str]:
    """Every address by its name, with something in the place of what it names."""
    return {name: NAMED.sub(lambda mark: "1" if mark[1] == "int" else "HERON", path) for name, path in patterns().items()}


def _below(patterns: list[URLPattern | URLResolver], *, before: str) -> Iterator[tuple[str, str]]:
    for one in patterns:
        path = f"{before}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, before=path)
        else:
            assert one.name, f"the address {path} has no name"
            yield one.name, "/" + path


def test_every_address_stands_in_the_matrix_and_the_matrix_names_no_other():
    assert set(addresses()) == set(PAGES)


INSIDE = sorted(name for name, page in PAGES.items() if page.door is Door.INSIDE)
NO_ROLE_NEEDED = sorted(name for name, page in PAGES.items() if page.door is Door.THRESHOLD)


# One browser goes from page to page: to sign in anew for each would take longer than all the pages.


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("role", list(Role))
def test_a_page_inside_is_there_for_its_roles_and_for_no_other(role: Role, method: str):
    browser = signed_in(f"{role.upper()}-1", roles=(role,))
    found = [(name, fault) for name in INSIDE if (fault := fault_of(browser, name, method=method, role=role))]
    assert found == []


def fault_of(browser: Client, name: str, *, method: str, role: Role) -> str:
    """What is wrong with the answer that somebody in this role is given; nothing where it is as the matrix has it."""
    answer = getattr(browser, method)(addresses()[name].replace("HERON", f"{role.upper()}-1"))
    page, said = PAGES[name], unescape(answer.content.decode()) if method != "head" else ""
    if role in page.roles(writing=method == "post"):
        takes_it = method != "post" or page.write
        wanted = ({200, 301, 302, 409} if takes_it else {405}) | ({404} if NAMED.search(patterns()[name]) else set())
        return "" if answer.status_code in wanted else f"answered {answer.status_code}"
    told = method == "head" or (f"This page is not for whoever is {role} alone." in said and "page_not_for_role" in said)
    return "" if answer.status_code == 403 and told else f"let {role} in with {answer.status_code}"


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in(method: str):
    for name in sorted(INSIDE + NO_ROLE_NEEDED):
        answer = getattr(Client(), method)(addresses()[name])
        assert (name, answer.status_code, answer["Location"].partition("?")[0]) == (name, 302, "/sign-in")


@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_a_member_without_a_second_factor_is_sent_to_set_one_up(method: str):
    browser = signed_in("LEAD-2", second_factor=False)
    for name in INSIDE:
        answer = getattr(browser, method)(addresses()[name])
        assert (name, answer.status_code, answer["Location"]) == (name, 302, "/second-factor/totp/activate/")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", NO_ROLE_NEEDED)
def test_what_is_a_members_own_is_there_in_every_role(name: str, role: Role):
    answer = signed_in(f"{role.upper()}-1", roles=(role,)).get(addresses()[name])
    assert answer.status_code in (200, 302, 404), "404 where this member has no such passkey or code"


def test_an_address_that_nobody_listed_is_opened_to_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delitem(PAGES, "whose-hands-now")
    answer = signed_in(raise_request_exception=False).get("/")
    assert answer.status_code == 500
    assert "Whose hands now</h1>" not in answer.content.decode()
