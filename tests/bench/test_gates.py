"""Every gate of the bench says no when the figures fall short, and yes when they do not."""

from collections.abc import Callable

import pytest

from bench import batches, crowds, growth, imports, million, singles
from bench.books import Books, Timed
from bench.chapter import Chapter
from bench.crowds import MANY, ONE, Crowd
from bench.figures import Work
from bench.growth import Answers
from bench.million import Weighed
from bench.place import ROOT, Programme
from bench.questions import BALANCE, HANDS, PAGE, TRACE
from bench.setting import POSTGRES, SQLCIPHER, Engine, Imported
from bench.turns import Rounds

PROGRAMME = Programme(folder=ROOT, seed=7, move_count=1_000_000)
PROBES = [2_000.0, 3_000.0, 2_500.0]
Figures = dict[str, float]


def imported(engine: str, *, seconds: float = 1.0, mb: float = 100, beancount: float = 10.0) -> Chapter:
    """Imports beside bare rows that took a tenth of a second or, on a server, half of it as text."""
    peers = {imports.BARE: 0.5, imports.READY: 0.5, imports.ALONE: 0.1, imports.LOADED: beancount}
    if engine == SQLCIPHER:
        del peers[imports.READY]
    found = {imports.OURS: [Timed(seconds + 1, seconds, peak_bytes=round(mb * 10**6))] * 3}
    found |= {who: [Timed(taken, taken)] * 3 for who, taken in peers.items()}
    return imports.chapter(PROGRAMME, Engine(engine), rounds=Rounds(found, probes=PROBES))


def batched(engine: str, *, rate: float = 30_000) -> Chapter:
    rates = {batches.OURS: rate, batches.BARE: 50_000, batches.BULK: 5_000, batches.READY: 6_000}
    found = {who: [Work(int(one), 1.0)] * 3 for who, one in rates.items()}
    return batches.chapter(Engine(engine), rounds=Rounds(found, probes=PROBES), programme=PROGRAMME)


def one_by_one(engine: str, *, rate: int = 3_000) -> Chapter:
    rates = {singles.OURS: rate, singles.MIXED: 1, singles.BARE: 4_000, singles.WHOLE: 600, singles.PARED: 9_000}
    found = {who: [Work(one, 1.0, delays=(0.001,) * one)] * 3 for who, one in rates.items()}
    return singles.chapter(Engine(engine), rounds=Rounds(found, probes=PROBES))


def crowded(engine: str, *, rate: int = 800, longest: float = 0.01, deadlocks: int = 0, failures: int = 0) -> Chapter:
    delays = (0.01,) * (rate - 10) + (longest,) * 10  # ten of eight hundred: more than one of a hundred
    many = Crowd(Work(rate, 1.0, delays=delays), failures=("lock timeout",) * failures, deadlocks=deadlocks)
    found = {ONE: [Crowd(Work(700, 1.0, delays=(0.001,) * 700))] * 3, MANY: [many] * 3}
    return crowds.chapter(Engine(engine), rounds=Rounds(found, probes=PROBES), accounts=10)


def weighed(engine: str, *, bytes_added: float = 9e8, **taken: float) -> Chapter:
    """A million moves; `taken` are seconds by command, and `memory` the megabytes of each."""
    memory = round(taken.pop("memory", 200) * 10**6)
    seconds = {"import": 80.0, "verify": 50.0, "replay": 80.0} | taken
    timed = {word: Timed(one, one, peak_bytes=memory) for word, one in seconds.items()}
    stock = Imported(Books(ROOT), timed["import"], bytes_added=round(bytes_added), probe=2_000.0)
    return million.chapter(Engine(engine), found=Weighed(PROGRAMME, stock, timed))


def asked(engine: str, **times_longer: float) -> Chapter:
    """Questions after few moves, and after many, which took so many times as long."""
    few = {BALANCE: 0.0002, TRACE: 0.02, HANDS: 0.005, growth.COMMAND: 0.8, PAGE: 0.1}
    many = {name: seconds * times_longer.get(name, 1.1) for name, seconds in few.items()}
    found = {"10,000 moves": [Answers(few, few, accounts=9, steps=9)] * 3, "1,000,000 moves": [Answers(many, many, 9, 9)] * 3}
    return growth.chapter(Engine(engine), rounds=Rounds(found))


FAULTS: list[tuple[Callable[..., Chapter], str, dict[str, float], str]] = [
    (imported, SQLCIPHER, {"seconds": 1.5}, "import on SQLCipher against bare `executemany`"),
    (imported, SQLCIPHER, {"beancount": 0.9}, "import on SQLCipher against beancount"),
    (imported, SQLCIPHER, {"mb": 401}, "peak memory of the import on SQLCipher"),
    (imported, POSTGRES, {"seconds": 2.6}, "import on PostgreSQL against bare `COPY`"),
    (imported, POSTGRES, {"beancount": 0.9}, "import on PostgreSQL against beancount"),
    (imported, POSTGRES, {"mb": 401}, "peak memory of the import on PostgreSQL"),
    (batched, SQLCIPHER, {"rate": 19_900}, "batches on SQLCipher against bare `executemany`"),
    (batched, POSTGRES, {"rate": 19_900}, "batches on PostgreSQL against hordak in bulk"),
    (one_by_one, SQLCIPHER, {"rate": 1_799}, "one at a time on SQLCipher against hordak's `transfer_to`"),
    (one_by_one, POSTGRES, {"rate": 899}, "one at a time on PostgreSQL against hordak's `transfer_to`"),
    (crowded, POSTGRES, {"rate": 699}, "16 clients, 10 accounts: entries a second against one client's"),
    (crowded, POSTGRES, {"longest": 0.21}, "16 clients, 10 accounts: the wait of 99 of 100 against that of half"),
    (crowded, POSTGRES, {"deadlocks": 1}, "16 clients, 10 accounts: deadlocks and other failures"),
    (crowded, POSTGRES, {"failures": 1}, "16 clients, 10 accounts: deadlocks and other failures"),
    (weighed, SQLCIPHER, {"import": 91}, "`import` of 1,000,000 moves on SQLCipher, a million of them"),
    (weighed, SQLCIPHER, {"verify": 61}, "`verify` of 1,000,000 moves on SQLCipher, a million of them"),
    (weighed, POSTGRES, {"replay": 91}, "`replay` of 1,000,000 moves on PostgreSQL, a million of them"),
    (weighed, POSTGRES, {"bytes_added": 1.1e9}, "bytes a move, 1,000,000 moves on PostgreSQL"),
    (asked, SQLCIPHER, {BALANCE: 1.4}, "a holder's balance on SQLCipher, after most moves against fewest"),
    (asked, SQLCIPHER, {TRACE: 1.4}, "an earmark's trace on SQLCipher, after most moves against fewest"),
    (asked, POSTGRES, {HANDS: 1.4}, "“whose hands now”, the query on PostgreSQL, after most moves against fewest"),
    (asked, POSTGRES, {PAGE: 1.4}, "the page “Whose hands now” on PostgreSQL, after most moves against fewest"),
]


@pytest.mark.parametrize("engine", [SQLCIPHER, POSTGRES])
@pytest.mark.parametrize("measured", [imported, batched, one_by_one, crowded, weighed, asked])
def test_good_figures_reach_every_target(measured: Callable[..., Chapter], engine: str):
    chapter = measured(engine)
    assert chapter.targets
    assert [target.words for target in chapter.targets if not target.is_reached] == []


@pytest.mark.parametrize(("measured", "engine", "figures", "missed"), FAULTS)
def test_a_figure_that_falls_short_is_told(measured: Callable[..., Chapter], engine: str, figures: Figures, missed: str):
    assert [target.words for target in measured(engine, **figures).targets if not target.is_reached] == [missed]


def test_against_copy_and_against_hordak_are_two_targets():
    assert [target.is_reached for target in batched(POSTGRES, rate=14_900).targets] == [False, False]
    assert [target.is_reached for target in batched(POSTGRES, rate=19_900).targets] == [True, False]


def test_hordak_without_its_triggers_decides_only_where_it_cannot_have_them():
    def measured(*peers: str) -> list[bool]:
        found = {who: [Work(1_500, 1.0)] for who in (singles.OURS, singles.MIXED, singles.BARE)}
        found |= {who: [Work({singles.WHOLE: 400, singles.PARED: 800}[who], 1.0)] for who in peers}
        chapter = singles.chapter(Engine(SQLCIPHER), rounds=Rounds(found, probes=PROBES))
        return [target.is_reached for target in chapter.targets]

    assert measured(singles.WHOLE, singles.PARED) == [True]
    assert measured(singles.PARED) == [False]
    assert measured() == []


def test_too_much_memory_is_told_of_every_command():
    missed = [target.words for target in weighed(SQLCIPHER, memory=301).targets if not target.is_reached]
    assert missed == [f"`{word}` of 1,000,000 moves on SQLCipher, its memory" for word in ("import", "verify", "replay")]


def test_a_balance_that_takes_more_than_a_millisecond_is_told_though_it_always_did():
    slow = dict.fromkeys((BALANCE, TRACE, HANDS, growth.COMMAND, PAGE), 1.0) | {BALANCE: 0.0011}
    found = {name: [Answers(slow, slow, accounts=9, steps=9)] for name in ("10,000 moves", "1,000,000 moves")}
    missed = [target.words for target in growth.chapter(Engine(SQLCIPHER), rounds=Rounds(found)).targets if not target.is_reached]
    assert missed == ["a holder's balance on SQLCipher"]


def test_what_the_disk_took_stands_beside_what_waits_for_it():
    probed = "The disk took 2,500 (2,000 to 3,000) durable writes of 4 KiB a second just before these rounds."
    for measured in (imported, batched, one_by_one, crowded):
        assert probed in measured(POSTGRES).words
    assert "2,000 durable writes" in weighed(POSTGRES).words
