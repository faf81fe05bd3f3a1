"""The smaller tables of today's page: what is late, what may still leave, and what was lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tallystick.core.headroom import Headroom
from tallystick.core.unit import Unit
from tallystick.reports.today import LateTally
from tallystick.reports.turnout import Lost
from tallystick.web.figures import amount, day, grouped, money
from tallystick.web.hands.words import KNOWN

NEARLY = 90  # per cent of a ceiling
SOON = 30  # days before a basis runs out


@dataclass(frozen=True, slots=True)
class LateRow:
    reference: str
    giver: str
    carrier: str
    unit: str
    amount: str
    earmark: str
    days: str
    allowed: str


@dataclass(frozen=True, slots=True)
class HeadroomRow:
    """`warning` says what is to be seen to: that little is left, or that its days are over or nearly so."""

    code: str
    unit: str
    ceiling: str
    drawn: str
    left: str
    percent: int
    is_near: bool
    until: str
    warning: str
    unpriced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LossRow:
    cause: str
    value: str
    amounts: tuple[str, ...]
    width: int  # of a hundred, beside the largest


def late_rows(late: Iterable[LateTally]) -> list[LateRow]:
    return [
        LateRow(
            one.tally.reference, one.tally.giver, one.tally.carrier, one.tally.unit, amount(one.tally.amount, one.tally.places),
            one.tally.earmark, days_words(one.days), days_words(one.allowed),
        )
        for one in late
    ]  # fmt: skip


def days_words(days: int) -> str:
    return ngettext("{count} day", "{count} days", days).format(count=grouped(days))


def headroom_rows(headrooms: Iterable[Headroom], *, units: Mapping[str, Unit], today: date) -> list[HeadroomRow]:
    return [headroom_row(one, units=units, today=today) for one in headrooms]


def headroom_row(one: Headroom, *, units: Mapping[str, Unit], today: date) -> HeadroomRow:
    basis, places = one.basis, units[one.basis.unit].places
    return HeadroomRow(
        code=basis.authorisation,
        unit=basis.unit,
        ceiling=amount(basis.ceiling, places),
        drawn=amount(one.drawn, places),
        left=amount(one.left, places),
        percent=one.percent,
        is_near=one.percent >= NEARLY,
        until=day(basis.valid_until),
        warning=_warning(one, today=today),
        unpriced=tuple(money(unit, amount(parts, units[unit].places)) for unit, parts in one.unpriced),
    )


def _warning(one: Headroom, *, today: date) -> str:
    days = (one.basis.valid_until - today).days
    if today < one.basis.valid_from:
        return _("not yet valid")
    if days < 0:
        return _("no longer valid")
    if one.left < 0:
        return _("more left the house than it allows")
    if one.percent >= NEARLY:
        return _("nearly used up")
    return _("runs out in {days}").format(days=days_words(days)) if days <= SOON else ""


def loss_rows(losses: Sequence[Lost], *, places: int, units: Mapping[str, Unit]) -> list[LossRow]:
    """Causes of which nothing is left to be lost, everything having been recovered, are left out."""
    most = max((one.value for one in losses), default=0)
    return [
        LossRow(
            str(KNOWN.get(one.cause, one.cause)), amount(round(one.value), places) if one.value else "", _amounts(one, units),
            max(0, int(one.value * 100 // most)) if most > 0 else 0,
        )
        for one in losses
        if any(one.amounts.values())
    ]  # fmt: skip


def _amounts(one: Lost, units: Mapping[str, Unit]) -> tuple[str, ...]:
    return tuple(money(unit, amount(parts, units[unit].places)) for unit, parts in sorted(one.amounts.items()) if parts)
