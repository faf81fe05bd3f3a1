"""How custodians, their terms and those who share an upstream are shown: amounts as text, gauges, ages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tallystick.bundles.folder.values import show_percent
from tallystick.core.agreement import Agreement
from tallystick.core.corridor import Leg, Tariff, Way
from tallystick.core.entry import LOSS_CAUSES
from tallystick.core.unit import Unit
from tallystick.journal.bulk import local_moment
from tallystick.ledger.queries.holdings import OnTheRoad
from tallystick.reports.custodians import Custodian, Exposure, GroupStanding, Standing
from tallystick.web.corridors.forms import BEARER_WORDS
from tallystick.web.figures import age, amount, day
from tallystick.web.hands.holdings import Gauge
from tallystick.web.hands.words import KNOWN, one_of

NEAR = 90  # percent


@dataclass(frozen=True, slots=True)
class HandShown:
    unit: str
    held: str
    road: str  # empty where nothing is on the road
    gauge: Gauge | None


@dataclass(frozen=True, slots=True)
class WorthShown:
    """What hands are worth together, how much of the limit that is, and in words what could not be counted."""

    unit: str
    amount: str
    gauge: Gauge | None
    uncounted: str


@dataclass(frozen=True, slots=True)
class TermsShown:
    """An agreement, in words; `state` is one of none, ahead, holds, over."""

    state: str
    words: str
    since: str = ""
    until: str = ""
    ceiling: str = ""
    confirm_first: bool = False
    leg: str = ""
    upstreams: str = ""
    bears: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TallyShown:
    reference: str
    giver: str
    unit: str
    amount: str
    day: str
    age: str


@dataclass(frozen=True, slots=True)
class CustodianShown:
    """A custodian as lists show it."""

    code: str
    kind: str
    place: str
    hands: tuple[HandShown, ...]
    worth: WorthShown | None
    terms: TermsShown
    tallies: tuple[TallyShown, ...]
    since: str
    age: str
    oldest_tally: str


class Shower:
    """Puts what was reckoned into words; knows the units, the reporting unit and the moment."""

    def __init__(self, units: Mapping[str, Unit], *, reporting_unit: str, now: datetime) -> None:
        self.units, self.reporting_unit, self.now = units, reporting_unit, now

    def money(self, parts: int, unit: str) -> str:
        return amount(parts, self.units[unit].places)

    def custodian(self, one: Standing) -> CustodianShown:
        tallies = tuple(self.tally(tally) for tally in one.tallies)
        span = age(one.since, self.now) if one.since else ""
        return CustodianShown(
            one.party.party, str(one_of(one.party.kind)), one.party.place,
            hands=tuple(
                HandShown(hand.unit, self.money(hand.held, hand.unit), self.money(hand.road, hand.unit) if hand.road else "",
                          self.gauge(hand.held + hand.road, limit=hand.limit, unit=hand.unit))
                for hand in one.hands
            ),
            worth=self.worth(one.exposure, limit=one.terms.value_limit), terms=self.state(one), tallies=tallies,
            since=day(one.since) if one.since else "", age=_("{age} or more").format(age=span) if one.or_earlier else span,
            oldest_tally=tallies[0].age if tallies else "",
        )  # fmt: skip

    def worth(self, exposure: Exposure, *, limit: int | None) -> WorthShown | None:
        """None where there is no programme, and so nothing to count in."""
        if not self.reporting_unit:
            return None
        uncounted = ", ".join(f"{unit} {self.money(parts, unit)}" for unit, parts in sorted(exposure.uncounted.items()))
        shown = self.money(round(exposure.value), self.reporting_unit)
        return WorthShown(
            self.reporting_unit, shown, self.gauge(exposure.value, limit=limit, unit=self.reporting_unit), uncounted
        )

    def gauge(self, held: Fraction | int, *, limit: int | None, unit: str) -> Gauge | None:
        if limit is None:
            return None
        percent = int(held * 100 // limit) if limit else (100 if not held else 999)
        return Gauge(self.money(limit, unit), percent, min(percent, 100))

    def tally(self, one: OnTheRoad) -> TallyShown:
        at = local_moment(one.happened_at, one.utc_offset_minutes)
        return TallyShown(one.reference, one.giver, one.unit, self.money(one.amount, one.unit), day(at), age(at, self.now))

    def state(self, one: Standing) -> TermsShown:
        """The agreement of the day, or what there is of agreements without one."""
        if one.agreement is not None:
            return self.agreement(one.agreement, today=self.now.date())
        if one.terms.agreements:
            return self.agreement(one.terms.agreements[-1], today=self.now.date())
        return TermsShown("none", _("none"))

    def agreement(self, one: Agreement, *, today: date) -> TermsShown:
        state, words = _state(one, today)
        bears = {said.cause: str(BEARER_WORDS[said.bearer]) for said in one.bears}
        return TermsShown(
            state, words, day(one.valid_from), day(one.valid_until) if one.valid_until else "",
            ceiling=show_percent(one.commission_ppm), confirm_first=one.confirm_first, leg=one.leg,
            upstreams=", ".join(said.upstream for said in one.upstreams),
            bears=tuple((str(KNOWN[cause]), bears[cause]) for cause in LOSS_CAUSES if cause in bears),
        )  # fmt: skip

    def history(self, agreements: Sequence[Agreement]) -> list[TermsShown]:
        """The latest said first."""
        return [self.agreement(one, today=self.now.date()) for one in reversed(agreements)]

    def shares(self, one: Custodian) -> list[dict[str, str | int]]:
        """What was kept, of what, and how much of what could have been."""
        return [
            {
                "unit": share.unit, "kept": self.money(share.kept, share.unit), "came_in": self.money(share.came_in, share.unit),
                "allowed": self.money(share.allowed, share.unit),
                "filled": min(100, share.kept * 100 // share.allowed) if share.allowed else 0,
            }
            for share in one.shares
        ]  # fmt: skip

    def losses(self, one: Custodian) -> list[tuple[str, str, str, str]]:
        """(cause, unit, amount, who bears it)."""
        return [
            (str(KNOWN[lost.cause]), lost.unit, self.money(lost.amount, lost.unit), str(BEARER_WORDS.get(lost.bearer, "")))
            for lost in one.losses
        ]

    def group(self, one: GroupStanding) -> dict[str, object]:
        members = [
            (code, self.worth(exposure, limit=None)) for code, exposure in sorted(one.members, key=lambda pair: -pair[1].value)
        ]
        together = self.worth(one.exposure, limit=one.group.limit)
        return {"upstream": one.group.upstream, "members": members, "together": together}

    def way(self, one: Way) -> dict[str, object]:
        """A leg with the tariff of the day, and every one that was set."""
        today = one.tariff_on(self.now.date())
        return {
            "leg": one.leg, "today": self.cost(today, one.leg.unit) if today else None,
            "tariffs": [
                (day(said.valid_from), day(said.valid_until) if said.valid_until else "", self.cost(said, one.leg.unit), said is today)
                for said in reversed(one.tariffs)
            ],
            "first": (self.cost(one.leg, one.leg.unit), one.leg is today),
        }  # fmt: skip

    def cost(self, said: Leg | Tariff, unit: str) -> dict[str, object]:
        return {
            "share": show_percent(said.commission_ppm), "days": said.days, "unit": unit,
            "fixed": self.money(said.commission_fixed, unit) if said.commission_fixed else "",
            "each": self.money(said.limit_each, unit) if said.limit_each is not None else "",
        }  # fmt: skip


def _state(one: Agreement, today: date) -> tuple[str, str]:
    if today < one.valid_from:
        return "ahead", pgettext("an agreement", "begins later")
    if one.valid_until is not None and one.valid_until < today:
        return "over", pgettext("an agreement", "over")
    return "holds", pgettext("an agreement", "holds")
