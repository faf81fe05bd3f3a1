"""What a folder brings takes two where it takes two at the desk; books without an entry a lead fills alone."""

from datetime import UTC, date, datetime

import pytest

from tallystick.core.amount import Parts
from tallystick.core.authorisation import Authorisation
from tallystick.core.bringing import (
    BASIS,
    BY_KIND,
    LIMIT,
    REASONS,
    TARIFF,
    Bringer,
    check_agrees,
    need_of,
    why_two_for_entry,
    why_two_for_record,
)
from tallystick.core.corridor import Leg
from tallystick.core.entry import Kind, Move, PostedEntry
from tallystick.core.party import HoldingLimit, Party
from tallystick.core.refusal import Refusal
from tallystick.core.role import AGREES, Role
from tallystick.core.sign_off import AgreesWithOneself, NotTwoPeople, Signer
from tallystick.core.unit import Unit
from tallystick.core.wish import WISHES, AgreementNotForRole, ConcernsOneself

DAY = date(2026, 1, 1)
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("record", "why"),
    [
        (Leg("L1", "Dandong", "Sinuiju", "truck", 0, Parts(0), "USD", 1), TARIFF),
        (Party("GULL", "custodian:agent", holding_limit=(HoldingLimit("USD", Parts(1)),)), LIMIT),
        (Authorisation("A1", "KR", "ministry", "a licence", "aid", DAY, DAY, "USD", Parts(1)), BASIS),
        (Party("GULL", "custodian:agent"), ""),
        (Unit("USD", "money", "dollar", 2), ""),
    ],
)
def test_a_record_takes_two_where_it_sets_what_may_be_kept_held_or_sent(record: object, why: str):
    assert why_two_for_record(record) == why


@pytest.mark.parametrize("kind", list(Kind))
def test_an_entry_takes_two_by_any_of_its_moves(kind: Kind):
    moves = tuple(Move(one.value, "CRANE", "GULL", "USD", 1, "SHOPS") for one in (Kind.HANDOVER, kind, kind))
    expected = [BY_KIND[kind]] if kind in {Kind.LOSS, Kind.REVERSAL, Kind.PAYOUT} else []
    assert list(why_two_for_entry(PostedEntry("E1", AT, moves))) == expected


def test_only_a_lead_fills_books_without_an_entry_alone():
    assert need_of(REASONS, has_entries=False, roles={Role.LEAD}) == ""
    assert need_of([LIMIT], has_entries=False, roles={Role.COORDINATOR, Role.BOOKKEEPER}) == LIMIT
    assert need_of([LIMIT, BY_KIND["loss"]], has_entries=True, roles={Role.LEAD}) == f"value is written off; {LIMIT}"
    assert need_of([], has_entries=True, roles={Role.COORDINATOR}) == ""


def test_whoever_agrees_at_the_desk_agrees_to_what_is_brought_in():
    assert {policy.agree for policy in WISHES.values()} == {frozenset(), AGREES}


@pytest.mark.parametrize(
    ("asked", "by", "refusal"),
    [
        (Signer("KNOT"), Bringer(Signer("PLOVER"), {Role.LEAD}), None),
        (Signer("KNOT"), Bringer(Signer("OWL"), {Role.COMPLIANCE}, "TERN"), None),
        (Signer("PLOVER"), Bringer(Signer("PLOVER"), {Role.LEAD}), AgreesWithOneself),
        (Signer("KNOT", "PLOVER"), Bringer(Signer("PLOVER"), {Role.LEAD}), NotTwoPeople),
        (Signer("KNOT"), Bringer(Signer("OWL", "KNOT"), {Role.LEAD}), NotTwoPeople),
        (Signer("KNOT"), Bringer(Signer("HERON"), {Role.COORDINATOR, Role.BOOKKEEPER}), AgreementNotForRole),
        (Signer("KNOT"), Bringer(Signer("OWL"), {Role.COMPLIANCE}, "GULL"), ConcernsOneself),
    ],
)
def test_the_second_person_is_another_in_a_role_for_it_whom_it_does_not_concern(
    asked: Signer, by: Bringer, refusal: type[Refusal] | None
):
    if refusal is None:
        check_agrees(asked, by, parties=["GULL"])
        return
    with pytest.raises(refusal):
        check_agrees(asked, by, parties=["GULL"])
