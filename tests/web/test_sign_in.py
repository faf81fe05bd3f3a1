"""Signing in: name and password, then the second factor; and everybody who is kept out."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from tallystick.staff.actions import add_member, close_member, reset_member
from tallystick.staff.models import CachedValue, Member
from tests.signing_in import PASSWORD, code_of, is_in, member, says, signed_in, try_code, try_password

pytestmark = pytest.mark.django_db


# Coming in.


def test_a_member_signs_in_with_a_password_and_a_code(plover: Any):
    browser = Client()
    assert browser.get("/")["Location"] == "/sign-in"
    answer = try_password(browser)
    assert (answer.status_code, answer["Location"]) == (302, "/second-factor/authenticate/")
    assert not is_in(browser), "a password alone opens nothing"
    assert (try_code(browser, code_of(plover)).status_code, is_in(browser)) == (302, True)
    assert 'Signed in as <b class="code"><bdi>PLOVER</bdi></b>' in says(browser.get("/"))


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
    assert try_code(browser, code_of(plover))["Location"] == "/today"


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
    assert try_password(browser, password)["Location"] == "/today"
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


def test_sessions_that_ended_without_a_word_are_swept_up(plover: Any):
    signed_in()
    Session.objects.update(expire_date=datetime(2026, 1, 5, tzinfo=UTC))
    browser = Client()
    try_password(browser)
    assert [one.session_key for one in Session.objects.all()] == [browser.cookies[settings.SESSION_COOKIE_NAME].value]


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
