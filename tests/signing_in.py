"""Members signed in, as the tests need them: with the door's own cookies, and a second factor unless a test is about having none."""

import time
from functools import cache
from html import unescape
from typing import Any

from django.conf import settings
from django.test import Client

LEAD = "PLOVER"
PASSWORD = "four words of the ford"


def member(name: str = LEAD, *, roles: tuple[str, ...] = ("lead",), second_factor: bool = True) -> Any:
    """A member of this name with these roles, made where there is none; `second_factor` sets up an authenticator.

    All have one password, stretched once: to draw and stretch one for each takes longer than most tests.
    """
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from tallystick.staff.models import Member, MemberRole

    if not Member.objects.filter(username=name).exists():
        one = Member(username=name, password=stretched())
        one.save()
        MemberRole.objects.bulk_create([MemberRole(member=one, role=role) for role in roles])
        if second_factor:
            TOTP.activate(one, generate_totp_secret())
    return Member.objects.get(username=name)


@cache
def stretched() -> str:
    """What the table keeps of the one password."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def signed_in(name: str = LEAD, *, roles: tuple[str, ...] = ("lead",), second_factor: bool = True, **client: Any) -> Client:
    """A browser in which this member has just signed in."""
    from tallystick.web.door.keeper import presence, presence_cookie

    browser = Client(**client)
    browser.force_login(member(name, roles=roles, second_factor=second_factor), backend=settings.AUTHENTICATION_BACKENDS[1])
    browser.cookies[presence_cookie()] = presence(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    return browser


def secret_of(one: Any) -> str:
    """What this member's authenticator was told when it was set up."""
    from allauth.mfa.models import Authenticator

    from tallystick.vault.derived import unseal

    return str(unseal(Authenticator.objects.get(user=one, type=Authenticator.Type.TOTP).data["secret"]))


def code_of(one: Any, *, later: int = 0) -> str:
    """What this member's authenticator shows now, or `later` half minutes from now."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret_of(one), int(time.time()) // 30 + later))


def says(answer: Any) -> str:
    return unescape(answer.content.decode())


def try_password(browser: Client, password: str = PASSWORD, *, name: str = "PLOVER", **more: Any) -> Any:
    return browser.post("/sign-in", {"login": name, "password": password}, **more)


def try_code(browser: Client, code: str) -> Any:
    return browser.post("/second-factor/authenticate/", {"code": code})


def is_in(browser: Client) -> bool:
    return browser.get("/").status_code == 200
