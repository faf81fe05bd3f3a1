"""A deed tried again and again, with the disk failing one step later each time; and whether the books were as before."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from faults.media import books as place
from faults.media.failing import Failing
from faults.media.layer import LAYER, SYNCED

if TYPE_CHECKING:
    from faults.media.deeds import Deed, Said
    from faults.media.story import Standing


@dataclass(frozen=True)
class Order:
    """Which deed meets which fault; `first` and `step` choose at which of the disk's steps, `codes` what may be said of it.

    Where `log_stands`, the last entries are in the write-ahead log alone, as while somebody else has the books open.
    """

    deed: str
    what: str
    code: int
    stays: bool
    codes: tuple[str, ...]
    first: int = 1
    step: int = 1
    log_stands: bool = False


@dataclass
class Tally:
    """What came of the trials."""

    tries: int = 0
    done: int = 0  # the fault was met and the deed was done all the same
    whole: int = 0  # refused, and found whole when the books were opened again
    refused: Counter[str] = field(default_factory=Counter)  # by the refusal's code
    problems: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.tries, self.done, self.whole = self.tries + other.tries, self.done + other.done, self.whole + other.whole
        self.refused += other.refused
        self.problems += other.problems

    def note(self, where: str, words: str) -> None:
        self.problems.append(f"{where[:1].upper()}{where[1:]}: {words}.")


def fail_everywhere(order: Order) -> Tally:
    """Let the disk fail at one step after the other, until the deed is done without meeting the fault."""
    from faults.media.deeds import deed_of

    trials = Trials(deed_of(order.deed), order.codes, log_stands=order.log_stands)
    at = order.first
    while True:
        watch = Failing(order.what, at=at, code=order.code, stays=order.stays)
        said = trials.take(LAYER.watched_by(watch))
        if not watch.has_failed:
            return trials.tally
        how = "from then on" if order.stays else "once"
        log = ", the log standing" if order.log_stands else ""
        where = f"{order.deed}, {order.code} for what is {order.what}, number {at}, {how}{log}"
        trials.judge(said, where, may_stand=order.what == SYNCED and not trials.deed.reads)
        at += order.step


def fill_up(gifts: int) -> Tally:
    """Let there be room for one page more each time, until an import with so many gifts more than the example fits."""
    from faults.media.deeds import import_of
    from faults.media.story import page_count

    place.lay_down(place.FOUNDED)
    pages = page_count()
    place.close()
    trials = Trials(import_of(gifts), ("disk_full",))
    for limit in count(pages):
        place.pragma(f"max_page_count = {limit}")
        said = trials.take(nullcontext())
        place.pragma("")
        if said.status == 0:
            return trials.tally
        where = f"room for {limit} pages, {pages} of them taken"
        if place.take_up() != trials.files:
            trials.tally.note(where, "the file is not byte for byte what it was")
        trials.judge(said, where)
    raise AssertionError("an import fits at last")


def trouble_on_server(name: str) -> Tally:
    """See faults/media/server.py, which needs Django, as this module does not."""
    from faults.media.server import trouble

    return trouble(name)


class Trials:
    """One deed's trials, each on the same books."""

    def __init__(self, deed: "Deed", codes: Sequence[str], *, log_stands: bool = False) -> None:
        from faults.media.story import standing

        self.deed = deed
        self.codes = codes
        self.tally = Tally()
        self.standing: Callable[[], Standing] = standing
        place.lay_down(place.FOUNDED)
        deed.before()
        self.before = standing()
        if not log_stands:
            place.close()
        self.files = place.take_up()
        place.close()
        place.lay_down(self.files)
        assert deed.tell().status == 0, f"{deed.name} is refused in peace"
        self.after = standing()
        place.close()

    def take(self, fault: AbstractContextManager[None]) -> "Said":
        """Do the deed under this fault, in the books as they were; what it said."""
        place.lay_down(self.files)
        with fault:
            said = self.deed.tell()
            place.close()
        return said

    def judge(self, said: "Said", where: str, *, may_stand: bool = False) -> None:
        """Whether the person was told in one sentence, the books are as before, and the same again is done.

        `may_stand`: the disk may have heard the last word of what was refused, so that the whole of it stands.
        """
        self.tally.tries += 1
        if said.status == 0:
            self.tally.done += 1
        elif said.code in self.codes:
            self.tally.refused[said.code] += 1
        else:
            self.tally.note(where, f"it ended with {said.status} and said “{(said.err or said.out).strip()[:200]}”")
        now = self.standing()
        if said.status == 0 or (may_stand and now != self.before):
            self.tally.whole += said.status != 0
            if not self._is_whole(now):
                self.tally.note(where, f"the books hold {now}, where {self.after} was expected")
        elif now != self.before:
            self.tally.note(where, f"the books are not as before: {now}, which was {self.before}")
        self._again(where)

    def _again(self, where: str) -> None:
        from tests import books

        again = self.deed.tell()
        if again.status != 0:
            self.tally.note(where, f"the same again ended with {again.status} and said “{again.err.strip()[:200]}”")
        books.sign()
        proof = books.proof()
        if not proof.holds or not self._is_whole(self.standing(), signed=True):
            self.tally.note(where, f"after the same again the proof finds {proof.problems[:1]} in {self.standing()}")
        place.close()

    def _is_whole(self, now: "Standing", *, signed: bool = False) -> bool:
        """Whether the books hold the deed, once. Its digests tell the time, so they are counted and not compared."""
        wanted = self.after.checkpoint_count, self.after.checkpoint_count + 1
        return now.act_count == self.after.act_count and now.checkpoint_count in (wanted if signed else wanted[:1])
