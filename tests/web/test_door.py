"""Those who are in: an idle page locks, a read page writes nothing, and nothing goes over the wire that need not."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import DatabaseError, connection
from django.test import Client

from tallystick.staff.models import Member
from tallystick.web.door import keeper
from tests.questions import asking
from tests.signing_in import PASSWORD, code_of, is_in, member, says, signed_in, try_password

pytestmark = pytest.mark.django_db


# The idle page.


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock for the cookies that the tests set."""
    moments = [time.time()]
    monkeypatch.setattr(signing.time, "time", lambda: moments[-1])
    return moments


def test_a_page_left_alone_for_five_minutes_locks(clock: list[float]):
    browser = signed_in()
    for _ in range(3):
        clock.append(clock[-1] + 299)
        assert is_in(browser), "whoever goes on is not locked out"
    clock.append(clock[-1] + 301)
    answer = browser.get("/staff")
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in?next=/staff")
    assert Session.objects.count() == 0, "the session has ended, not only this page"
    clock.append(clock[-1] - 300)
    assert not is_in(browser)


def test_what_was_about_to_be_sent_is_not_sent_after_the_lock(clock: list[float]):
    browser = signed_in()
    clock.append(clock[-1] + 301)
    answer = browser.post("/staff", {"name": "GULL", "role": "lead"})
    assert answer["Location"] == "/sign-in?next=/staff"
    assert not Member.objects.filter(username="GULL").exists()


@pytest.mark.parametrize("said", ["", "present", "present:1uX:forged"])
def test_whoever_cannot_show_that_they_are_there_is_not(said: str):
    browser = signed_in()
    browser.cookies[keeper.presence_cookie()] = said
    assert not is_in(browser)


def test_the_presence_of_one_is_none_of_another():
    first, second = signed_in("PLOVER"), signed_in("CRANE")
    first.cookies[keeper.presence_cookie()] = second.cookies[keeper.presence_cookie()].value
    assert not is_in(first)


def test_a_page_that_is_read_writes_nothing(lamps: None):
    browser = signed_in()
    browser.get("/")
    with connection.execute_wrapper(refuse_to_write):
        assert is_in(browser)


def refuse_to_write(execute: Any, sql: str, *more: Any) -> Any:
    if sql.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
        raise DatabaseError(sql)
    return execute(sql, *more)


def test_whoever_changes_how_they_sign_in_shows_once_more_who_they_are(plover: Any, clock: list[float]):
    browser = signed_in()
    mark_recent(browser)
    for _ in range(2):
        clock.append(clock[-1] + 200)
        browser.get("/second-factor/")
    assert browser.get("/second-factor/webauthn/add/")["Location"].startswith("/sign-in/again?next=")
    wrong, right = (browser.post("/sign-in/again", {"password": said, "next": "/second-factor/"}) for said in ("wrong", PASSWORD))
    assert ("This is not the password." in says(wrong), right["Location"]) == (True, "/second-factor/")
    assert browser.get("/second-factor/webauthn/add/").status_code == 200


# What goes over the wire.


def test_signing_out_ends_the_session():
    browser = signed_in()
    assert 'action="/sign-out"' in says(browser.get("/"))
    assert browser.get("/sign-out").status_code == 200, "a link alone signs nobody out"
    assert is_in(browser)
    assert browser.post("/sign-out")["Location"] == "/sign-in"
    assert (is_in(browser), Session.objects.count()) == (False, 0)


@pytest.mark.parametrize("secure", [False, True])
def test_cookies_are_for_these_pages_alone_and_for_https_where_it_is_spoken(plover: Any, secure: bool):
    browser = Client()
    browser.get("/sign-in", secure=secure)
    try_password(browser, secure=secure)
    browser.post("/second-factor/authenticate/", {"code": code_of(plover)}, secure=secure)
    cookies = browser.cookies
    assert set(cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, keeper.presence_cookie()}
    for cookie in cookies.values():
        assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Strict", secure)
    for name in (settings.SESSION_COOKIE_NAME, keeper.presence_cookie()):
        assert cookies[name]["max-age"] == "", "it goes with the browser"


def test_a_form_from_elsewhere_is_refused(plover: Any):
    browser = Client(enforce_csrf_checks=True)
    answer = try_password(browser)
    assert answer.status_code == 403
    assert "sent_from_elsewhere" in says(answer)


OPEN_PAGES = ["/sign-in", "/sign-in/closed"]
OWN_PAGES = [
    "/sign-out", "/password", "/second-factor/", "/second-factor/recovery-codes/generate/", "/second-factor/webauthn/",
    "/second-factor/webauthn/add/", "/staff", "/staff/PLOVER",
]  # fmt: skip


@pytest.mark.parametrize("address", OPEN_PAGES + OWN_PAGES)
def test_every_page_is_strict_about_what_a_browser_may_do(address: str):
    browser = signed_in() if address in OWN_PAGES else Client()
    if address in OWN_PAGES:
        mark_recent(browser)
    answer = browser.get(address)
    assert answer.status_code == 200
    rules = {rule.strip() for rule in answer["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "script-src 'self'", "form-action 'self'"} <= rules
    assert "no-store" in answer["Cache-Control"]
    html = says(answer)
    for tag in html.split("<script")[1:]:
        assert ' src="/static/' in tag.split(">")[0] or 'type="application/json"' in tag.split(">")[0], "no script in the page"
    for refused in (" style=", "<style", "onclick", "http://", "https://"):
        assert refused not in html
    assert "Rehearsal." in html


def mark_recent(browser: Client) -> None:
    """Nobody is asked once more who they are: they have just said it."""
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(session["_auth_user_id"])
    session.save()


def test_a_member_changes_the_password(plover: Any):
    browser = signed_in()
    new = "a ladle, seven bricks and rain"
    for short in ("short", "123456789012345", "administrator"):
        answer = browser.post("/password", {"oldpassword": PASSWORD, "password1": short, "password2": short})
        assert answer.status_code == 200
    answer = browser.post("/password", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == "/second-factor/"
    assert "The password was changed." in says(browser.get("/second-factor/"))
    assert Member.objects.get(username="PLOVER").check_password(new)


def test_a_page_behind_the_door_asks_as_often_whoever_signs_in(lamps: None):
    member("CRANE", roles=("compliance", "auditor", "analyst"))
    for name in ("PLOVER", "CRANE"):
        browser = signed_in(name)
        with asking(5):  # the session, the member, the roles, what waits for them, and whether this is a rehearsal
            browser.get("/sign-out")


def test_a_database_that_is_out_of_reach_is_told_at_the_door(monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError
    from sqlcipher3 import dbapi2 as driver

    def locked(*_: object) -> None:
        problem = driver.OperationalError("PLOVER's row is locked")
        problem.sqlite_errorcode = driver.SQLITE_BUSY
        raise OperationalError("PLOVER") from problem

    browser = signed_in()
    monkeypatch.setattr(keeper, "rights_of", locked)
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "The books are busy" in says(answer)
    monkeypatch.setattr("tallystick.web.door.page.has_members", locked)
    answer = Client(raise_request_exception=False).get("/sign-in")
    assert (answer.status_code, "The books are busy" in says(answer)) == (503, True)
