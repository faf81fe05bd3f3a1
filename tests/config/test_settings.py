"""What every page is sent with, and to whom."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

urlpatterns = [path("", lambda request: HttpResponse("whose hands now"), name="health")]  # no member is asked for at this one


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "127.0.0.1"})


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_is_sent_with_the_strictest_of_headers(client: Client) -> None:
    page = client.get("/")
    assert page.content == b"whose hands now"
    rules = sorted(rule.strip() for rule in page["Content-Security-Policy"].split(";"))
    assert rules == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["X-Frame-Options"] == "DENY"
    assert page["Referrer-Policy"] == "same-origin"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not page.cookies


@pytest.mark.django_db
def test_a_page_that_is_not_there_tells_nothing_and_is_sent_the_same_way(client: Client) -> None:
    page = client.get("/nothing/here")
    assert page.status_code == 404
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert b"urlconf" not in page.content.lower()


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:8000", 200), ("localhost", 200), ("[::1]:8000", 200), ("evil.example", 400)]
)
@override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1", "localhost", "[::1]"])
def test_only_this_machine_is_answered(host: str, status: int) -> None:
    assert Client(headers={"host": host}).get("/").status_code == status


def test_the_settings_allow_this_machine_alone() -> None:
    from tallystick.config import settings as ours

    assert ours.ALLOWED_HOSTS == ["127.0.0.1", "localhost", "[::1]"]
    assert ours.DEBUG is False


def test_members_sessions_and_limits_lie_in_the_books_own_database() -> None:
    from tallystick.config import settings as ours

    assert settings.AUTH_USER_MODEL == "staff.Member"
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.db"
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert ours.EMAIL_BACKEND == "django.core.mail.backends.dummy.EmailBackend"


def test_a_process_without_open_books_draws_its_own_secret() -> None:
    program = "from tallystick.config.settings import SECRET_KEY; print(SECRET_KEY)"
    drawn = {subprocess.check_output([sys.executable, "-c", program], env=os.environ) for _ in range(2)}
    assert len(drawn) == 2


def test_moments_are_kept_in_utc() -> None:
    assert settings.USE_TZ is True
    assert settings.TIME_ZONE == "UTC"
