"""Whether an entry keeps to what was agreed with the custodians whom it touches. Where nothing was agreed, nothing is asked."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction

from tallystick.core.agreement import Agreement
from tallystick.core.amount import show_amount
from tallystick.core.corridor import PPM_MAX
from tallystick.core.custody.book import TRANSIT, Book, Key
from tallystick.core.custody.rules import Dealings, Holding, Rules
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.core.term import holds_on
from tallystick.core.unit import Unit, UnitKind

COMMISSION = Kind.COMMISSION.value
Changes = dict[Key, int]


class AgreementOver(Refusal):
    code = "agreement_over"
    words = "The agreement with {custodian} ended on {ended}; {reference} would put value into its hands on {day}."
    expected = "a new agreement with {custodian}, or a day on or before {ended}"


class TariffNotInForce(Refusal):
    code = "tariff_not_in_force"
    words = "{custodian} carries on the leg {leg}, which has no tariff in force on {day}."
    expected = "a tariff of {leg} for {day}"


class LegLimitPassed(Refusal):
    code = "leg_limit_passed"
    words = "The leg {leg}, on which {custodian} carries, takes at most {unit} {limit} in one transfer; {reference} has {unit} {asked}."
    expected = "at most {unit} {limit}, or a tariff of {leg} that takes more, which two people set"


class LastTransferUnconfirmed(Refusal):
    code = "last_transfer_unconfirmed"
    words = "{custodian} has not confirmed {tally} yet, so {reference} has to wait."
    expected = "the receipt of {tally} first, or two people who allow {reference}"


class ValueLimitPassed(Refusal):
    code = "value_limit_passed"
    words = (
        "{custodian} holds {unit} {held} in all units together, what is on the road there included, and would hold {unit} {asked};"
        " the limit is {unit} {limit}."
    )
    expected = "at most {unit} {limit} in all units together"


class UpstreamExposurePassed(Refusal):
    code = "upstream_exposure_passed"
    words = (
        "{custodians} depend on {upstream} and hold {unit} {held} together, what is on the road there included; it would be"
        " {unit} {asked}, and the limit is {unit} {limit}."
    )
    expected = "at most {unit} {limit} with all of them"


class CommissionAboveCeiling(Refusal):
    code = "commission_above_ceiling"
    words = (
        "{custodian} would have kept {unit} {asked} since {since}; the agreement allows {share} % of the {unit} {base} that came"
        " into its hands, which is {unit} {limit}."
    )
    expected = "at most {unit} {limit} in all"


def broken_terms(posted: PostedEntry, changes: Changes, *, left: dict[Key, int], book: Book) -> Refusal | None:
    """What this entry would break of all that was agreed; None where it keeps to it."""
    rules = book.rules
    assert rules is not None, "where nothing was agreed, nobody asks"
    return (
        _transfer_refused(posted, rules, book=book)
        or _cap_passed(posted, cap_gains(posted, changes, book=book), book=book)
        or _commission_refused(posted, left, book=book)
    )


def cap_gains(posted: PostedEntry, changes: Changes, *, book: Book) -> dict[str, Fraction]:
    """What every limit in value gains by an entry."""
    assert book.rules is not None
    return book.rules.gains(
        (book.carrier_of(holder, posted) if holder.startswith(TRANSIT) else holder, (unit, earmark), change)
        for (holder, unit, earmark), change in changes.items()
    )


def carry_terms(posted: PostedEntry, changes: Changes, *, book: Book) -> None:
    """Take an entry into what is used up; before the book itself takes it."""
    rules = book.rules
    assert rules is not None
    for name, gain in cap_gains(posted, changes, book=book).items():
        rules.exposed[name] += gain
    for move in posted.moves:
        if move.kind == Kind.DISPATCH and move.named in rules.terms:
            rules.roads[move.named].setdefault((move.taker, move.unit, move.earmark), 0)
    taken_back = book.standing[posted.reverses][0] if posted.reverses else None
    for (custodian, since), dealings in rules.dealings.items():
        if taken_back is None and since <= posted.happened_at.date():
            dealings.take(custodian, posted.moves)
        elif taken_back is not None and since <= taken_back.happened_at.date():
            dealings.take(custodian, taken_back.moves, sign=-1)


def _transfers(posted: PostedEntry, rules: Rules) -> Iterator[tuple[int, str]]:
    """(line, custodian) of every dispatch and handover into hands with which something was agreed."""
    for line, move in enumerate(posted.moves):
        taker = {Kind.DISPATCH: move.named, Kind.HANDOVER: move.taker}.get(Kind(move.kind), "")
        if taker in rules.terms:
            yield line, taker


def _transfer_refused(posted: PostedEntry, rules: Rules, *, book: Book) -> Refusal | None:
    """Why this may not be sent to somebody: the agreement is over, its tariff is, it is too much for the leg, or the last transfer
    is still open.
    """
    for line, custodian in _transfers(posted, rules):
        refusal = _out_of_term(posted, custodian, rules=rules)
        if refusal is not None:
            refusal.line, refusal.column = line, "happened_at"
            return refusal
        agreement = _binding(posted, custodian, rules=rules)
        if agreement is None:
            continue
        refusal = _too_much_for_leg(posted, custodian, leg=agreement.leg, book=book)
        if refusal is not None:
            refusal.line, refusal.column = line, "amount"
            return refusal
        refusal = _unconfirmed(posted, custodian, agreement=agreement, book=book)
        if refusal is not None:
            refusal.line, refusal.column = line, "entry"
            return refusal
    return None


def _out_of_term(posted: PostedEntry, custodian: str, *, rules: Rules) -> Refusal | None:
    """Why nothing could be sent to this custodian on the day it happened: the agreement of that day is over, or its tariff is."""
    day = posted.happened_at.date()
    agreement = rules.terms[custodian].on(day)
    if agreement is None:
        return None
    if not holds_on(agreement, day):
        return AgreementOver(custodian=custodian, ended=agreement.valid_until, day=day, reference=posted.reference)
    if agreement.leg and rules.ways[agreement.leg].tariff_on(day) is None:
        return TariffNotInForce(custodian=custodian, leg=agreement.leg, day=day)
    return None


def _binding(posted: PostedEntry, custodian: str, *, rules: Rules) -> Agreement | None:
    """The agreement that says whether a transfer waits and how much it may be: where none is in force any more, its day's own."""
    terms, day = rules.terms[custodian], rules.day_of_waiting(posted.happened_at)
    agreement = terms.on(day)
    return agreement if agreement and holds_on(agreement, day) else terms.on(posted.happened_at.date())


def _too_much_for_leg(posted: PostedEntry, custodian: str, *, leg: str, book: Book) -> Refusal | None:
    """All lines of the transfer to this custodian in the leg's unit count together, whatever they are earmarked for."""
    rules = book.rules
    assert rules is not None
    way = rules.ways[leg] if leg else None
    if way is None:
        return None
    tariff = way.tariff_on(rules.day_of_waiting(posted.happened_at)) or way.tariff_on(posted.happened_at.date())
    if tariff is None or tariff.limit_each is None:
        return None
    unit = way.leg.unit
    lines = [posted.moves[line] for line, taker in _transfers(posted, rules) if taker == custodian]
    asked = sum(move.amount for move in lines if move.unit == unit)
    if asked <= tariff.limit_each:
        return None
    places = book.units[unit].places
    return LegLimitPassed(
        leg=leg, custodian=custodian, unit=unit, reference=posted.reference,
        limit=show_amount(tariff.limit_each, places), asked=show_amount(asked, places),
    )  # fmt: skip


def _unconfirmed(posted: PostedEntry, custodian: str, *, agreement: Agreement, book: Book) -> Refusal | None:
    rules = book.rules
    assert rules is not None
    if not agreement.confirm_first or rules.overrides.get(posted.reference) == custodian:
        return None
    roads = rules.roads.get(custodian, {})
    open_tallies = sorted(key[0].removeprefix(TRANSIT) for key, held in roads.items() if book.balances.get(key, held))
    earlier = next((tally for tally in open_tallies if tally != posted.reference), None)
    if earlier is None:
        return None
    return LastTransferUnconfirmed(custodian=custodian, tally=earlier, reference=posted.reference)


def _cap_passed(posted: PostedEntry, gains: dict[str, Fraction], *, book: Book) -> Refusal | None:
    """Why somebody, or all who depend on somebody, would hold too much in value; who gains nothing may."""
    rules = book.rules
    assert rules is not None
    for name, gain in gains.items():
        cap, held = rules.caps[name], rules.exposed[name]
        if gain <= 0 or held + gain <= cap.limit or name in book.complained:
            continue
        book.complained.add(name)
        line = next(
            (place for place, move in enumerate(posted.moves) if {move.taker, move.named} & cap.members), 0
        )  # fmt: skip
        places = book.units[rules.reporting_unit].places
        shown = {"held": round(held), "asked": round(held + gain), "limit": cap.limit}
        facts = {fact: show_amount(parts, places) for fact, parts in shown.items()} | {"unit": rules.reporting_unit}
        if cap.upstream:
            custodians = ", ".join(sorted(cap.members - {cap.upstream}))
            return UpstreamExposurePassed(custodians=custodians, upstream=cap.upstream, line=line, column="amount", **facts)
        return ValueLimitPassed(custodian=next(iter(cap.members)), line=line, column="amount", **facts)
    return None


def _commission_refused(posted: PostedEntry, left: dict[Key, int], *, book: Book) -> Refusal | None:
    """Why a custodian would have kept more than the agreement allows of all that came into its hands since it began."""
    rules = book.rules
    assert rules is not None
    for line, move in enumerate(posted.moves):
        terms = rules.terms.get(move.giver) if move.kind == COMMISSION else None
        agreement = terms.on(posted.happened_at.date()) if terms else None
        if agreement is None:
            continue
        dealings = _dealings_with(posted, agreement, book=book)
        kept = Kept(agreement, dealings, held=_held_by(move.giver, left, book=book), units=book.units, rules=rules)
        refusal = kept.refusal((move.unit, move.earmark), since=agreement.valid_from)
        if refusal is not None and ("commission", move.giver) not in book.complained:
            book.complained.add(("commission", move.giver))
            refusal.line, refusal.column = line, "amount"
            return refusal
    return None


def _dealings_with(posted: PostedEntry, agreement: Agreement, *, book: Book) -> Dealings:
    """The custodian's dealings with this entry among them."""
    assert book.rules is not None
    known = book.rules.dealings[agreement.custodian, agreement.valid_from]
    dealings = Dealings(known.passed_on.copy(), known.kept.copy(), known.times.copy())
    dealings.take(agreement.custodian, posted.moves)
    return dealings


def _held_by(custodian: str, left: dict[Key, int], *, book: Book) -> dict[Holding, int]:
    held = {key[1:]: amount for key, amount in book.balances.items() if key[0] == custodian}
    return held | {key[1:]: amount for key, amount in left.items() if key[0] == custodian}


class Kept:
    """What a custodian kept of all that came into its hands, under one agreement.

    In one unit that is a share of parts. Where there are several, so that one share could be kept before changing and another
    after it, all that has a rate is put together in the reporting unit; what has none is looked at by itself.
    """

    def __init__(
        self, agreement: Agreement, dealings: Dealings, *, held: dict[Holding, int], units: Mapping[str, Unit], rules: Rules
    ) -> None:
        self.agreement, self.dealings, self.held = agreement, dealings, held
        self.units, self.rules = units, rules
        self.holdings = {one for one in (*held, *dealings.passed_on) if held.get(one) or dealings.passed_on.get(one)}
        self.is_one = len({unit for unit, _ in self.holdings}) == 1

    def pool(self, holding: Holding) -> tuple[str, list[tuple[Holding, Fraction]]]:
        """The unit in which the share is measured for this holding, and all that is measured with it, each with its rate."""
        unit, earmark = holding
        if self.is_one or self.rules.rate(unit, earmark) is None:
            return unit, [(one, Fraction(1)) for one in self.holdings if one[0] == unit and (self.is_one or self._rateless(one))]
        rated = [(one, rate) for one in self.holdings if (rate := self.rules.rate(*one)) is not None]
        return self.rules.reporting_unit, rated

    def shares(self, holding: Holding) -> tuple[str, Fraction, Fraction, Fraction]:
        """(unit, kept, what may be kept, of what). What rounding leaves of a coin is let pass, at goods nothing."""
        unit, pool = self.pool(holding)
        base = sum((rate * self._came_in(one) for one, rate in pool), Fraction(0))
        kept = sum((rate * self.dealings.kept.get(one, 0) for one, rate in pool), Fraction(0))
        rounding = sum((rate * self.dealings.times.get(one, 0) for one, rate in pool if self._is_money(one)), Fraction(0)) / 2
        return unit, kept, base * self.agreement.commission_ppm / PPM_MAX + rounding, base

    def refusal(self, holding: Holding, *, since: date) -> Refusal | None:
        unit, kept, allowed, base = self.shares(holding)
        if kept <= allowed:
            return None
        places = self.units[unit].places
        share = show_amount(self.agreement.commission_ppm, 4).rstrip("0").rstrip(".")
        return CommissionAboveCeiling(
            custodian=self.agreement.custodian, unit=unit, since=since, share=share, asked=show_amount(round(kept), places),
            base=show_amount(round(base), places), limit=show_amount(int(base * self.agreement.commission_ppm / PPM_MAX), places),
        )  # fmt: skip

    def _came_in(self, holding: Holding) -> int:
        return self.held.get(holding, 0) + self.dealings.passed_on.get(holding, 0)

    def _rateless(self, holding: Holding) -> bool:
        return self.rules.rate(*holding) is None

    def _is_money(self, holding: Holding) -> bool:
        return self.units[holding[0]].kind == UnitKind.MONEY
