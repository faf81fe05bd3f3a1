"""Programs that sign in with a token, as the tests need them."""

from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone


def token_of(name: str = "LEDGER", *, role: str = "bookkeeper", by: str = "", **more: Any) -> str:
    """The token of a program of this name, which is made here."""
    from tallystick.staff.actions import add_client

    today = timezone.now().date()
    return add_client(name, role=role, expires_on=more.pop("expires_on", today + timedelta(days=90)), today=today, by=by, **more)


class Program:
    """Asks the API as a program does, and gives the answers."""

    def __init__(self, name: str = "LEDGER", *, role: str = "bookkeeper", **more: Any) -> None:
        self.token = token_of(name, role=role, **more)
        self._client = Client()

    def get(self, path: str, **asked: Any) -> Any:
        return self._client.get(f"/api/v1/{path}", asked, headers=self._headers)

    def post(self, path: str, content: Any = None, *, method: str = "post") -> Any:
        ask = getattr(self._client, method)
        return ask(f"/api/v1/{path}", content, content_type="application/json", headers=self._headers)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


def tomorrow() -> date:
    return timezone.now().date() + timedelta(days=1)
