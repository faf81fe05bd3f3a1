"""The page on which a member signs in; the others of the door are django-allauth's, in our templates."""

from typing import Any

from allauth.account.views import LoginView

from tallystick.staff.queries import has_members


class SignIn(LoginView):  # type: ignore[misc]
    """Says as well what to do with books that nobody can sign in to yet."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**context)
        return told | {"nobody_yet": not has_members()}


sign_in = SignIn.as_view()
