"""A bookkeeper with odd ideas: whatever hypothesis thinks of is asked of the books and of the plain model, step by step."""

from collections import Counter
from collections.abc import Callable
from typing import Protocol

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tallystick.core.custody.book import Key
from tallystick.core.entry import Entry, Line
from tests.core.ledger_page import UNITS, entry_of, moment_of
from tests.core.plain_books import HALVES, TAKEN, PlainBooks, kept

LIMITED = "Yusuf 0.08 USD, Salma 5 LAMP"  # as the model's LIMITS have it


def mostly(usual: list[str], *odd: str) -> st.SearchStrategy[str]:
    """One of the usual ones, and now and then an odd one: where too much is refused, little happens."""
    return st.sampled_from([*usual * (8 // len(usual)), *odd])


HANDS = st.sampled_from(["Store", "Amina", "Yusuf", "Salma"])
GIVERS = mostly(["Store", "Amina"], "Yusuf", "Salma")
DONORS = mostly(["Parish"], "Amina")
TAKERS = mostly(["Store", "Amina", "Yusuf", "Salma"], "Rahim")
PAID = mostly(["Rahim"], "Salma", "Leila")
WHAT = st.tuples(st.sampled_from(["USD", "LAMP"]), st.integers(1, 9), mostly(["SHOPS"], "LIGHT", "LIGHT"))
GRANTS = mostly(["G1"], "G2", "G9", "")
BASES = mostly(["", "BASIS"], "NONE")
TALLIES = st.sampled_from([f"T{number}" for number in range(6)])
DAYS = st.integers(1, 30)


class Door(Protocol):
    """Any books that can be written in and looked at."""

    def attempt(self, entry: Entry) -> str:
        """Post one entry by itself: “taken”, “held already”, or the code of a refusal, which leaves everything as it was."""

    def balances(self) -> dict[Key, int]:
        """What every account holds that holds anything."""


class Bookkeeping(RuleBasedStateMachine):
    """Whatever is asked of the books is asked of the model, and both say the same."""

    open_books: Callable[[], Door]
    """Gives empty books, in which Yusuf and Salma may have no more than LIMITED says."""

    def __init__(self) -> None:
        super().__init__()
        self.books = self.open_books()
        self.model = PlainBooks()
        for number, hand in enumerate(["Store", "Amina", "Salma"]):
            units = ["USD", "LAMP"] if hand != "Salma" else ["USD"]
            lines = [Line("gift", "Parish", hand, unit, 40, mark) for unit in units for mark in ("SHOPS", "LIGHT")]
            self.post(entry_of(*lines, reference=f"B{number}", when="1 March"))

    def post(self, entry: Entry) -> None:
        verdict = self.model.verdict(entry)
        said = self.books.attempt(entry)
        assert said == verdict, f"the books say “{said}” and the model “{verdict}” to {entry}"
        if verdict == TAKEN:
            self.model.take(entry)

    def fresh(self, letter: str) -> str:
        return f"{letter}{len(self.model.said)}"

    @rule(giver=DONORS, taker=TAKERS, what=WHAT)
    def give(self, giver: str, taker: str, what: tuple) -> None:
        self.post(entry_of(Line("gift", giver, taker, *what), reference=self.fresh("E")))

    @rule(giver=GIVERS, taker=TAKERS, what=WHAT, grant=mostly([""], "G1", "G9"), basis=BASES)
    def hand_over(self, giver: str, taker: str, what: tuple, grant: str, basis: str) -> None:
        line = Line("handover", giver, taker, *what, grant=grant, authorisation=basis)
        self.post(entry_of(line, reference=self.fresh("H")))

    @rule(giver=GIVERS, taker=PAID, what=WHAT, grant=GRANTS, basis=BASES)
    def pay_out(self, giver: str, taker: str, what: tuple, grant: str, basis: str) -> None:
        line = Line("payout", giver, taker, *what, grant=grant, authorisation=basis)
        self.post(entry_of(line, reference=self.fresh("P")))

    @rule(giver=GIVERS, taker=HANDS, what=WHAT, fee=st.integers(1, 9))
    def hand_over_for_a_fee(self, giver: str, taker: str, what: tuple, fee: int) -> None:
        kept_back = Line("commission", taker, f"@commission:{taker}", what[0], fee, what[2])
        self.post(entry_of(kept_back, Line("handover", giver, taker, *what), reference=self.fresh("H")))

    @rule(reference=TALLIES, giver=GIVERS, carrier=HANDS, what=WHAT, day=DAYS)
    def dispatch(self, reference: str, giver: str, carrier: str, what: tuple, day: int) -> None:
        self.post(entry_of(Line("dispatch", giver, carrier, *what), reference=reference, when=f"{day} March"))

    @rule(reference=TALLIES, half=st.sampled_from(HALVES), giver=HANDS, taker=HANDS, what=WHAT, day=DAYS)
    def guess_a_second_half(self, reference: str, half: str, giver: str, taker: str, what: tuple, day: int) -> None:
        taker = "@loss:theft" if half == "loss" else taker
        self.post(entry_of(Line(half, giver, taker, *what), reference=reference, when=f"{day} March"))

    @precondition(lambda self: self.model.roads)
    @rule(chosen=st.integers(0, 9), half=st.sampled_from(HALVES), amount=st.integers(1, 9))
    def second_half(self, chosen: int, half: str, amount: int) -> None:
        reference, (giver, carrier) = list(self.model.roads.items())[chosen % len(self.model.roads)]
        load = self.model.under(reference)[0].lines[0]
        taker = {"receipt": carrier, "loss": "@loss:theft", "return": giver}[half]
        when = f"{len(self.model.under(reference))} April"
        self.post(entry_of(Line(half, giver, taker, load.unit, amount, load.earmark), reference=reference, when=when))

    @rule(
        giver=GIVERS,
        another=mostly([""], "Salma"),
        units=st.sampled_from([("USD", "TRY"), ("USD", "TRY"), ("TRY", "USD"), ("USD", "USD")]),
        amount=st.integers(1, 9),
    )
    def exchange(self, giver: str, another: str, units: tuple, amount: int) -> None:
        out = Line("exchange", giver, "Desk", units[0], amount, "SHOPS")
        back = Line("exchange", "Desk", another or giver, units[1], 2 * amount, "SHOPS")
        self.post(entry_of(out, back, reference=self.fresh("X")))

    @rule(chosen=st.integers(0, 99))
    def reverse(self, chosen: int) -> None:
        entry = self.model.said[-1 - chosen % len(self.model.said)]
        changes = [(line.taker, line.giver) for line in entry.lines]
        if entry.lines[0].kind == "dispatch":
            changes = [(f"@transit:{entry.reference}", entry.lines[0].giver)]
        note = {"note": entry.reference, "grant": "", "kind": "reversal"}
        lines = (line._replace(giver=ends[0], taker=ends[1], **note) for line, ends in zip(entry.lines, changes, strict=True))
        self.post(entry_of(*lines, reference=self.fresh("V"), when="30 April"))

    @rule(chosen=st.integers(0, 99), later=st.booleans())
    def say_again(self, chosen: int, later: bool) -> None:
        entry = self.model.said[chosen % len(self.model.said)]
        self.post(entry._replace(happened_at=moment_of("29 April")) if later else entry)

    @invariant()
    def hold_the_same(self) -> None:
        held = self.books.balances()
        assert held == {key: amount for key, amount in self.model.held.items() if amount}
        in_all = Counter()
        for (_, unit, _), amount in held.items():
            in_all[unit] += amount
        assert not any(in_all[unit] for unit in UNITS), "value appeared or disappeared"
        assert all(amount >= 0 for key, amount in held.items() if kept(key[0]))
