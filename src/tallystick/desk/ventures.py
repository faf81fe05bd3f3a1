"""Wishes that say something of a venture: what it is, what a visit saw, how it ended."""

from tallystick.core.amount import Parts, show_apart
from tallystick.core.venture import Venture, VentureEnd
from tallystick.core.visit import Visit
from tallystick.desk.wishes import Deed, Done, WishKind
from tallystick.ledger.queries.records import units
from tallystick.ventures.actions import describe_venture, end_venture, report_visit

Facts = list[tuple[str, str]]


def describe(venture: Venture, deed: Deed) -> Done:
    """Raises what ventures.actions.describe_venture does."""
    return Done(venture.grant, stood=not describe_venture(venture, office=deed.office, recorded_at=deed.recorded_at))


def report(visit: Visit, deed: Deed) -> Done:
    """Raises what ventures.actions.report_visit does."""
    return Done(visit.grant, stood=not report_visit(visit, office=deed.office, recorded_at=deed.recorded_at))


def end(ending: VentureEnd, deed: Deed) -> Done:
    """Raises what ventures.actions.end_venture does."""
    return Done(ending.grant, stood=not end_venture(ending, office=deed.office, recorded_at=deed.recorded_at))


def facts_of_venture(venture: Venture) -> Facts:
    return [("grant", venture.grant), ("kind of venture", venture.kind), ("province", venture.place)]


def facts_of_visit(visit: Visit) -> Facts:
    known = units()

    def amount(parts: Parts | None) -> str:
        return "" if parts is None or visit.unit not in known else f"{visit.unit} {show_apart(parts, known[visit.unit].places)}"

    def count(figure: int | None) -> str:
        return "" if figure is None else str(figure)

    return [
        ("grant", visit.grant), ("visited on", visit.visited_on.isoformat()), ("still trading", "yes" if visit.trading else "no"),
        ("takings in a month", amount(visit.takings_month)), ("jobs", count(visit.jobs)),
        ("informal payments in a month", amount(visit.informal_payments_month)), ("shock", visit.shock),
        ("others helped", count(visit.helped_others)),
    ]  # fmt: skip


def facts_of_end(ending: VentureEnd) -> Facts:
    return [
        ("grant", ending.grant),
        ("ended on", ending.ended_on.isoformat()),
        ("how it ended", ending.how),
        ("note", ending.note),
    ]


VENTURE = WishKind("venture", Venture, describe, subject=lambda wish: str(wish.grant), facts=facts_of_venture)
VISIT = WishKind("visit", Visit, report, subject=lambda wish: str(wish.grant), facts=facts_of_visit)
VENTURE_END = WishKind("venture_end", VentureEnd, end, subject=lambda wish: str(wish.grant), facts=facts_of_end)
