"""How long value has lain in a pair of hands: what came first leaves first."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.core.age import Arrival, Held, held_after
from tests.core.ledger_page import Page, moment_of

AMINA = ("Amina", "USD", "SHOPS")


def arrivals(rows: str) -> list[Arrival]:
    moves = [(posted.happened_at, move) for posted in Page().play(rows) for move in posted.moves]
    return [
        Arrival(at, (move.giver, move.unit, move.earmark), (move.taker, move.unit, move.earmark), move.amount)
        for at, move in moves
    ]


def since(rows: str) -> Held:
    return held_after(arrivals(rows))[AMINA]


def test_what_lies_in_a_hand_has_lain_there_since_the_oldest_of_it_came():
    rows = """
        1 March  E1  gift      Parish → Amina  5.00 USD
        4 March  E2  gift      Parish → Amina  5.00 USD
        9 March  H1  handover  Amina → Yusuf   4.00 USD
    """
    assert since(rows) == Held(600, moment_of("1 March"))


def test_what_came_first_leaves_first():
    rows = """
        1 March  E1  gift      Parish → Amina  5.00 USD
        4 March  E2  gift      Parish → Amina  5.00 USD
        7 March  E3  gift      Parish → Amina  5.00 USD
        9 March  H1  handover  Amina → Yusuf   5.00 USD
    """
    assert since(rows) == Held(1000, moment_of("4 March"))
    assert since(f"{rows}\n10 March  H2  handover  Amina → Yusuf  9.99 USD") == Held(1, moment_of("7 March"))


def test_an_empty_hand_has_no_age_and_what_comes_next_is_new():
    rows = """
        1 March  E1  gift      Parish → Amina  5.00 USD
        9 March  H1  handover  Amina → Yusuf   5.00 USD
    """
    assert since(rows) == Held(0, None)
    assert since(f"{rows}\n12 March  E2  gift  Parish → Amina  1.00 USD") == Held(100, moment_of("12 March"))


def test_what_a_line_gives_before_the_next_brings_it_leaves_no_rest_behind():
    """Amina's commission stands before what she took it from; on 9 March all of it is gone."""
    rows = """
        1 March   E1  gift        Parish → Salma             10.00 USD
        2 March   H1  commission  Amina → @commission:Amina   1.00 USD
        2 March   H1  handover    Salma → Amina              10.00 USD
        9 March   H2  handover    Amina → Yusuf               9.00 USD
        20 March  E2  gift        Parish → Amina              5.00 USD
    """
    assert since(rows) == Held(500, moment_of("20 March"))


def test_each_earmark_and_unit_has_its_own_age():
    held = held_after(
        arrivals("""
            1 March  E1  gift  Parish → Amina  5.00 USD
            4 March  E2  gift  Marta → Amina   5.00 USD  for LIGHT
            7 March  E3  gift  Marta → Amina   5 LAMP
        """)
    )
    assert held[AMINA].since == moment_of("1 March")
    assert held["Amina", "USD", "LIGHT"].since == moment_of("4 March")
    assert held["Amina", "LAMP", "SHOPS"].since == moment_of("7 March")


def test_a_donor_who_stands_below_zero_has_no_age():
    rows = "1 March  E1  gift  Parish → Amina  5.00 USD"
    assert held_after(arrivals(rows))["Parish", "USD", "SHOPS"] == Held(-500, None)


def test_a_donor_to_whom_more_came_back_than_it_gave_holds_the_rest_since_then():
    rows = """
        1 March  E1  gift    Marta → Amina    9.00 USD
        2 March  E2  gift    Parish → Amina   5.00 USD
        9 March  R1  return  Amina → Parish  14.00 USD
    """
    assert held_after(arrivals(rows))["Parish", "USD", "SHOPS"] == Held(900, moment_of("9 March"))


def test_ages_are_kept_for_those_who_are_asked_for():
    rows = """
        1 March  E1  gift      Parish → Amina  5.00 USD
        4 March  H1  handover  Amina → Yusuf   2.00 USD
    """
    held = held_after(arrivals(rows), aged=[AMINA])
    assert held[AMINA] == Held(300, moment_of("1 March"))
    assert held["Yusuf", "USD", "SHOPS"] == Held(200, None)


MOVES = st.lists(st.tuples(st.sampled_from("abcx"), st.sampled_from("abcx"), st.integers(1, 9)), max_size=25)


@settings(max_examples=40)
@given(moves=MOVES)
def test_the_age_is_that_of_the_last_arrivals_that_make_up_the_holding(moves: list[tuple[str, str, int]]):
    """The way SQL finds it: from the latest arrival back, until what arrived makes up what is held."""
    said, came, held = [], defaultdict(list), defaultdict(int)
    for day, (giver, taker, amount) in enumerate(moves, start=1):
        if giver != taker and (giver == "x" or held[giver] >= amount):
            held[giver] -= amount
            held[taker] += amount
            said.append(Arrival(moment_of(f"{day} March"), (giver, "USD", ""), (taker, "USD", ""), amount))
            came[taker].append((moment_of(f"{day} March"), amount))
    for holder in "abc":
        missing, oldest = held[holder], None
        while missing > 0:
            oldest, amount = came[holder].pop()
            missing -= amount
        assert held_after(said).get((holder, "USD", ""), Held(0, None)) == Held(held[holder], oldest)
