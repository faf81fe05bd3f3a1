"""`tallystick trace`: an earmark to its payouts, a grant back to its gift, a tally over the road; move by move."""

from collections.abc import Sequence
from fractions import Fraction

from tallystick.core.amount import show_amount
from tallystick.core.trace.grant import GrantTrace, Kept
from tallystick.core.trace.hands import Hand
from tallystick.core.trace.steps import EarmarkTrace, Reached, Step, TallyTrace
from tallystick.journal.queries import is_rehearsal
from tallystick.ops.terminal import banner, grouped, out, print_json, say, table
from tallystick.reports.trace import Traced, trace, trace_document


def show_trace(code: str, *, as_json: bool) -> None:
    """Print the trace of an earmark, a grant or a tally. Raises NothingToTrace."""
    traced = trace(code)
    if as_json:
        print_json({"rehearsal": is_rehearsal(), "code": code, "trace": trace_document(traced)})
        return
    banner(rehearsal=is_rehearsal())
    found = traced.trace
    if isinstance(found, EarmarkTrace):
        _print_earmark(found, places=traced.places)
    elif isinstance(found, GrantTrace):
        _print_grant(found, traced)
    else:
        _print_tally(found, places=traced.places)


def _print_earmark(found: EarmarkTrace, *, places: dict[str, int]) -> None:
    _print_steps(f"The way of {found.earmark}", found.steps, places=places)
    _print_hands(found.hands, places=places)
    _print_reached(found.reached, places=places)


def _print_grant(found: GrantTrace, traced: Traced) -> None:
    _print_steps(f"What {found.grant} was paid from, gift first", found.steps, places=traced.places, of_it=found.grant)
    columns = ("hand", "unit", "earmark", "passed on", "commission", "cost", "lost")
    kept = table("What each hand kept or lost of it on the way", columns, right=columns[3:])
    for one in found.kept:
        shown = [_shown(part, one, places=traced.places) for part in (one.passed_on, one.commission, one.cost, one.lost)]
        kept.add_row(one.holder, one.unit, one.earmark, *shown)
    out.print(kept)
    for origin in found.origins:
        say(f"It began with {origin.holder}: {_amount(origin.amount, origin.unit, places=traced.places)} of {origin.earmark}.")
    _print_reached(found.reached, places=traced.places)


def _print_tally(found: TallyTrace, *, places: dict[str, int]) -> None:
    _print_steps(f"{found.reference}, from {found.giver} to {found.carrier}", found.steps, places=places)
    left = [_amount(amount, unit, places=places) for (unit, _), amount in found.still_open.items() if amount]
    say(f"Still on the road: {', '.join(left)}." if left else "Nothing of it is on the road.")


def _print_steps(title: str, steps: Sequence[Step], *, places: dict[str, int], of_it: str = "") -> None:
    columns = ("when", "entry", "kind", "from", "to", "amount", "unit", *((f"for {of_it}",) if of_it else ()))
    made = table(title, columns, right=("amount", columns[-1] if of_it else ""))
    for step in steps:
        giver, taker = _ends(step)
        row = [f"{step.happened_at.day} {step.happened_at:%b %Y}", step.reference, step.kind, giver, taker]
        row += [grouped(show_amount(step.amount, places[step.unit])), step.unit]
        made.add_row(*row, *((grouped(show_amount(step.share, places[step.unit])),) if of_it else ()))
    out.print(made)


def _ends(step: Step) -> tuple[str, str]:
    """Both ends in words: a tally's road is named by its other half."""
    giver = f"the road ({step.named or step.reference})" if step.giver.startswith("@transit:") else step.giver
    taker = f"the road (for {step.named})" if step.taker.startswith("@transit:") else step.taker
    return giver, taker


def _print_hands(hands: Sequence[Hand], *, places: dict[str, int]) -> None:
    columns = ("hand", "unit", "came in", "passed on", "commission", "cost", "lost", "on the road", "still holds")
    made = table("What each hand kept", columns, right=columns[2:])
    for hand in hands:
        parts = (hand.came_in, hand.passed_on, hand.commission, hand.cost, hand.lost, hand.on_the_road, hand.holds)
        made.add_row(hand.holder, hand.unit, *(grouped(show_amount(part, places[hand.unit])) if part else "" for part in parts))
    out.print(made)


def _print_reached(reached: Sequence[Reached], *, places: dict[str, int]) -> None:
    if not reached:
        say("Nothing of it has reached a recipient.")
        return
    made = table("What reached recipients", ("grant", "recipient", "amount", "unit"), right=("amount",))
    for one in reached:
        made.add_row(one.grant, one.recipient, grouped(show_amount(one.amount, places[one.unit])), one.unit)
    out.print(made)


def _amount(parts: int, unit: str, *, places: dict[str, int]) -> str:
    return f"{grouped(show_amount(parts, places[unit]))} {unit}"


def _shown(part: int | Fraction, kept: Kept, *, places: dict[str, int]) -> str:
    """An amount for a table; a share that is no whole number of smallest parts is rounded, half up, and marked."""
    if not part:
        return ""
    whole = int(part + Fraction(1, 2))
    return f"{'' if part == whole else '≈ '}{grouped(show_amount(whole, places[kept.unit]))}"
