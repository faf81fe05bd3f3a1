"""Programs that may sign in: made for at most a year under a name of their own, closed, and no way round a rule for members."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tallystick.bundles.digest import state_digest
from tallystick.core.api_client import (
    LASTS,
    HoldsForAnother,
    ProgramClosed,
    ProgramNameTaken,
    ProgramUnknown,
    TokenOverAtOnce,
    TokenTooLong,
)
from tallystick.core.member import HoldsForNoCustodian, MemberNameTaken, MemberNameUnreadable, RolesMissing, RoleUnknown
from tallystick.core.refusal import Refusal
from tallystick.staff.actions import add_client, add_member, close_client
from tallystick.staff.models import ApiClient, Member
from tallystick.staff.queries import client_of, clients
from tests import books
from tests.signing_in import member

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 1)


def add(name: str = "LEDGER", *, role: str = "bookkeeper", expires_on: date = TODAY + LASTS, **more: str) -> str:
    return add_client(name, role=role, expires_on=expires_on, today=TODAY, **more)


def test_a_program_is_known_by_the_token_that_was_drawn_and_by_no_other():
    token = add(by="")
    found = client_of(token)
    assert found is not None
    assert (found.name, found.role, found.expires_on, found.last_used_on) == ("LEDGER", "bookkeeper", TODAY + LASTS, None)
    assert client_of(f"{token}0") is None
    assert add("OTHER") != token


@pytest.fixture
def office() -> None:
    member("PLOVER")
    add("LEDGER")
    close_client("LEDGER")
    Member.objects.filter(username="PLOVER").update(party="CRANE")


WISHES: list[tuple[type[Refusal], Callable[[], object]]] = [
    (MemberNameUnreadable, lambda: add("ledger")),
    (MemberNameTaken, lambda: add("PLOVER")),
    (ProgramNameTaken, lambda: add("LEDGER")),
    (ProgramNameTaken, lambda: add_member("LEDGER", roles=["auditor"])),
    (RoleUnknown, lambda: add("OTHER", role="boss")),
    (RolesMissing, lambda: add("OTHER", role="")),
    (HoldsForNoCustodian, lambda: add("OTHER", party="R01", party_kind="recipient")),
    (HoldsForAnother, lambda: add("OTHER", party="WAGTAIL", party_kind="custodian:agent", by="PLOVER")),
    (TokenOverAtOnce, lambda: add("OTHER", expires_on=TODAY - timedelta(days=1))),
    (TokenTooLong, lambda: add("OTHER", expires_on=TODAY + LASTS + timedelta(days=1))),
    (ProgramUnknown, lambda: close_client("OTHER")),
    (ProgramClosed, lambda: close_client("LEDGER")),
]


@pytest.mark.parametrize(("kind", "wish"), WISHES, ids=lambda one: getattr(one, "code", ""))
def test_what_is_refused_lets_no_program_in(office: None, kind: type[Refusal], wish: Callable[[], object]):
    before = (clients(), Member.objects.count())
    with pytest.raises(kind):
        wish()
    assert (clients(), Member.objects.count()) == before


def test_a_program_holds_for_the_custodian_of_the_lead_who_draws_its_token(office: None):
    add("OTHER", by="PLOVER")
    add("AGAIN", by="PLOVER", party="CRANE", party_kind="custodian:agent")
    assert [(one.name, one.party) for one in clients()] == [("AGAIN", "CRANE"), ("LEDGER", ""), ("OTHER", "CRANE")]


def test_a_role_that_is_none_is_refused_by_the_table():
    add()
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiClient.objects.update(role="boss")


def test_programs_are_no_part_of_what_the_books_say():
    books.found()
    books.take(books.LAMPS)
    before = state_digest()
    add()
    assert (state_digest(), books.proof().problems) == (before, books.proof().problems)
