"""Tales: small programmes that hypothesis makes up. Every entry is one the books would take; nobody gives what they do not hold."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from hypothesis import strategies as st

from tallystick.core.entry import Move, PostedEntry

HANDS = ("OFFICE", "HERON", "SWALLOW")
UNITS = ("USD", "CNY", "LAMP")
EARMARKS = ("SHOPS", "LIGHT")
GRANTS = {"G1": "R1", "G2": "R2", "G3": "R3"}
OPENED = datetime(2014, 3, 1, 9, tzinfo=UTC)


class Tale:
    """A programme as it is being told: the entries, who holds what, and which tallies are on the road."""

    def __init__(self) -> None:
        self.entries: list[PostedEntry] = []
        self.held: dict[tuple[str, ...], int] = defaultdict(int)
        self.roads: dict[str, tuple[str, str]] = {}

    def tell(self, *moves: Move, reference: str = "", reverses: str = "") -> None:
        number = len(self.entries)
        entry = PostedEntry(reference or f"E{number}", OPENED + timedelta(hours=number), moves, reverses)
        self.entries.append(entry)
        for move in moves:
            self.held[move.giver, move.unit, move.earmark] -= move.amount
            self.held[move.taker, move.unit, move.earmark] += move.amount

    def has(self, *account: str) -> int:
        """By holder, unit and earmark."""
        return self.held[account]


class Wish(NamedTuple):
    """What a deed is done with. `asked` is cut down to what the hand holds; `other` draws whatever else is left to chance."""

    hand: str
    unit: str
    earmark: str
    asked: int = 0
    other: int = 0


def gift(tale: Tale, wish: Wish) -> None:
    donor = "LAMPMAKER" if wish.unit == "LAMP" else "PARISH"
    tale.tell(Move("gift", donor, wish.hand, wish.unit, wish.asked, wish.earmark))


def handover(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    taker = HANDS[(HANDS.index(wish.hand) + 1 + wish.other % 2) % 3]
    if amount > 1:
        fee = amount // 10
        kept = (Move("commission", wish.hand, f"@commission:{wish.hand}", wish.unit, fee, wish.earmark),) if fee else ()
        tale.tell(Move("handover", wish.hand, taker, wish.unit, amount - fee, wish.earmark), *kept)


def exchange(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    if not amount or wish.unit == "LAMP":
        return
    back = {"USD": "CNY", "CNY": "USD"}[wish.unit]
    changer = "DESK" if wish.other % 2 else f"@changer:{wish.hand}"
    lines = (
        Move("exchange", wish.hand, changer, wish.unit, amount, wish.earmark),
        Move("exchange", changer, wish.hand, back, amount * (wish.other + 1) // 2 + 1, wish.earmark),
    )
    tale.tell(*(lines if wish.other % 3 else lines[::-1]))


def purchase(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    if amount and wish.unit != "LAMP":
        taker = HANDS[wish.other % 3]
        paid = Move("purchase", wish.hand, "LIGHTWORKS", wish.unit, amount, wish.earmark)
        tale.tell(paid, Move("purchase", "LIGHTWORKS", taker, "LAMP", wish.other + 1, wish.earmark))


def reassign(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    into = EARMARKS[1 - EARMARKS.index(wish.earmark)]
    if amount:
        given = Move("reassign", wish.hand, "@earmark", wish.unit, amount, wish.earmark, note="letter")
        tale.tell(given, Move("reassign", "@earmark", wish.hand, wish.unit, amount, into, note="letter"))


def dispatch(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    carrier = HANDS[(HANDS.index(wish.hand) + 1 + wish.other % 2) % 3]
    if amount:
        reference = f"T{len(tale.entries)}"
        tale.roads[reference] = (wish.hand, carrier)
        tale.tell(
            Move("dispatch", wish.hand, f"@transit:{reference}", wish.unit, amount, wish.earmark, named=carrier),
            reference=reference,
        )


def arrive(tale: Tale, wish: Wish) -> None:
    """Of whatever tally is on the road; the account that was drawn does not matter."""
    for (transit, carried, mark), held in tale.held.items():
        if not transit.startswith("@transit:") or not held:
            continue
        reference = transit.removeprefix("@transit:")
        giver, carrier = tale.roads[reference]
        kind, taker = (("receipt", carrier), ("receipt", carrier), ("loss", "@loss:theft"), ("return", giver))[wish.other % 4]
        grant = "G1" if wish.other == 2 else ""
        tale.tell(Move(kind, transit, taker, carried, min(wish.asked, held), mark, named=giver, grant=grant), reference=reference)
        return


def recover(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has("@loss:theft", wish.unit, wish.earmark))
    if amount:
        tale.tell(Move("recovery", "@loss:theft", wish.hand, wish.unit, amount, wish.earmark))


def spend(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    if amount:
        tale.tell(Move("cost", wish.hand, "@cost:fuel", wish.unit, amount, wish.earmark, grant="G2" if wish.other % 2 else ""))


def pay_out(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    grant = f"G{wish.other % 3 + 1}"
    if amount:
        tale.tell(Move("payout", wish.hand, GRANTS[grant], wish.unit, amount, wish.earmark, grant=grant))


def give_back(tale: Tale, wish: Wish) -> None:
    amount = min(wish.asked, tale.has(wish.hand, wish.unit, wish.earmark))
    if amount:
        taker = "LAMPMAKER" if wish.unit == "LAMP" else "PARISH"
        tale.tell(Move("return", wish.hand, taker, wish.unit, amount, wish.earmark))


def reverse(tale: Tale, wish: Wish) -> None:
    """Take back a late entry that still can be: every one of its takers still holds what came."""
    done = {entry.reverses for entry in tale.entries}
    count = defaultdict(int)
    for entry in tale.entries:
        count[entry.reference] += 1
    for entry in list(reversed(tale.entries))[wish.other :]:
        if entry.reverses or entry.reference in done or count[entry.reference] > 1:
            continue
        moves = [
            one._replace(kind="reversal", giver=one.taker, taker=one.giver, named="", note=entry.reference) for one in entry.moves
        ]
        if all(tale.has(one.giver, one.unit, one.earmark) >= one.amount for one in moves if one.giver in HANDS):
            tale.roads.pop(entry.reference, None)
            tale.tell(*moves, reverses=entry.reference)
        return


DEEDS = (gift, gift, handover, handover, exchange, purchase, reassign, dispatch, dispatch, arrive, arrive, arrive, recover,
         spend, pay_out, pay_out, give_back, reverse)  # fmt: skip
WITHOUT_SWAPS = (gift, gift, handover, handover, dispatch, arrive, arrive, recover, spend, pay_out, pay_out, give_back, reverse)


def tales(deeds: tuple = DEEDS) -> st.SearchStrategy[Tale]:
    words = st.tuples(st.sampled_from(deeds), st.integers(0, 99), st.integers(1, 5000), st.integers(0, 5))
    return st.lists(words, min_size=10, max_size=35).map(told)


def told(words: list[tuple]) -> Tale:
    """The tale of these deeds, each done with an account that holds something. Money and goods are there from the start."""
    tale = Tale()
    for unit in UNITS:
        gift(tale, Wish("OFFICE", unit, "SHOPS", 5000))
    for deed, drawn, asked, other in words:
        accounts = [account for account, held in tale.held.items() if held > 0 and account[0] in HANDS]
        if accounts:
            deed(tale, Wish(*accounts[drawn % len(accounts)], asked, other))
    return tale
