"""Members are made, given roles, reset and closed; what is refused leaves everything as it was."""

import threading
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError, connection, transaction

from tallystick.bundles.digest import state_digest
from tallystick.core.member import (
    ClosesOneself,
    HoldsForNoCustodian,
    LastLead,
    MemberClosed,
    MemberNameTaken,
    MemberNameUnreadable,
    MemberUnknown,
    RolesMissing,
    RoleUnknown,
)
from tallystick.core.refusal import Refusal
from tallystick.core.role import Role
from tallystick.staff.actions import add_member, close_member, reset_member, set_roles
from tallystick.staff.models import Member, MemberRole
from tallystick.staff.queries import has_members, members, rights_of
from tests import books
from tests.questions import asking
from tests.signing_in import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff() -> None:
    """One lead and one bookkeeper, each with an authenticator."""
    member("HERON", roles=("lead",))
    member("CRANE", roles=("bookkeeper", "analyst"))


def test_a_member_signs_in_with_the_password_that_was_drawn():
    password = add_member("HERON", roles=["lead", "auditor"])
    made = Member.objects.get()
    assert made.check_password(password)
    assert identify_hasher(made.password).algorithm == "argon2"
    assert password not in made.password
    assert (str(made), made.party, rights_of(made).roles) == ("HERON", "", {Role.LEAD, Role.AUDITOR})
    assert {str(role) for role in MemberRole.objects.all()} == {f"{made.pk} is lead", f"{made.pk} is auditor"}


def test_two_passwords_are_never_the_same():
    assert len({add_member(name, roles=["auditor"]) for name in ("HERON", "CRANE")}) == 2


def test_a_member_holds_for_a_custodian():
    add_member("HERON", roles=["coordinator"], party="CRANE", party_kind="custodian:agent")
    assert members()[0].party == "CRANE"


WISHES: list[tuple[type[Refusal], Callable[[], object]]] = [
    (MemberNameUnreadable, lambda: add_member("Amina Q", roles=["lead"])),
    (MemberNameTaken, lambda: add_member("CRANE", roles=["lead"])),
    (RoleUnknown, lambda: add_member("GULL", roles=["boss"])),
    (RolesMissing, lambda: add_member("GULL", roles=[])),
    (HoldsForNoCustodian, lambda: add_member("GULL", roles=["lead"], party="R01", party_kind="recipient")),
    (MemberUnknown, lambda: set_roles("GULL", roles=["lead"])),
    (RoleUnknown, lambda: set_roles("CRANE", roles=["boss"])),
    (RolesMissing, lambda: set_roles("CRANE", roles=[])),
    (LastLead, lambda: set_roles("HERON", roles=["auditor"])),
    (MemberUnknown, lambda: reset_member("GULL")),
    (MemberUnknown, lambda: close_member("GULL")),
    (LastLead, lambda: close_member("HERON")),
    (ClosesOneself, lambda: close_member("CRANE", by="CRANE")),
]


@pytest.mark.parametrize(("kind", "wish"), WISHES, ids=lambda one: getattr(one, "code", ""))
def test_what_is_refused_changes_nothing(staff: None, kind: type[Refusal], wish: Callable[[], object]):
    before = (members(), list(Member.objects.values_list("password", flat=True).order_by("pk")))
    with pytest.raises(kind):
        wish()
    assert (members(), list(Member.objects.values_list("password", flat=True).order_by("pk"))) == before


def test_roles_are_those_that_were_given_last(staff: None):
    assert set_roles("CRANE", roles=["lead"]) == {Role.LEAD}
    assert set_roles("HERON", roles=["sponsor"]) == {Role.SPONSOR}
    assert [one.roles for one in members()] == [(Role.LEAD,), (Role.SPONSOR,)]


def test_who_lost_everything_is_given_a_new_password_and_sets_up_anew(staff: None):
    old = Member.objects.get(username="CRANE")
    password = reset_member("CRANE")
    new = Member.objects.get(username="CRANE")
    assert new.check_password(password)
    assert new.get_session_auth_hash() != old.get_session_auth_hash(), "whoever was signed in is signed out"
    assert [one.has_second_factor for one in members()] == [False, True]


def test_a_closed_member_has_nothing_left_and_keeps_the_name(staff: None):
    close_member("CRANE", by="HERON")
    closed = Member.objects.get(username="CRANE")
    assert (closed.is_active, closed.has_usable_password(), rights_of(closed).has_second_factor) == (False, False, False)
    for wish in (lambda: close_member("CRANE"), lambda: reset_member("CRANE"), lambda: set_roles("CRANE", roles=["lead"])):
        with pytest.raises(MemberClosed):
            wish()
    with pytest.raises(MemberNameTaken):
        add_member("CRANE", roles=["auditor"])
    with pytest.raises(LastLead):
        close_member("HERON", by="GULL")


def test_a_closed_lead_does_not_count_as_one(staff: None):
    set_roles("CRANE", roles=["lead"])
    close_member("HERON")
    with pytest.raises(LastLead):
        close_member("CRANE")
    assert has_members()


def test_a_role_that_is_none_is_refused_by_the_table(staff: None):
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberRole.objects.create(member=Member.objects.get(username="CRANE"), role="boss")


def test_members_are_listed_in_as_many_questions_however_many_there_are(staff: None):
    with asking(2):
        assert len(members()) == 2
    for number in range(10, 20):
        Member.objects.create(username=f"GULL-{number}")
    with asking(2):
        assert len(members()) == 12


def test_members_are_no_part_of_what_the_books_say():
    books.found()
    books.take(books.LAMPS)
    before, proof = state_digest(), books.proof()
    member("HERON")
    assert (state_digest(), books.proof().holds) == (before, proof.holds) == (before, True)


@pytest.mark.django_db(transaction=True)
def test_of_two_leads_who_close_each_other_at_once_one_stays():
    member("HERON")
    member("CRANE")
    met, refused = threading.Barrier(2, timeout=60), []

    def close(name: str, by: str) -> None:
        met.wait()
        try:
            close_member(name, by=by)
        except LastLead as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    rivals = [threading.Thread(target=close, args=pair) for pair in (("HERON", "CRANE"), ("CRANE", "HERON"))]
    for one in rivals:
        one.start()
    for one in rivals:
        one.join(timeout=60)
    assert (len(refused), sum(one.is_active for one in members())) == (1, 1)
