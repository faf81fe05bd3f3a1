"""What is said of ventures: what one is, what a visit saw, how it ended; a covenant given, and what was seen of it.

Nothing of it moves anything in the books. What is said of a venture is said once: the same again changes nothing.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from tallystick.core.covenant import (
    Covenant,
    CovenantGivenAlready,
    CovenantSeen,
    CovenantUnknown,
    check_covenant,
    check_next,
    check_seen,
)
from tallystick.core.custody.decide import UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import Grant, GrantUnknown
from tallystick.core.record import fields_of
from tallystick.core.venture import Venture, VentureEnd, check_day, check_end, check_venture
from tallystick.core.visit import Visit, check_visit
from tallystick.grants.queries import grants
from tallystick.journal.actions import lock_stream
from tallystick.journal.queries import Head
from tallystick.journal.reach import within_reach
from tallystick.journal.record_kind import RecordKind
from tallystick.journal.records import say_records
from tallystick.ledger.queries.records import units
from tallystick.people.queries import parties
from tallystick.ventures.apply import COVENANT_GIVEN, COVENANT_SEEN, VENTURE_DESCRIBED, VENTURE_ENDED, VISIT_REPORTED
from tallystick.ventures.queries import covenant_of, venture_of, visits_by_grant

EASTMOST = timedelta(hours=14)  # where a day begins first


@within_reach()
@transaction.atomic
def give_covenant(covenant: Covenant, *, office: str, recorded_at: datetime) -> None:
    """Say what the recipient of a grant means to pass on.

    Raises GrantUnknown, CovenantGivenAlready, PartyUnknown, and what check_next and check_covenant raise.
    """
    head = lock_stream(office)
    grant = _grant(covenant.grant)
    standing = covenant_of(covenant.covenant)
    if standing is not None:
        raise CovenantGivenAlready(covenant=standing.covenant, grant=standing.grant)
    check_next(covenant.passes_to, recipient=grant.recipient, kind=_kind_of(covenant.passes_to))
    check_covenant(covenant)
    say_records([covenant], COVENANT_GIVEN, head=head, recorded_at=recorded_at)


@within_reach()
@transaction.atomic
def see_covenant(seen: CovenantSeen, *, office: str, recorded_at: datetime) -> Covenant:
    """Say what was found of a covenant; which covenant it is.

    Raises CovenantUnknown, PartyUnknown, and what check_next and check_seen raise.
    """
    head = lock_stream(office)
    covenant = covenant_of(seen.covenant)
    if covenant is None:
        raise CovenantUnknown(covenant=seen.covenant)
    check_next(seen.passes_to, recipient=_grant(covenant.grant).recipient, kind=_kind_of(seen.passes_to))
    check_seen(seen)
    say_records([seen], COVENANT_SEEN, head=head, recorded_at=recorded_at)
    return covenant


def _grant(code: str) -> Grant:
    grant = grants(codes=[code]).get(code)
    if grant is None:
        raise GrantUnknown(grant=code)
    return grant


def _kind_of(code: str) -> str:
    """The kind of the next person, empty where it is not known yet who that is. Raises PartyUnknown."""
    if not code:
        return ""
    party = parties(codes=[code]).get(code)
    if party is None:
        raise PartyUnknown(party=code)
    return party.kind


@within_reach()
@transaction.atomic
def describe_venture(venture: Venture, *, office: str, recorded_at: datetime) -> bool:
    """Say what a venture is and where. Raises GrantUnknown, KindMissing, PlaceTooFine."""
    head = _lock(office, grant=venture.grant)
    check_venture(venture)
    if venture_of(venture.grant) == venture:
        return False  # said last, word for word; said before something else, it holds again
    say_records([venture], VENTURE_DESCRIBED, head=head, recorded_at=recorded_at)
    return True


@within_reach()
@transaction.atomic
def report_visit(visit: Visit, *, office: str, recorded_at: datetime) -> bool:
    """Say what was seen. Raises GrantUnknown, UnitUnknown, DayToCome, VisitBelowZero, VisitUnitMissing."""
    head = _lock(office, grant=visit.grant)
    if visit.unit and visit.unit not in units():
        raise UnitUnknown(unit=visit.unit, column="unit")
    check_day(visit.visited_on, today=(recorded_at + EASTMOST).date())
    check_visit(visit)
    return _say_once(visit, VISIT_REPORTED, head=head, recorded_at=recorded_at)


@within_reach()
@transaction.atomic
def end_venture(end: VentureEnd, *, office: str, recorded_at: datetime) -> bool:
    """Say how a venture ended. Raises GrantUnknown, EndingUnknown, DayToCome, EndedBefore."""
    head = _lock(office, grant=end.grant)
    check_end(end, seen=visits_by_grant([end.grant])[end.grant], today=(recorded_at + EASTMOST).date())
    return _say_once(end, VENTURE_ENDED, head=head, recorded_at=recorded_at)


def _lock(office: str, *, grant: str) -> Head:
    head = lock_stream(office)
    if not grants(codes=[grant]):
        raise GrantUnknown(grant=grant, column="grant")
    return head


def _say_once(record: Any, kind: RecordKind, *, head: Head, recorded_at: datetime) -> bool:
    fields = fields_of(record)
    (table,) = kind.tables
    if table._default_manager.filter(grant=fields.pop("grant"), **fields).exists():
        return False
    say_records([record], kind, head=head, recorded_at=recorded_at)
    return True
