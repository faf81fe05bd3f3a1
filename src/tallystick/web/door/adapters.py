"""What django-allauth asks of the office: nobody signs up, no mail is sent, and no secret lies open in a table."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tallystick.vault.derived import seal, unseal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This name and this password do not belong together."),
        "incorrect_password": _("This is not the password."),
        "too_many_login_attempts": _("This was tried too often. Wait some minutes."),
        "rate_limited": _("This was tried too often. Wait a minute."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A lead makes members, or whoever has the passphrase of the books; nobody makes themselves one."""
        return False

    def is_reauthentication_required(self, **asked: Any) -> bool:
        """Whoever signed in just now has just shown who they are; a newcomer would otherwise be asked twice in a minute."""
        shown = [one["at"] for one in get_authentication_records(self.request, self.request.user)]
        return not shown or time.time() - max(shown) >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _("This is not the code, or it was used before.")}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)
