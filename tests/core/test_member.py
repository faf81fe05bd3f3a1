"""What members are called, and who cannot be sent away."""

import pytest

from tallystick.core.member import (
    ClosesOneself,
    HoldsForNoCustodian,
    LastLead,
    MemberNameUnreadable,
    RolesMissing,
    RoleUnknown,
    check_closes,
    check_holds_for,
    check_lead_stays,
    check_name,
    leads_among,
    read_roles,
)
from tallystick.core.role import Role


@pytest.mark.parametrize("name", ["HERON", "H2", "NORTH-GATE", "A" * 30])
def test_a_code_name_is_taken(name: str):
    check_name(name)


@pytest.mark.parametrize(
    "name", ["", "H", "heron", "Amina Q", "2HERON", "-HERON", "A" * 31, "HÉRON", "HERON\n", "HERON@OFFICE", "ＨＥＲＯＮ"]
)
def test_what_is_no_code_name_is_refused(name: str):
    with pytest.raises(MemberNameUnreadable):
        check_name(name)


def test_roles_are_read_by_their_words():
    assert read_roles(["auditor", "lead", "lead"], name="HERON") == {Role.LEAD, Role.AUDITOR}
    with pytest.raises(RoleUnknown) as unknown:
        read_roles(["lead", "boss"], name="HERON")
    assert unknown.value.expectation().startswith("one of lead, coordinator,")
    with pytest.raises(RolesMissing):
        read_roles([], name="HERON")


def test_the_last_lead_stays():
    leads = leads_among({"HERON": {Role.LEAD}, "CRANE": {Role.AUDITOR}})
    check_lead_stays(leads, without="CRANE")
    with pytest.raises(LastLead):
        check_lead_stays(leads, without="HERON")
    check_lead_stays({"HERON", "CRANE"}, without="HERON")


def test_nobody_closes_themselves():
    check_closes("HERON", by="CRANE")
    check_closes("HERON", by=None)
    with pytest.raises(ClosesOneself):
        check_closes("HERON", by="HERON")


def test_a_member_holds_for_a_custodian_or_for_nobody():
    check_holds_for("", kind=None, name="HERON")
    check_holds_for("CRANE", kind="custodian:agent", name="HERON")
    for kind in (None, "recipient", "donor"):
        with pytest.raises(HoldsForNoCustodian):
            check_holds_for("CRANE", kind=kind, name="HERON")
