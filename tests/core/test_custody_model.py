"""The rules held against a plain model of the books, step by step, through whatever hypothesis thinks of."""

from collections import Counter, defaultdict

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tallystick.core.entry import Entry, Line
from tests.core.ledger_page import PARTIES, UNITS, Page, entry_of, moment_of

LIMITS = {("Yusuf", "USD"): 60, ("Salma", "LAMP"): 5}
ENDS = {"gift": "donor custodian", "handover": "custodian custodian", "payout": "custodian recipient"}
HALVES = ("receipt", "loss", "return")


class PlainBooks:
    """What a bookkeeper would do with pen and paper: look whether it may be, then write it down."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str, str], int] = defaultdict(int)
        self.said: list[Entry] = []
        self.roads: dict[str, tuple[str, str]] = {}
        self.taken_back: set[str] = set()

    def under(self, reference: str) -> list[Entry]:
        return [entry for entry in self.said if entry.reference == reference]

    def verdict(self, entry: Entry) -> str:
        """“taken”, “held already”, or the code of the refusal."""
        unfit = next((code for line in entry.lines if (code := self.unfit(line, entry.reference))), "")
        if unfit:
            return unfit
        if entry in self.said:
            return "held already"
        return self.reference_taken(entry) or self.whole(entry) or self.short(entry) or "taken"

    def unfit(self, line: Line, reference: str) -> str:
        """What is wrong with one line."""
        road = self.roads.get(reference)
        if line.kind == "receipt" and not road:
            return "receipt_without_dispatch"
        if line.kind in HALVES and road:
            giver, carrier = road
            givers, taker = {
                "receipt": ((giver,), carrier), "loss": (road, line.taker), "return": (road, giver),
            }[line.kind]  # fmt: skip
            return "" if line.giver in givers and line.taker == taker else "tally_names_another"
        if line.giver == line.taker:
            return "ends_equal"
        sorts = " ".join(PARTIES.get(end, "").partition(":")[0] for end in (line.giver, line.taker))
        return "ends_wrong" if sorts != ENDS.get(line.kind, sorts) else ""

    def reference_taken(self, entry: Entry) -> str:
        before = self.under(entry.reference)
        if not before:
            return ""
        later = entry.reference in self.roads and {line.kind for line in entry.lines} <= set(HALVES)
        if not later or entry.happened_at in {one.happened_at for one in before}:
            return "reference_reused"
        return "tally_out_of_time" if entry.happened_at < before[0].happened_at else ""

    def whole(self, entry: Entry) -> str:
        """What is wrong with the lines together."""
        kind = entry.lines[0].kind
        if kind == "exchange":
            out, back = entry.lines
            fits = out.taker == back.giver and out.giver == back.taker and out.unit != back.unit and out.earmark == back.earmark
            return "" if fits else "pair_mismatched"
        if kind != "reversal":
            return ""
        first, *later = self.under(entry.lines[0].note)
        if first.lines[0].kind == "reversal":
            return "reversal_of_reversal"
        if first.reference in self.taken_back:
            return "reversed_already"
        return "tally_received_in_part" if later else ""

    def changes(self, entry: Entry) -> Counter:
        changes: Counter = Counter()
        for line in entry.lines:
            giver, taker = line.giver, line.taker
            if line.kind == "dispatch":
                taker = f"@transit:{entry.reference}"
            elif line.kind in HALVES and entry.reference in self.roads:
                giver = f"@transit:{entry.reference}"
            changes[giver, line.unit, line.earmark] -= line.amount
            changes[taker, line.unit, line.earmark] += line.amount
        return changes

    def short(self, entry: Entry) -> str:
        changes = self.changes(entry)
        for key, change in changes.items():
            if change < 0 and self.held[key] + change < 0 and kept(key[0]):
                return "tally_too_small" if key[0].startswith("@") else "holding_too_small"
        for (party, unit), limit in LIMITS.items():
            more = sum(change for key, change in changes.items() if key[:2] == (party, unit))
            now = sum(held for key, held in self.held.items() if key[:2] == (party, unit))
            if more > 0 and now + more > limit:
                return "holding_limit_passed"
        return ""

    def take(self, entry: Entry) -> None:
        for key, change in self.changes(entry).items():
            self.held[key] += change
        if entry.lines[0].kind == "dispatch":
            self.roads[entry.reference] = (entry.lines[0].giver, entry.lines[0].taker)
        if entry.lines[0].kind == "reversal":
            self.taken_back.add(entry.lines[0].note)
        self.said.append(entry)


def kept(holder: str) -> bool:
    return holder.startswith("@transit:") or PARTIES.get(holder, "").startswith("custodian")


HANDS = st.sampled_from(["Store", "Amina", "Yusuf", "Salma"])
ANYBODY = st.sampled_from(["Parish", "Store", "Amina", "Yusuf", "Salma", "Rahim"])
MONEY = st.sampled_from(["USD", "TRY"])
WHAT = st.tuples(st.sampled_from(["USD", "LAMP"]), st.integers(1, 9), st.sampled_from(["SHOPS", "SHOPS", "LIGHT"]))
TALLIES = st.sampled_from([f"T{number}" for number in range(5)])
DAYS = st.integers(1, 30)


class Bookkeeping(RuleBasedStateMachine):
    """Whatever is asked of the rules is asked of the model, and both say the same."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page(limits="Yusuf 0.60 USD, Salma 5 LAMP")
        self.model = PlainBooks()
        for number, (hand, unit) in enumerate([("Store", "LAMP"), ("Amina", "USD"), ("Store", "USD")]):
            self.post(entry_of(Line("gift", "Parish", hand, unit, 40, "SHOPS"), reference=f"B{number}", when="1 March"))

    def post(self, entry: Entry) -> None:
        verdict = self.model.verdict(entry)
        assert self.page.attempt(entry) == verdict
        if verdict == "taken":
            self.model.take(entry)

    def fresh(self, letter: str) -> str:
        return f"{letter}{len(self.model.said)}"

    @rule(kind=st.sampled_from(["gift", "handover", "payout"]), giver=ANYBODY, taker=ANYBODY, what=WHAT)
    def pass_on(self, kind: str, giver: str, taker: str, what: tuple) -> None:
        if kind != "payout" or (taker, what[2]) == ("Rahim", "SHOPS"):  # the promise is looked at before, in core/grant.py
            self.post(entry_of(Line(kind, giver, taker, *what, grant="G1"), reference=self.fresh("H")))

    @rule(giver=HANDS, taker=HANDS, what=WHAT, fee=st.integers(1, 9))
    def hand_over_for_a_fee(self, giver: str, taker: str, what: tuple, fee: int) -> None:
        kept_back = Line("commission", taker, f"@commission:{taker}", what[0], fee, what[2])
        self.post(entry_of(kept_back, Line("handover", giver, taker, *what), reference=self.fresh("H")))

    @rule(reference=TALLIES, giver=HANDS, carrier=HANDS, what=WHAT, day=DAYS)
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

    @rule(giver=HANDS, another=st.sampled_from(["", "", "Salma"]), units=st.tuples(MONEY, MONEY), amount=st.integers(1, 9))
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
        assert self.page.balances() == {key: held for key, held in self.model.held.items() if held}

    @invariant()
    def nothing_appears_or_disappears(self) -> None:
        held = self.page.book.balances
        assert all(not sum(amount for key, amount in held.items() if key[1] == unit) for unit in UNITS)
        assert all(amount >= 0 for key, amount in held.items() if kept(key[0]))


TestBookkeeping = Bookkeeping.TestCase
TestBookkeeping.settings = settings(max_examples=20, stateful_step_count=25)
