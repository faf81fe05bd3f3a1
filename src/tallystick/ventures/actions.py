"""A covenant is given, and somebody looks whether it is kept. Neither moves anything in the books."""

from datetime import datetime

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
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import Grant, GrantUnknown
from tallystick.grants.queries import grants
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.people.queries import parties
from tallystick.ventures.apply import COVENANT_GIVEN, COVENANT_SEEN
from tallystick.ventures.queries import covenant_of


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
