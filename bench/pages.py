"""Every page, in books as large as an office's may become: how long it takes, how often it asks the books, and what it weighs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.chapter import Chapter, Part
from bench.figures import Work, never_above
from bench.fresh import run
from bench.place import Programme
from bench.setting import Engine, Setting

TIMES, AFTER = 40, 20
QUICK_TIMES, QUICK_AFTER = 3, 2
MS_MOST = 200.0
KB_MOST = 150.0
KB = 1_000
METHOD = """\
- **Pages**: a million moves, 20,000 grants, 2,000 custodians and a thousand tallies on the road. Every page that a member can read,
  lists at several places and under several filters, is asked 40 times in one process by a member in a role that may read it, once it
  was asked already, and 20 times each directly after something was posted. The time is the server's, from the request to the whole
  answer, without the wire; the processor's time beside it does not count what others did on the machine meanwhile.
- **First load** is a page and all that it has a browser fetch with an empty cache, in English, each compressed by gzip. That none of
  it asks another host is looked at on the way.
"""


@dataclass(frozen=True)
class Viewed:
    """One address: the seconds and the processor's seconds of each asking, the questions to the books, the bytes of a first load."""

    path: str
    warm: Sequence[tuple[float, float]]
    after: Sequence[tuple[float, float]]
    questions: int
    first_load: int

    def ms(self, askings: Sequence[tuple[float, float]], percent: float) -> float:
        """The milliseconds within which so many of a hundred were answered."""
        return Work(len(askings), 1.0, delays=tuple(seconds for seconds, _ in askings)).delay(percent) * 1000


def views(setting: Setting) -> Iterator[Chapter]:
    programme = setting.office()
    for engine in setting.engines:
        setting.say(f"pages of {programme.move_count:,} moves on {engine.name}")
        books = setting.cloned(programme, engine)
        times = (QUICK_TIMES, QUICK_AFTER) if setting.is_quick else (TIMES, AFTER)
        said = run("page_views", books.home, *times, database=books.database).said
        books.remove()
        setting.leave_out(f"pages of what these books have none of ({', '.join(said['absent'])})")
        yield chapter(engine, programme=programme, found=[_viewed(one) for one in said["pages"]], first=said["first_seconds"])


def _viewed(said: dict[str, Any]) -> Viewed:
    return Viewed(said["path"], said["warm"], said["after"], said["questions"], said["first_load"])


def chapter(engine: Engine, *, programme: Programme, found: Sequence[Viewed], first: float) -> Chapter:
    """What all pages came to on one engine."""
    name = engine.name
    rows = [
        (
            f"`{one.path}`",
            *(f"{one.ms(one.warm, percent):.0f}" for percent in (50, 95)),
            *(f"{one.ms(one.after, percent):.0f}" for percent in (50, 95)),
            f"{median(spent for _, spent in one.after) * 1000:.0f}",
            f"{one.questions}",
            f"{one.first_load / KB:.0f}",
        )
        for one in found
    ]
    return Chapter(
        title=f"Pages of {programme.move_count:,} moves on {name}",
        words=f"Milliseconds. The very first page of a process took {first * 1000:,.0f}, in which Django makes itself ready.",
        head=(
            "address",
            "half",
            "95 of 100",
            "half after a posting",
            "95 of 100 after one",
            "processor after one",
            "questions",
            "first load, kB",
        ),
        rows=tuple(rows),
        targets=(
            never_above(
                f"pages on {name}, 95 of 100, each page", MS_MOST, values=[one.ms(one.warm, 95) for one in found], unit=" ms"
            ),
            never_above(
                f"pages on {name}, 95 of 100 directly after a posting, each page",
                MS_MOST,
                values=[one.ms(one.after, 95) for one in found],
                unit=" ms",
            ),
            never_above(
                f"pages on {name}, first load, each page", KB_MOST, values=[one.first_load / KB for one in found], unit=" kB"
            ),
        ),
    )


PART = Part("pages", views, method=METHOD)
