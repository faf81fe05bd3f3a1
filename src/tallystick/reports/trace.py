"""Tracing an earmark, a grant or a tally of these books by its code."""

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from tallystick.core.amount import show_amount
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.refusal import Refusal
from tallystick.core.trace.grant import GrantTrace, trace_grant
from tallystick.core.trace.steps import EarmarkTrace, TallyTrace, trace_earmark, trace_tally
from tallystick.grants.queries import grants
from tallystick.ledger.queries.records import earmarks, units
from tallystick.ledger.queries.state import all_entries, entries_of


class NothingToTrace(Refusal):
    code = "nothing_to_trace"
    words = "“{asked}” is no earmark, no grant and no tally of these books."
    expected = "the code of an earmark or a grant, or the reference of a dispatch"


@dataclass(frozen=True, slots=True)
class Traced:
    """A trace, and the decimals of every unit that its amounts may be shown with."""

    code: str
    trace: EarmarkTrace | GrantTrace | TallyTrace
    places: dict[str, int]


def trace(code: str) -> Traced:
    """What `code` names, traced: an earmark to its payouts, a grant back to its gifts, a tally to its other half.

    An earmark goes before a grant, and both before a tally, should one code name several. Raises NothingToTrace.
    """
    found: EarmarkTrace | GrantTrace | TallyTrace | None
    if code in earmarks():
        found = trace_earmark(list(entries_of(earmark=code)), earmark=code)
    elif code in grants():
        found = trace_grant(_entries_behind(code), grant=code)
    else:
        found = trace_tally(_entries_about(code), reference=code)
    if found is None:
        raise NothingToTrace(asked=code)
    return Traced(code, found, {unit: record.places for unit, record in units().items()})


def _entries_behind(grant: str) -> list[PostedEntry]:
    """The entries of every earmark that the grant's value came through: mostly of one, which is then all that is read."""
    paid_from = {move.earmark for posted in entries_of(grant=grant) for move in posted.moves if move.kind == Kind.PAYOUT}
    if len(paid_from) == 1:
        entries = list(entries_of(earmark=paid_from.pop()))
        if not any(move.kind == Kind.REASSIGN for posted in entries for move in posted.moves):
            return entries
    return list(all_entries())


def _entries_about(reference: str) -> list[PostedEntry]:
    """The halves of a tally, and the reversal of its dispatch where it was taken back, which only a lone dispatch can be."""
    halves = list(entries_of(reference=reference))
    if len(halves) != 1:
        return halves
    return [posted for posted in all_entries() if reference in (posted.reference, posted.reverses)]


def trace_document(traced: Traced) -> Any:
    """The trace as plain values: amounts as decimals, moments as ISO 8601, shares that are no whole parts as fractions of one."""
    return _plain(asdict(traced.trace), places=traced.places, unit="")


def _plain(value: Any, *, places: dict[str, int], unit: str) -> Any:
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        own = str(value.get("unit", unit))
        return {
            _name(key): _plain(one, places=places, unit=own if isinstance(key, str) else key[0]) for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [_plain(one, places=places, unit=unit) for one in value]
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{value} smallest parts"
    if isinstance(value, int | Fraction):
        return show_amount(int(value), places[unit])
    return value.isoformat() if hasattr(value, "isoformat") else value


def _name(key: Any) -> str:
    return key if isinstance(key, str) else " ".join(key)
