"""A mistake is taken back whole, once, by an entry that names it."""

import pytest

from tallystick.core.custody.reversal import named_references
from tests.core.ledger_page import Page, told

BEGUN = """
    1 March  E1  gift        Parish → Amina              90.00 USD
    2 March  H1  handover    Amina → Yusuf               50.00 USD  under BASIS
    2 March  H1  commission  Amina → @commission:Amina    5.00 USD
    3 March  T1  dispatch    Yusuf → Salma               40.00 USD
    4 March  X1  exchange    Amina → Desk                20.00 USD
    4 March  X1  exchange    Desk → Amina               600.00 TRY
    5 March  P1  payout      Yusuf → Rahim                7.00 USD  grant G1
"""
TAKE_BACK = """
    9 March  V1  reversal    Yusuf → Amina               50.00 USD  “H1”
    9 March  V1  reversal    @commission:Amina → Amina    5.00 USD  “H1”
"""
ROAD_BACK = "6 March  V1  reversal  @transit:T1 → Yusuf  40.00 USD  “T1”"


def begun() -> Page:
    page = Page()
    page.play(BEGUN)
    return page


def held_by(page: Page, *holders: str) -> list[str]:
    return [page.show(holder) for holder in holders]


@pytest.mark.parametrize(
    ("rows", "reversal"),
    [
        ("7 March  E2  gift  Parish → Amina  1.00 USD", "8 March  V1  reversal  Amina → Parish  1.00 USD  “E2”"),
        (
            """
            7 March  H2  handover    Amina → Yusuf               5.00 USD  grant G1  “by the bridge”
            7 March  H2  commission  Amina → @commission:Amina   1.00 USD
            """,
            """
            8 March  V1  reversal    @commission:Amina → Amina   1.00 USD  “H2”
            8 March  V1  reversal    Yusuf → Amina               5.00 USD  “H2”
            """,
        ),
        ("7 March  T2  dispatch  Amina → Yusuf  1.00 USD", "8 March  V1  reversal  @transit:T2 → Amina  1.00 USD  “T2”"),
        ("7 March  P2  payout  Amina → Rahim  1.00 USD  grant G1", "8 March  V1  reversal  Rahim → Amina  1.00 USD  “P2”"),
        ("7 March  L2  loss  Amina → @loss:theft  1.00 USD", "8 March  V1  reversal  @loss:theft → Amina  1.00 USD  “L2”"),
        (
            """
            7 March  X2  exchange  Amina → @changer:Amina   2.00 USD
            7 March  X2  exchange  @changer:Amina → Amina  60.00 TRY
            """,
            """
            8 March  V1  reversal  @changer:Amina → Amina   2.00 USD  “X2”
            8 March  V1  reversal  Amina → @changer:Amina  60.00 TRY  “X2”
            """,
        ),
        (
            """
            7 March  A2  reassign  Amina → @earmark  2.00 USD  “letter”
            7 March  A2  reassign  @earmark → Amina  2.00 USD  for LIGHT
            """,
            """
            8 March  V1  reversal  @earmark → Amina  2.00 USD  “A2”
            8 March  V1  reversal  Amina → @earmark  2.00 USD  for LIGHT  “A2”
            """,
        ),
        (
            """
            7 March  T2  dispatch  Amina → Yusuf         9.00 USD
            7 March  T2  loss      Amina → @loss:theft   4.00 USD
            """,
            """
            8 March  V1  reversal  @transit:T2 → Amina        9.00 USD  “T2”
            8 March  V1  reversal  @loss:theft → @transit:T2  4.00 USD  “T2”
            """,
        ),
    ],
)
def test_a_reversal_leaves_every_hand_as_it_was_before_the_mistake(rows: str, reversal: str):
    page = begun()
    before = page.balances()
    page.play(rows)
    assert page.balances() != before
    (posted,) = page.play(reversal)
    assert page.balances() == before
    assert posted.reverses == posted.moves[0].note


@pytest.mark.parametrize(
    "note", ["H2", " H2 ", "H2: typed twice", "H2, typed twice", "H2; see H1", "H2. Typed twice", "H2 typed twice", "H2:"]
)
def test_a_reversal_may_say_why_behind_the_reference(note: str):
    page = begun()
    page.play("7 March  H2  handover  Amina → Yusuf  5.00 USD")
    (posted,) = page.play(f"8 March  V1  reversal  Yusuf → Amina  5.00 USD  “{note}”")
    assert posted.reverses == "H2"
    assert posted.moves[0].note == note


def test_of_two_references_that_a_note_begins_with_the_longer_is_meant():
    page = begun()
    page.play("""
        7 March  H2      handover  Amina → Yusuf  5.00 USD
        7 March  H2 bis  handover  Amina → Yusuf  5.00 USD
    """)
    (posted,) = page.play("8 March  V1  reversal  Yusuf → Amina  5.00 USD  “H2 bis: typed twice”")
    assert posted.reverses == "H2 bis"


def test_the_references_that_a_note_may_mean_come_longest_first():
    assert named_references("H2: typed twice.") == ("H2: typed twice.", "H2: typed twice", "H2: typed", "H2:", "H2")
    assert named_references(" . ") == (".",)
    assert named_references(" ") == ()
    assert max(map(len, named_references("word " * 400)[1:])) < 70, "no reference is longer, so no longer part is looked for"


@pytest.mark.parametrize(
    ("rows", "code", "sentence", "expected"),
    [
        (
            "8 March  V2  reversal  Yusuf → Amina  5.00 USD  “H9: typed twice”", "nothing_to_reverse",
            "V2 reverses “H9: typed twice”, and no entry of that reference stands in the books.",
            "a note that begins with the reference of the entry to take back",
        ),
        (
            "8 March  V2  reversal  Yusuf → Amina  5.00 USD", "nothing_to_reverse",
            "V2 reverses “”, and no entry of that reference stands in the books.",
            "a note that begins with the reference of the entry to take back",
        ),
        (
            "8 March  V2  reversal  Yusuf → Amina  5.00 USD  “typed twice: H1”", "nothing_to_reverse",
            "V2 reverses “typed twice: H1”, and no entry of that reference stands in the books.",
            "a note that begins with the reference of the entry to take back",
        ),
        (
            "8 March  V2  reversal  Yusuf → Amina  5.00 USD  “V2”", "nothing_to_reverse",
            "V2 reverses “V2”, and no entry of that reference stands in the books.",
            "a note that begins with the reference of the entry to take back",
        ),
        (
            f"{ROAD_BACK}\n7 March  V2  reversal  Yusuf → @transit:T1  40.00 USD  “V1”", "reversal_of_reversal",
            "V1 is itself a reversal; post the right entry anew instead.", "the reference of an entry that is no reversal",
        ),
        (
            f"{ROAD_BACK}\n{ROAD_BACK.replace('V1', 'V2')}", "reversed_already",
            "T1 was already taken back; an entry is reversed once.", "the reference of an entry that still stands",
        ),
        (
            f"6 March  T1  receipt  Yusuf → Salma  1.00 USD\n{ROAD_BACK.replace('V1', 'V2')}", "tally_received_in_part",
            "T1 was already received, lost or returned in part, so its dispatch cannot be reversed.",
            "a tally that is wholly on the road",
        ),
        (
            "6 March  T1  receipt  Yusuf → Salma  40.00 USD\n7 March  V2  reversal  Salma → Yusuf  40.00 USD  “T1”",
            "tally_received_in_part",
            "T1 was already received, lost or returned in part, so its dispatch cannot be reversed.",
            "a tally that is wholly on the road",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_back_is_refused(rows: str, code: str, sentence: str, expected: str):
    refusal = begun().refusal(rows)
    assert told(refusal) == (code, 0, "note", sentence)
    assert refusal.expectation() == expected


MISMATCHED = "every move of H1 with giver and taker exchanged, and nothing else"


@pytest.mark.parametrize(
    "rows",
    [
        "V1  reversal  Yusuf → Amina               50.00 USD  “H1”",
        """
        V1  reversal  Yusuf → Amina               49.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  “H1”
        V1  reversal  @commission:Amina → Salma    5.00 USD  “H1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 TRY  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  for LIGHT  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        """,
        """
        V1  reversal  Amina → Yusuf               50.00 USD  “H1”
        V1  reversal  Amina → @commission:Amina    5.00 USD  “H1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “X1”
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD
        """,
        """
        V1  reversal  Yusuf → Amina               50.00 USD  “H1”
        V1  reversal  @commission:Amina → Amina    5.00 USD  “H1”
        V1  gift      Parish → Amina              30.00 USD
        """,
        "V1  reversal  Parish → Leila             999.00 USD  “H1”",
        "V1  reversal  Amina → Leila                0.01 USD  “H1”",
    ],
)
def test_a_reversal_exchanges_the_ends_of_every_move_and_does_nothing_else(rows: str):
    """A reversal passes between any two holders, so nothing but the mirror of what stands may come through it."""
    page = begun()
    before = page.balances()
    refusal = page.refusal("\n".join(f"9 March  {row.strip()}" for row in rows.strip().splitlines()))
    sentence = "V1 does not exchange the ends of every move of H1."
    assert told(refusal) == ("reversal_mismatched", 0, "note", sentence)
    assert refusal.expectation() == MISMATCHED
    assert page.balances() == before


def test_the_line_that_reverses_is_named_where_it_stands_behind_others():
    refusal = begun().refusal("""
        9 March  V1  gift      Parish → Amina  1.00 USD
        9 March  V1  reversal  Yusuf → Amina   1.00 USD  “H9”
    """)
    assert told(refusal)[:3] == ("nothing_to_reverse", 1, "note")


def test_what_was_passed_on_meanwhile_cannot_be_taken_back():
    refusal = begun().refusal(TAKE_BACK)
    sentence = "Yusuf holds 3.00 USD of SHOPS; 50.00 USD are needed."
    assert told(refusal) == ("holding_too_small", 0, "amount", sentence)


def test_a_reversal_passes_no_holding_limit_either():
    page = Page(limits="Amina 60.00 USD")
    page.play("""
        1 March  E1  gift      Parish → Amina  50.00 USD
        2 March  H1  handover  Amina → Yusuf   50.00 USD
        3 March  E2  gift      Parish → Amina  20.00 USD
    """)
    refusal = page.refusal("4 March  V1  reversal  Yusuf → Amina  50.00 USD  “H1”")
    assert str(refusal) == "Amina would hold 70.00 USD; the holding limit is 60.00 USD."


def test_a_tally_that_was_taken_back_carries_nothing_more():
    page = begun()
    page.play(ROAD_BACK)
    assert held_by(page, "@transit:T1", "Yusuf") == ["nothing", "43.00 USD for SHOPS"]
    refusal = page.refusal("7 March  T1  receipt  Yusuf → Salma  40.00 USD")
    assert str(refusal) == "T1 still has 0.00 USD on the road; 40.00 USD were said to come out of it."


def test_after_a_reversal_the_right_entry_has_a_reference_of_its_own():
    page = begun()
    page.play(ROAD_BACK)
    assert page.refusal("7 March  T1  dispatch  Yusuf → Salma  4.00 USD").code == "reference_reused"
    page.play("7 March  T2  dispatch  Yusuf → Salma  4.00 USD")
    assert page.show("@transit:T2") == "4.00 USD for SHOPS"


def test_a_reversal_cannot_take_the_reference_of_what_it_takes_back():
    refusal = begun().refusal("7 March  T1  reversal  @transit:T1 → Yusuf  40.00 USD  “T1”")
    assert refusal.code == "reference_reused"
