"""Slips as lists and their own pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tallystick.core.grant import Grant
from tallystick.core.slip import Purpose, SlipState, Standing
from tallystick.core.unit import Unit
from tallystick.grants.queries import grants
from tallystick.ledger.queries.records import units
from tallystick.web.codes.words import PURPOSES, STATES
from tallystick.web.figures import amount, day


@dataclass(frozen=True, slots=True)
class SlipShown:
    """A slip, without its code."""

    slip: str
    purpose: str
    subject: str
    holder: str
    tranche: int
    unit: str
    amount: str
    valid_until: str
    issued_by: str
    issued_on: str
    state: str
    is_frozen: bool
    is_good: bool
    wrong: int


def rows_of(found: Sequence[Standing], *, today: date) -> list[SlipShown]:
    """Their rows, in two questions however many there are."""
    promised = grants(codes={one.slip.subject for one in found if one.slip.purpose == Purpose.CLAIM})
    known = units()
    return [_shown(one, promised.get(one.slip.subject), known=known, today=today) for one in found]


def row_of(one: Standing, *, today: date) -> SlipShown:
    return rows_of([one], today=today)[0]


def moment_shown(told: str) -> str:
    """“2016-03-06 10:00 +09:00” of a moment in ISO 8601: by the clock there, without its seconds."""
    moment = datetime.fromisoformat(told)
    return f"{moment:%Y-%m-%d %H:%M} {moment.isoformat()[-6:]}"


def _shown(one: Standing, grant: Grant | None, *, known: dict[str, Unit], today: date) -> SlipShown:
    slip, state = one.slip, one.state(today)
    return SlipShown(
        slip=slip.slip, purpose=str(PURPOSES[Purpose(slip.purpose)]), subject=slip.subject, holder=slip.holder,
        tranche=slip.tranche, unit=grant.unit if grant else "",
        amount=amount(slip.amount, known[grant.unit].places) if grant and slip.amount is not None else "",
        valid_until=day(slip.valid_until), issued_by=slip.issued_by, issued_on=day(date.fromisoformat(slip.issued_at[:10])),
        state=str(STATES[state]), is_frozen=state is SlipState.FROZEN, is_good=state is SlipState.OPEN, wrong=one.wrong,
    )  # fmt: skip
