"""Signing in: name and password, then the second factor; and everybody who is kept out."""

import time
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.test import Client

from tallystick.staff.actions import add_member, close_member, reset_member
from tallystick.staff.models import CachedValue, Member
from tallystick.web.door import keeper
from tests.signing_in import PASSWORD, code_of, member, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def plover() -> Any:
    """A lead with a password that the tests know, an authenticator and recovery codes."""
    one = member("PLOVER")
    one.set_password(PASSWORD)
    one.save()
    RecoveryCodes.activate(one)
    return one


def says(answer: Any) -> str:
    return unescape(answer.content.decode())


def try_password(browser: Client, password: str = PASSWORD, *, name: str = "PLOVER", **more: Any) -> Any:
    return browser.post("/sign-in", {"login": name, "password": password}, **more)


def try_code(browser: Client, code: str) -> Any:
    return browser.post("/second-factor/authenticate/", {"code": code})


def is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200


# Coming in.


def test_a_member_signs_in_with_a_password_and_a_code(plover: Any):
    browser = Client()
    assert browser.get("/")["Location"] == "/sign-in?next=/"
    answer = try_password(browser)
    assert (answer.status_code, answer["Location"]) == (302, "/second-factor/authenticate/")
    assert not is_in(browser), "a password alone opens nothing"
    assert (try_code(browser, code_of(plover)).status_code, is_in(browser)) == (302, True)
    assert 'Signed in as <b class="code">PLOVER</b>' in says(browser.get("/"))


def test_a_name_may_be_written_small(plover: Any):
    assert try_password(Client(), name="plover").status_code == 302


def test_whoever_signed_in_goes_on_where_they_wanted_to(plover: Any):
    browser = Client()
    asked = browser.get("/staff/PLOVER?from=list")["Location"]
    assert asked == "/sign-in?next=/staff/PLOVER%3Ffrom%3Dlist"
    assert 'name="next" value="/staff/PLOVER?from=list"' in says(browser.get(asked))
    browser.post("/sign-in", {"login": "PLOVER", "password": PASSWORD, "next": "/staff/PLOVER?from=list"})
    assert try_code(browser, code_of(plover))["Location"] == "/staff/PLOVER?from=list"


def test_nobody_is_led_away_to_another_host(plover: Any):
    browser = Client()
    browser.post("/sign-in", {"login": "PLOVER", "password": PASSWORD, "next": "https://books.example/"})
    assert try_code(browser, code_of(plover))["Location"] == "/"


@pytest.mark.parametrize("code", ["000000", "", "12345", "abcdef", "99999999"])
def test_a_wrong_code_lets_nobody_in(plover: Any, code: str):
    browser = Client()
    try_password(browser)
    assert try_code(browser, code).status_code == 200
    assert not is_in(browser)


def test_a_code_of_the_authenticator_counts_once(plover: Any):
    first, second = Client(), Client()
    code = code_of(plover)
    for browser in (first, second):
        try_password(browser)
        try_code(browser, code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_a_recovery_code_counts_once(plover: Any):
    kept = Authenticator.objects.get(user=plover, type=Authenticator.Type.RECOVERY_CODES)
    code = RecoveryCodes(kept).get_unused_codes()[0]
    first, second = Client(), Client()
    for browser in (first, second):
        try_password(browser)
        try_code(browser, code)
    assert (is_in(first), is_in(second)) == (True, False)


def test_secrets_of_second_factors_lie_sealed_in_the_tables(plover: Any):
    assert len(Authenticator.objects.all()) == 2
    for one in Authenticator.objects.all():
        secret = one.data.get("secret") or one.data.get("seed")
        assert len(secret) > 90, "a nonce and a seal are around it"


def test_a_first_sign_in_leads_to_a_second_factor_and_no_further():
    password = add_member("PLOVER", roles=["lead"])
    browser = Client()
    assert try_password(browser, password)["Location"] == "/"
    assert browser.get("/")["Location"] == "/second-factor/totp/activate/"
    page = browser.get("/second-factor/totp/activate/")
    secret = page.context["form"].secret
    assert secret in says(page)
    assert "data:image/svg+xml;base64," in says(page)
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert browser.post("/second-factor/totp/activate/", {"code": "000000"}).status_code == 200
    assert browser.post("/second-factor/totp/activate/", {"code": code})["Location"] == "/second-factor/recovery-codes/"
    codes = browser.get("/second-factor/recovery-codes/").context["unused_codes"]
    assert len(set(codes)) == 10
    assert is_in(browser)


# Being kept out.


@pytest.mark.parametrize(
    "address", ["/sign-up", "/signup", "/sign-up/", "/signup/", "/accounts/signup/", "/second-factor/webauthn/signup/"]
)
def test_nobody_signs_themselves_up(address: str):
    for answer in (
        Client().get(address),
        Client().post(address, {"username": "GULL", "password1": PASSWORD, "password2": PASSWORD}),
    ):
        assert answer.status_code == 404
    assert Member.objects.count() == 0
    assert "sign up" not in says(Client().get("/sign-in")).lower()


def test_books_without_a_member_say_how_to_get_one():
    assert "tallystick staff add NAME --role lead" in says(Client().get("/sign-in"))
    member("PLOVER")
    assert "tallystick staff add" not in says(Client().get("/sign-in"))


def test_a_wrong_password_and_a_wrong_name_are_told_alike(plover: Any):
    said = {says(try_password(Client(), *tried)).count("do not belong together") for tried in (("wrong",),)}
    assert said == {1}
    assert "do not belong together" in says(try_password(Client(), name="GULL"))


def test_who_fails_too_often_is_locked_out_and_the_office_is_not(plover: Any):
    crane = member("CRANE", roles=("bookkeeper",))
    crane.set_password(PASSWORD)
    crane.save()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = try_password(Client(), "wrong", REMOTE_ADDR="10.0.0.7")
    assert answer.status_code == 429
    assert "A wrong password was given under this name, from where you are, 5 times." in says(answer)
    assert "sign_in_locked" in says(answer)
    for name in ("PLOVER", "plover"):
        assert try_password(Client(), name=name, REMOTE_ADDR="10.0.0.7").status_code == 429
    assert try_password(Client(), name="CRANE", REMOTE_ADDR="10.0.0.7").status_code == 302, "a colleague at the same address"
    assert try_password(Client(), REMOTE_ADDR="10.0.0.8").status_code == 302, "the same member at another address"


def test_a_lead_who_resets_lets_the_locked_in_again(plover: Any):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        try_password(Client(), "wrong")
    assert try_password(Client()).status_code == 429
    password = reset_member("PLOVER")
    assert try_password(Client(), password).status_code == 302


def test_codes_cannot_be_tried_for_ever(plover: Any):
    browser = Client()
    try_password(browser)
    said = [says(try_code(browser, f"{number:06}")) for number in range(12)]
    assert "This was tried too often." in said[-1]
    assert try_code(browser, code_of(plover)).status_code == 200, "nor does the right one help now"


def test_limits_are_counted_in_the_books_own_database(plover: Any):
    cache.set("tried", 1)
    assert (CachedValue.objects.filter(cache_key__contains="tried").count(), cache.get("tried")) == (1, 1)
    assert str(CachedValue.objects.get(cache_key__contains="tried")) == ":1:tried"
    try_password(Client(), "wrong")
    assert CachedValue.objects.count() > 1


def test_whoever_is_closed_or_reset_is_out_at_once(plover: Any):
    member("CRANE", roles=("lead",))
    crane = signed_in("CRANE")
    assert is_in(crane)
    close_member("CRANE")
    assert not is_in(crane)
    browser = signed_in("PLOVER")
    reset_member("PLOVER")
    assert not is_in(browser)


def test_a_role_taken_away_is_gone_with_the_next_look():
    from tallystick.staff.actions import set_roles

    member("CRANE", roles=("lead",))
    browser = signed_in("PLOVER")
    assert browser.get("/staff").status_code == 200
    set_roles("PLOVER", roles=["auditor"])
    assert browser.get("/staff").status_code == 403


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


def test_a_page_that_is_read_writes_nothing(django_assert_num_queries: Any, lamps: None):
    browser = signed_in()
    browser.get("/")
    with connection.execute_wrapper(refuse_to_write):
        assert is_in(browser)


def refuse_to_write(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.split(maxsplit=1)[0].upper() in ("INSERT", "UPDATE", "DELETE"):
        raise DatabaseError(sql)
    return execute(sql, params, many, context)


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


def test_a_page_behind_the_door_asks_three_times_more_whoever_signs_in(lamps: None, django_assert_num_queries: Any):
    member("CRANE", roles=("bookkeeper", "auditor", "analyst"))
    for name in ("PLOVER", "CRANE"):
        browser = signed_in(name)
        with django_assert_num_queries(4):  # the session, the member, the roles, and whether the books are a rehearsal
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
