"""Corridors: chains of legs, each with its tariff, and the tariffs that came after it."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date

from tallystick.core.amount import Parts, check_not_negative
from tallystick.core.code_name import check_new_code
from tallystick.core.refusal import Refusal
from tallystick.core.term import check_term, holds_on, on_day

PPM_MAX = 1_000_000
DAYS_MAX = 3_650


@dataclass(frozen=True, slots=True)
class Leg:
    leg: str
    from_place: str
    to_place: str
    mode: str
    commission_ppm: int  # parts per million of what is carried: 100,000 is 10 %
    commission_fixed: Parts
    unit: str
    days: int
    limit_each: Parts | None = None
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a leg costs from a day on, in the leg's unit."""

    leg: str
    valid_from: date
    commission_ppm: int
    commission_fixed: Parts = field(metadata={"unit_of": "leg"})
    days: int
    valid_until: date | None = None  # the last day; None until further notice
    limit_each: Parts | None = field(default=None, metadata={"unit_of": "leg"})


@dataclass(frozen=True, slots=True)
class Way:
    """A leg and every tariff that was set for it since, in the order in which they were said."""

    leg: Leg
    tariffs: tuple[Tariff, ...] = ()

    def tariff_on(self, day: date) -> Leg | Tariff | None:
        """What the leg costs on this day: its own tariff until the first other one begins; None where the last one is over."""
        found = on_day(self.tariffs, day)
        if found is None:
            return self.leg
        return found if holds_on(found, day) else None


class LegUnknown(Refusal):
    code = "leg_unknown"
    words = "No leg is called “{leg}” in these books."
    expected = "a leg that was set before"


class ShareUnfit(Refusal):
    code = "share_unfit"
    words = "{asked} parts in a million cannot be kept of what is carried."
    expected = "0 to {most}"


class DaysUnfit(Refusal):
    code = "days_unfit"
    words = "A leg cannot take {asked} days."
    expected = "0 to {most}"


def check_new_leg(leg: Leg, known: Container[str], *, places: int) -> None:
    """Refuses a leg that cannot be set: CodeNameUnfit, CodeTaken, ShareUnfit, DaysUnfit, AmountNegative."""
    check_new_code(leg.leg, known)
    _check_cost(leg, unit=leg.unit, places=places)


def check_tariff(tariff: Tariff, leg: Leg, *, places: int) -> None:
    """Refuses a tariff that cannot be set: TermBackwards, ShareUnfit, DaysUnfit, AmountNegative."""
    check_term(tariff)
    _check_cost(tariff, unit=leg.unit, places=places)


def check_share(ppm: int) -> None:
    """Refuses, with ShareUnfit, less than nothing and more than the whole."""
    if not 0 <= ppm <= PPM_MAX:
        raise ShareUnfit(asked=ppm, most=PPM_MAX)


def _check_cost(said: Leg | Tariff, *, unit: str, places: int) -> None:
    check_share(said.commission_ppm)
    if not 0 <= said.days <= DAYS_MAX:
        raise DaysUnfit(asked=said.days, most=DAYS_MAX)
    for amount in (said.commission_fixed, said.limit_each):
        check_not_negative(amount, unit=unit, places=places)
