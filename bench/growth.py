"""Questions after many moves, against the same questions after few, with as many accounts that hold something."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.books import Books, tallystick
from bench.chapter import Chapter, Part
from bench.figures import Target, at_most, quotients, spread
from bench.fresh import run
from bench.hordak import MISSING, has_hordak, hordak
from bench.questions import BALANCE, HANDS, PAGE, TRACE
from bench.setting import Engine, Setting
from bench.turns import Rounds, take_turns

GROWTH_MOST = 1.3
BALANCE_MOST_MS = 1.0
LEGS = (100_000, 1_000_000)
QUICK_LEGS = (1_000, 2_000)
COMMAND = "command"
QUESTIONS = {
    BALANCE: "a holder's balance",
    TRACE: "an earmark's trace",
    HANDS: "“whose hands now”, the query",
    COMMAND: "`tallystick holdings --csv`, the whole process",
    PAGE: "the page “Whose hands now”",
}
METHOD = """\
- **Questions** are asked of books with few moves and of books with many, with as many accounts that hold something. *A holder's
  balance* is one custodian's holding of one unit for one earmark; *an earmark's trace* follows an earmark that has a thousand
  moves of its own in each of the books, spread evenly among all the others; *“whose hands now”* is every holding with its age,
  and every tally on the road. Each is asked several times in a process of its own and its median counts. The whole page and the
  whole command stand beside them.
- **hordak's balance** is that of one of two accounts which have all the legs between them, by the quicker of its two ways.
"""


@dataclass(frozen=True)
class Answers:
    """One asking of every question: the median of its seconds, the seconds of the first time, and how much was found."""

    medians: dict[str, float]
    firsts: dict[str, float]
    accounts: int
    steps: int

    def __str__(self) -> str:
        return ", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in self.medians.items())


def questions(setting: Setting) -> Iterator[Chapter]:
    """The questions on each engine, after few moves and after ever more."""
    for engine in setting.engines:
        programmes = {programme.move_count: programme for programme in setting.asked()}
        setting.say(f"questions on {engine.name} after {', '.join(f'{count:,}' for count in programmes)} moves")
        books = {count: setting.imported(programme, engine).books for count, programme in programmes.items()}
        players = {f"{count:,} moves": (lambda one=one: ask(one)) for count, one in books.items()}
        yield chapter(engine, rounds=take_turns(players, setting=setting, engine=engine))
        yield from beside(setting, engine)


def ask(books: Books) -> Answers:
    said = run("questions", books.home, database=books.database).said
    command = tallystick(books, "holdings", "--csv")[0].seconds
    medians = {name: median(seconds) for name, seconds in said["seconds"].items()} | {COMMAND: command}
    firsts = {name: seconds[0] for name, seconds in said["seconds"].items()} | {COMMAND: command}
    return Answers(medians, firsts, accounts=said["accounts"], steps=said["steps"])


def chapter(engine: Engine, *, rounds: Rounds[Answers]) -> Chapter:
    """What was answered on one engine."""
    found = list(rounds.found.values())
    rows = [
        ("accounts that hold something", *(f"{one[0].accounts:,}" for one in found)),
        ("moves of the earmark that is traced", *(f"{one[0].steps:,}" for one in found)),
    ]
    for name, words in QUESTIONS.items():
        rows.append((f"{words}, ms", *(in_milliseconds([one.medians[name] for one in answers]) for answers in found)))
        if name != COMMAND:
            firsts = (in_milliseconds([one.firsts[name] for one in answers]) for answers in found)
            rows.append((f"{words}, the first time, ms", *firsts))
    return Chapter(
        title=f"Questions on {engine.name}", head=("", *rounds.found), rows=tuple(rows), targets=targets(engine, found=found)
    )


def in_milliseconds(seconds: list[float]) -> str:
    least = min(seconds) * 1000
    return spread([one * 1000 for one in seconds], ".3f" if least < 1 else ".1f")


def targets(engine: Engine, *, found: list[list[Answers]]) -> tuple[Target, ...]:
    """Every question after the most moves against the same after the fewest; and what a balance may take at all."""
    fewest, most = found[0], found[-1]
    balances = [one.medians[BALANCE] * 1000 for one in most]
    return (
        at_most(f"{QUESTIONS[BALANCE]} on {engine.name}", BALANCE_MOST_MS, values=balances, unit=" ms"),
        *(
            at_most(
                f"{words} on {engine.name}, after most moves against fewest",
                GROWTH_MOST,
                values=quotients([one.medians[name] for one in most], [one.medians[name] for one in fewest]),
            )
            for name, words in QUESTIONS.items()
        ),
    )


def beside(setting: Setting, engine: Engine) -> Iterator[Chapter]:
    """hordak's balance, which adds up legs whenever it is asked for."""
    if not has_hordak():
        setting.leave_out(MISSING)
        return
    legs = QUICK_LEGS if setting.is_quick else LEGS
    said = hordak("balances", engine, words=legs)["seconds"]
    yield Chapter(
        title=f"hordak's balance on {engine.name}",
        head=("", *(f"{count:,} legs" for count in legs)),
        rows=(("one account's balance, ms", *(in_milliseconds(said[str(count)]) for count in legs)),),
    )


PART = Part("growth", questions, method=METHOD)
