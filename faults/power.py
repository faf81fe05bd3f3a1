"""The power goes while the books are written: nothing that was acknowledged may be lost, and nothing be half there."""

from collections.abc import Callable

from faults.finding import SQLCIPHER, Experiment, Finding, Scale
from faults.media.crew import share_out
from faults.media.cuts import Order, Outcome, cut_power

MUST = (
    "When the power goes, whatever of the unsynced writes the disk kept, tore or lost: the books open, every entry that was"
    " acknowledged is there once, nothing is half there, the proof holds, and work goes on."
)
CHAPTERS = 60
CUTS = 125  # of one story


def run(scale: Scale, told: Callable[[str], None]) -> list[Finding]:
    """The product as it is, and twice with a setting that must be seen to lose what was acknowledged."""
    stories = scale.pick(short=8, long=80)
    as_it_is = _cut([Order(scale.seed * 1000 + number, CHAPTERS, CUTS) for number in range(stories)], told)
    found = [Finding("power loss", SQLCIPHER, _words(as_it_is), tuple(as_it_is.problems))]
    for how, cuts in (("OFF", 60), ("NORMAL", 60)):
        seeded = _cut([Order(scale.seed * 1000, CHAPTERS, cuts, pragma=f"synchronous = {how}")], told)
        found.append(Finding(f"the experiment notices lost writes (synchronous={how})", SQLCIPHER, *_noticed(seeded)))
    return found


def _cut(orders: list[Order], told: Callable[[str], None]) -> Outcome:
    whole = Outcome()
    for outcome in share_out(cut_power, orders):
        whole.add(outcome)
        told(f"{whole.cut_count} cuts, {whole.broken.total()} of them broke the books")
    return whole


def _words(seen: Outcome) -> str:
    return (
        f"{seen.cut_count:,} cuts, {seen.at_risk_count:,} of them while something was not synced, over {seen.step_count:,} recorded"
        f" steps of stories with {seen.acknowledged_count:,} acknowledged chapters and {seen.checkpoint_count:,} checkpoints;"
        f" of the unsynced writes {seen.loss.lost:,} lost, {seen.loss.torn:,} torn, {seen.loss.kept:,} kept;"
        f" {seen.cut_count - seen.broken.total():,} times the books opened, held every acknowledged entry once ({seen.entry_count:,}"
        f" looked for over all cuts), were proved whole and were posted to;"
        f" {seen.ahead_count:,} times what was under way stood already"
    )


def _noticed(seen: Outcome) -> tuple[str, tuple[str, ...]]:
    """What the bad setting was seen to do; not to have seen anything is the problem."""
    kinds = ", ".join(f"{count} had not {name}" for name, count in seen.broken.most_common())
    tried = f"{seen.cut_count} cuts, {seen.broken.total()} of the books broken: {kinds or 'none'}"
    return tried, () if seen.broken else (f"After {tried}: a setting that loses writes went unnoticed.",)


POWER = Experiment("power-loss", MUST, run)
