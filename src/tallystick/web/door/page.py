"""The page on which a member signs in; the others of the door are django-allauth's, in our templates."""

from typing import Any

from allauth.account.views import LoginView
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse

from tallystick.staff.queries import has_members


class SignIn(LoginView):  # type: ignore[misc]
    """Says as well what to do with books that nobody can sign in to yet."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**context)
        return told | {"nobody_yet": not has_members()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever comes in sweeps up the sessions that ended without a word."""
        SessionStore.clear_expired()
        answer: HttpResponse = super().form_valid(form)
        return answer


sign_in = SignIn.as_view()
