"""Tales: small programmes that hypothesis makes up. Every entry is one the books would take; nobody gives what they do not hold."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

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
        self.held: dict[tuple[str, str, str], int] = defaultdict(int)
        self.roads: dict[str, tuple[str, str]] = {}
        self.lost: dict[tuple[str, str, str], int] = defaultdict(int)

    def tell(self, *moves: Move, reference: str = "", reverses: str = "") -> None:
        number = len(self.entries)
        entry = PostedEntry(reference or f"E{number}", OPENED + timedelta(hours=number), moves, reverses)
        self.entries.append(entry)
        for move in moves:
            self.held[move.giver, move.unit, move.earmark] -= move.amount
            self.held[move.taker, move.unit, move.earmark] += move.amount

    def has(self, holder: str, unit: str, earmark: str) -> int:
        return self.held[holder, unit, earmark]


def gift(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    donor = "LAMPMAKER" if unit == "LAMP" else "PARISH"
    tale.tell(Move("gift", donor, hand, unit, asked, earmark))


def handover(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    taker = HANDS[(HANDS.index(hand) + 1 + other % 2) % 3]
    if amount > 1:
        fee = amount // 10
        kept = (Move("commission", hand, f"@commission:{hand}", unit, fee, earmark),) if fee else ()
        tale.tell(Move("handover", hand, taker, unit, amount - fee, earmark), *kept)


def exchange(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    if not amount or unit == "LAMP":
        return
    back = {"USD": "CNY", "CNY": "USD"}[unit]
    changer = "DESK" if other % 2 else f"@changer:{hand}"
    lines = (
        Move("exchange", hand, changer, unit, amount, earmark),
        Move("exchange", changer, hand, back, amount * (other + 1) // 2 + 1, earmark),
    )
    tale.tell(*(lines if other % 3 else lines[::-1]))


def purchase(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    if amount and unit != "LAMP":
        taker = HANDS[other % 3]
        paid = Move("purchase", hand, "LIGHTWORKS", unit, amount, earmark)
        tale.tell(paid, Move("purchase", "LIGHTWORKS", taker, "LAMP", other + 1, earmark))


def reassign(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    into = EARMARKS[1 - EARMARKS.index(earmark)]
    if amount:
        given = Move("reassign", hand, "@earmark", unit, amount, earmark, note="letter")
        tale.tell(given, Move("reassign", "@earmark", hand, unit, amount, into, note="letter"))


def dispatch(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    carrier = HANDS[(HANDS.index(hand) + 1 + other % 2) % 3]
    if amount:
        reference = f"T{len(tale.entries)}"
        tale.roads[reference] = (hand, carrier)
        tale.tell(Move("dispatch", hand, f"@transit:{reference}", unit, amount, earmark, named=carrier), reference=reference)


def arrive(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    """Of whatever tally is on the road; the account that was drawn does not matter."""
    for (transit, carried, mark), held in tale.held.items():
        if not transit.startswith("@transit:") or not held:
            continue
        reference = transit.removeprefix("@transit:")
        giver, carrier = tale.roads[reference]
        kind, taker = (("receipt", carrier), ("receipt", carrier), ("loss", "@loss:theft"), ("return", giver))[other % 4]
        grant = "G1" if other == 2 else ""
        tale.tell(Move(kind, transit, taker, carried, min(asked, held), mark, named=giver, grant=grant), reference=reference)
        return


def recover(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has("@loss:theft", unit, earmark))
    if amount:
        tale.tell(Move("recovery", "@loss:theft", hand, unit, amount, earmark))


def spend(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    if amount:
        tale.tell(Move("cost", hand, "@cost:fuel", unit, amount, earmark, grant="G2" if other % 2 else ""))


def pay_out(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    grant = f"G{other % 3 + 1}"
    if amount:
        tale.tell(Move("payout", hand, GRANTS[grant], unit, amount, earmark, grant=grant))


def give_back(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    amount = min(asked, tale.has(hand, unit, earmark))
    if amount:
        taker = "LAMPMAKER" if unit == "LAMP" else "PARISH"
        tale.tell(Move("return", hand, taker, unit, amount, earmark))


def reverse(tale: Tale, hand: str, unit: str, earmark: str, asked: int, other: int) -> None:
    """Take back a late entry that still can be: every one of its takers still holds what came."""
    done = {entry.reverses for entry in tale.entries}
    count = defaultdict(int)
    for entry in tale.entries:
        count[entry.reference] += 1
    for entry in list(reversed(tale.entries))[other:]:
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
        gift(tale, "OFFICE", unit, "SHOPS", 5000, 0)
    for deed, drawn, asked, other in words:
        accounts = [account for account, held in tale.held.items() if held > 0 and account[0] in HANDS]
        if accounts:
            deed(tale, *accounts[drawn % len(accounts)], asked, other)
    return tale
