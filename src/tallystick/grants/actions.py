"""A grant is promised with its tranches, a tranche is released, a grant is cancelled."""

from datetime import date, datetime

from django.db import transaction

from tallystick.authorisations.queries import authorisations
from tallystick.core.authorisation import AuthorisationUnknown
from tallystick.core.custody.decide import EarmarkUnknown, UnitUnknown
from tallystick.core.custody.ends import PartyUnknown
from tallystick.core.grant import Grant, GrantUnknown
from tallystick.core.promise import Cancellation, Terms, check_cancel, check_new_promise
from tallystick.core.release import check_release
from tallystick.core.tranche import TranchePlan, TrancheRelease, check_tranches
from tallystick.core.unit import Unit
from tallystick.grants.apply import GRANT_CANCELLED, GRANT_PROMISED, TRANCHE_RELEASED, TRANCHES_PLANNED
from tallystick.grants.queries import grants, paid_of, progress_of, terms_of
from tallystick.journal.actions import lock_stream
from tallystick.journal.reach import within_reach
from tallystick.journal.records import say_records
from tallystick.ledger.queries.records import earmarks, units
from tallystick.people.queries import parties


@within_reach()
@transaction.atomic
def promise(grant: Grant, plan: TranchePlan, *, office: str, recorded_at: datetime) -> None:
    """Promise a grant and say its tranches.

    Raises UnitUnknown, EarmarkUnknown, AuthorisationUnknown, PartyUnknown, and what check_new_promise and check_tranches raise.
    """
    assert plan.grant == grant.grant, "a plan is for the grant that it is promised with"
    head = lock_stream(office)
    unit = _known_unit(grant)
    party = parties(codes=[grant.recipient]).get(grant.recipient)
    if party is None:
        raise PartyUnknown(party=grant.recipient)
    standing = grants(codes=[grant.grant]).get(grant.grant)
    check_new_promise(grant, kind=party.kind, standing=standing, places=unit.places)
    check_tranches(plan.tranches, grant=grant.grant, amount=grant.amount, unit=grant.unit, places=unit.places)
    head = say_records([grant], GRANT_PROMISED, head=head, recorded_at=recorded_at)
    say_records([plan], TRANCHES_PLANNED, head=head, recorded_at=recorded_at)


@within_reach()
@transaction.atomic
def release_tranche(release: TrancheRelease, *, last_visited_on: date | None, office: str, recorded_at: datetime) -> None:
    """Say that a tranche waits no longer; `last_visited_on` is the day of the last visit that was reported.

    Raises GrantUnknown, and what check_release raises.
    """
    head = lock_stream(office)
    terms = _standing(release.grant)
    progress = progress_of(terms, last_visited_on=last_visited_on)
    places = units()[terms.grant.unit].places
    check_release(terms, release.number, progress=progress, places=places, without_visit=release.without_visit is not None)
    say_records([release], TRANCHE_RELEASED, head=head, recorded_at=recorded_at)


@within_reach()
@transaction.atomic
def cancel(cancellation: Cancellation, *, office: str, recorded_at: datetime) -> None:
    """Say that nothing more is paid under a grant. Raises GrantUnknown, GrantIsCancelled, NothingToCancel."""
    head = lock_stream(office)
    terms = _standing(cancellation.grant)
    check_cancel(terms, paid_of(terms))
    say_records([cancellation], GRANT_CANCELLED, head=head, recorded_at=recorded_at)


def _standing(grant: str) -> Terms:
    terms = terms_of(grant)
    if terms is None:
        raise GrantUnknown(grant=grant)
    return terms


def _known_unit(grant: Grant) -> Unit:
    """The unit promised, where all that a promise names but its recipient is in the books."""
    known = units()
    if grant.unit not in known:
        raise UnitUnknown(unit=grant.unit)
    if grant.earmark not in earmarks():
        raise EarmarkUnknown(earmark=grant.earmark)
    if grant.authorisation and grant.authorisation not in authorisations():
        raise AuthorisationUnknown(authorisation=grant.authorisation)
    return known[grant.unit]
