"""Agreements: on what terms a custodian holds value for us, how much at once, and who stands behind several of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from tallystick.core.amount import Parts
from tallystick.core.corridor import check_share
from tallystick.core.entry import LOSS_CAUSES, LossCauseUnknown
from tallystick.core.party import Party, check_custodian
from tallystick.core.refusal import Refusal
from tallystick.core.term import check_term, on_day

BEARERS = ("custodian", "programme", "upstream")
"""Who may bear a loss: the custodian, we ourselves, or whoever stands behind the custodian."""


@dataclass(frozen=True, slots=True)
class Bears:
    cause: str
    bearer: str  # one of BEARERS


@dataclass(frozen=True, slots=True)
class Upstream:
    """A custodian of whom another one depends: if the one falls, so does what the other holds."""

    upstream: str


@dataclass(frozen=True, slots=True)
class Agreement:
    custodian: str
    valid_from: date
    commission_ppm: int  # the most that is kept of what comes into these hands
    confirm_first: bool  # nothing more is sent while an earlier tally is open
    valid_until: date | None = None  # the last day; None until further notice
    leg: str = ""  # the leg that the custodian carries on; its tariff has to be in force
    bears: tuple[Bears, ...] = ()
    upstreams: tuple[Upstream, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueLimit:
    """The most that a custodian may hold in all units together, in the reporting unit; of several the last one said counts."""

    custodian: str
    amount: Parts | None = field(default=None, metadata={"unit_of": "programme"})  # None is no limit


@dataclass(frozen=True, slots=True)
class ExposureLimit:
    """The most that all who depend on one upstream may hold together with it, in the reporting unit."""

    upstream: str
    amount: Parts | None = field(default=None, metadata={"unit_of": "programme"})


@dataclass(frozen=True, slots=True)
class Override:
    """One transfer that may go to a custodian before the last one is confirmed: the one under this reference, and no other."""

    reference: str
    custodian: str
    reason: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All that was agreed with one custodian, in the order in which it was said."""

    custodian: str
    agreements: tuple[Agreement, ...] = ()
    value_limit: Parts | None = None

    def on(self, day: date) -> Agreement | None:
        """The agreement of this day, which may be over; None before the first began."""
        return on_day(self.agreements, day)

    @property
    def upstreams(self) -> tuple[str, ...]:
        """Whom the custodian depends on: the last agreement says so, at once and also when it is over."""
        return tuple(one.upstream for one in self.agreements[-1].upstreams) if self.agreements else ()


@dataclass(frozen=True, slots=True)
class Group:
    """An upstream and all who depend on it; the upstream is one of them."""

    upstream: str
    members: tuple[str, ...]
    limit: Parts | None = None


class BearerUnknown(Refusal):
    code = "bearer_unknown"
    words = "“{bearer}” is nobody who could bear a loss by {cause}."
    expected = "one of {bearers}, and one for each cause"


class UpstreamOfItself(Refusal):
    code = "upstream_of_itself"
    words = "{custodian} cannot stand behind {custodian}, nor anyone twice."
    expected = "other custodians, each once"


class NothingToOverride(Refusal):
    code = "nothing_to_override"
    words = "No agreement with {custodian} says that one transfer waits for the last, so nothing has to be allowed."
    expected = "a custodian whose transfers wait until the last one is confirmed"


class OverrideStands(Refusal):
    code = "override_stands"
    words = "{reference} is in the books already, or was allowed before: one transfer is allowed once."
    expected = "the reference of a transfer that is still to be posted"


def check_agreement(agreement: Agreement, parties: Mapping[str, Party]) -> None:
    """Refuses terms that cannot be agreed on.

    NotACustodian, TermBackwards, ShareUnfit, LossCauseUnknown, BearerUnknown, UpstreamOfItself. `parties` holds all it names.
    """
    check_custodian(parties[agreement.custodian])
    check_term(agreement)
    check_share(agreement.commission_ppm)
    _check_bears(agreement)
    upstreams = [one.upstream for one in agreement.upstreams]
    if agreement.custodian in upstreams or len(set(upstreams)) < len(upstreams):
        raise UpstreamOfItself(custodian=agreement.custodian)
    for upstream in upstreams:
        check_custodian(parties[upstream])


def check_override(override: Override, terms: Terms | None, *, taken: Collection[str]) -> None:
    """Refuses an override that would allow nothing: NothingToOverride, OverrideStands. `taken` are references that are gone."""
    if terms is None or not any(agreement.confirm_first for agreement in terms.agreements):
        raise NothingToOverride(custodian=override.custodian)
    if override.reference in taken:
        raise OverrideStands(reference=override.reference)


def _check_bears(agreement: Agreement) -> None:
    causes = [one.cause for one in agreement.bears]
    for one in agreement.bears:
        if one.cause not in LOSS_CAUSES:
            raise LossCauseUnknown(cause=one.cause, causes=", ".join(LOSS_CAUSES))
        if one.bearer not in BEARERS or causes.count(one.cause) > 1:
            raise BearerUnknown(bearer=one.bearer, cause=one.cause, bearers=", ".join(BEARERS))
