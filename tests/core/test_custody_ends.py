"""Between whom each kind of move may pass: the table of FORMAT.md against every pair of sorts of holders."""

import pytest

from tallystick.core.custody.ends import EndsWrong, check_ends, never_below_zero, sort_of, stands_above_zero
from tallystick.core.entry import Kind
from tests.core.ledger_page import Page, told

FORMAT = """
    gift        donor → custodian
    handover    custodian → custodian
    dispatch    custodian → tally
    receipt     tally → custodian
    loss        tally → loss
    loss        custodian → loss
    recovery    loss → custodian
    return      custodian → custodian
    return      custodian → donor
    return      tally → custodian
    exchange    custodian → changer
    exchange    changer → custodian
    exchange    custodian → own changer
    exchange    own changer → custodian
    purchase    custodian → supplier
    purchase    supplier → custodian
    commission  custodian → commission
    cost        custodian → cost
    payout      custodian → recipient
    reassign    custodian → between
    reassign    between → custodian
"""
SOMEBODY = {
    "donor": ("Parish", "Marta"),
    "custodian": ("Amina", "Store"),
    "supplier": ("Mill", "Mill"),
    "changer": ("Desk", "Desk"),
    "recipient": ("Rahim", "Leila"),
    "tally": ("@transit:T1", "@transit:T2"),
    "commission": ("@commission:Amina", "@commission:Salma"),
    "cost": ("@cost:fuel", "@cost:customs"),
    "loss": ("@loss:theft", "@loss:fraud"),
    "own changer": ("@changer:Amina", "@changer:Salma"),
    "between": ("@earmark", "@earmark"),
}


def allowed() -> set[tuple[str, str, str]]:
    rows = [row.split(maxsplit=1) for row in FORMAT.strip().splitlines()]
    return {(kind, *ends.split(" → ")) for kind, ends in rows}


def passes(kind: str, giver: str, *, taker: str) -> bool:
    try:
        check_ends(kind, SOMEBODY[giver][0], taker=SOMEBODY[taker][1], book=Page().book)
    except EndsWrong:
        return False
    return True


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.REVERSAL])
def test_a_kind_passes_between_the_ends_that_the_format_gives_it_and_no_others(kind: str):
    passing = {(kind, giver, taker) for giver in SOMEBODY for taker in SOMEBODY if passes(kind, giver, taker=taker)}
    assert passing == {row for row in allowed() if row[0] == kind}


def test_a_reversal_takes_its_ends_from_what_it_takes_back():
    assert all(passes("reversal", giver, taker=taker) for giver in SOMEBODY for taker in SOMEBODY)


def test_every_sort_of_custodian_is_a_custodian():
    page = Page()
    assert {sort_of(party, page.book) for party in ("Office", "Store", "Amina", "Yusuf", "Salma")} == {"custodian"}


def test_only_custodians_and_tallies_hold_no_more_than_is_there():
    page = Page()
    kept = {sort for sort, (holder, _) in SOMEBODY.items() if never_below_zero(sort_of(holder, page.book))}
    assert kept == {"custodian", "tally"}


def test_the_accounts_that_the_ledger_keeps_above_zero_are_those_that_the_rules_do():
    book = Page().book
    kinds = {code: party.kind for code, party in book.parties.items()}
    for holder in (holder for pair in SOMEBODY.values() for holder in pair):
        assert stands_above_zero(holder, kinds) == never_below_zero(sort_of(holder, book)), holder


@pytest.mark.parametrize(
    ("row", "column", "sentence", "expected"),
    [
        (
            "handover  Office → Rahim", "taker",
            "No handover passes from Office (custodian) to Rahim (recipient).", "custodian → custodian",
        ),
        (
            "handover  Rahim → Office", "giver",
            "No handover passes from Rahim (recipient) to Office (custodian).", "custodian → custodian",
        ),
        (
            "gift  Parish → Rahim", "taker",
            "No gift passes from Parish (donor) to Rahim (recipient).", "donor → custodian",
        ),
        (
            "exchange  Office → Mill", "taker",
            "No exchange passes from Office (custodian) to Mill (supplier).",
            "custodian → changer or custodian → a custodian's own changing or changer → custodian"
            " or a custodian's own changing → custodian",
        ),
        (
            "cost  Office → @loss:theft", "taker",
            "No cost passes from Office (custodian) to @loss:theft (a loss).", "custodian → a cost",
        ),
        (
            "commission  Office → Amina", "taker",
            "No commission passes from Office (custodian) to Amina (custodian).", "custodian → a commission",
        ),
        (
            "recovery  @commission:Amina → Amina", "giver",
            "No recovery passes from @commission:Amina (a commission) to Amina (custodian).", "a loss → custodian",
        ),
        (
            "payout  Parish → Rahim", "giver",
            "No payout passes from Parish (donor) to Rahim (recipient).", "custodian → recipient",
        ),
        (
            "dispatch  Office → Rahim", "taker",
            "No dispatch passes from Office (custodian) to Rahim (recipient).", "the custodian who is to carry it",
        ),
        (
            "dispatch  Office → @transit:X1", "taker",
            "No dispatch passes from Office (custodian) to @transit:X1 (a tally).", "the custodian who is to carry it",
        ),
        (
            "dispatch  Parish → Yusuf", "giver",
            "No dispatch passes from Parish (donor) to @transit:X1 (a tally).", "custodian → a tally",
        ),
        (
            "loss  Rahim → @loss:theft", "giver",
            "No loss passes from Rahim (recipient) to @loss:theft (a loss).", "a tally → a loss or custodian → a loss",
        ),
        (
            "handover  @transit:T1 → Office", "giver",
            "No handover passes from @transit:T1 (a tally) to Office (custodian).", "custodian → custodian",
        ),
        (
            "handover  Office → @transit:T1", "taker",
            "No handover passes from Office (custodian) to @transit:T1 (a tally).", "custodian → custodian",
        ),
    ],
)  # fmt: skip
def test_ends_that_do_not_fit_are_named_with_what_they_are(row: str, column: str, sentence: str, expected: str):
    refusal = Page().refusal(f"""
        1 March  E1  gift  Parish → Office  9.00 USD
        2 March  X1  gift  Parish → Office  1.00 USD
        2 March  X1  {row}  1.00 USD  grant G1
    """)
    assert told(refusal) == ("ends_wrong", 1, column, sentence)
    assert refusal.expectation() == expected


def test_goods_that_a_recipient_lost_are_no_loss_of_ours():
    """What was paid out has left the custodians' hands; only a reversal brings it back."""
    refusal = Page().refusal("""
        1 March  E1  gift      Parish → Store      9 LAMP  for LIGHT
        2 March  P1  payout    Store → Leila       9 LAMP  for LIGHT  grant G2
        3 March  R1  return    Leila → Store       9 LAMP  for LIGHT
    """)
    assert told(refusal) == ("ends_wrong", 0, "giver", "No return passes from Leila (recipient) to Store (custodian).")
