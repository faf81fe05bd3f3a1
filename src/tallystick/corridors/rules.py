"""Bringing into a book what was agreed with the custodians whom its entries touch, and how much of that is used up.

Where nobody agreed on anything this asks the books nothing; where somebody did, a fixed number of questions for any batch.
"""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from tallystick.core.agreement import Terms
from tallystick.core.custody.book import Book, Key
from tallystick.core.custody.rules import Rules
from tallystick.core.entry import Entry, Kind
from tallystick.core.flow import Swap
from tallystick.core.party import is_custodian
from tallystick.corridors.queries import anything_agreed, groups_of, overrides, terms_of, ways
from tallystick.journal.kept import recall, recall_coded
from tallystick.journal.queries import Head
from tallystick.ledger.queries.hands import dealings_since, in_hand, on_the_way
from tallystick.ledger.queries.rates import valuation
from tallystick.ledger.queries.records import programme

COMMISSION = Kind.COMMISSION.value
TRADES = (Kind.EXCHANGE.value, Kind.PURCHASE.value)


class Lying(NamedTuple):
    """What one account holds, and whose exposure it is: a custodian's in hand, or the one's whom a tally is on the road to."""

    custodian: str
    key: Key
    amount: int


def bring_rules(
    entries: Collection[Entry], book: Book, *, head: Head, whole: bool = False, told_at: datetime | None = None
) -> None:
    """Bring what was agreed with the custodians in `book`, which was gathered for these entries.

    With `whole`, what they kept so far is brought also where none of these entries is about a commission: for a book that
    goes on with other entries. `told_at` is when they are written down; None where a folder tells what happened day after day.
    """
    if not recall(head, "agreed", read=anything_agreed):
        return
    custodians = [code for code, party in book.parties.items() if is_custodian(party.kind)]
    terms = recall_coded(head, "terms", codes=custodians, read=terms_of)
    behind = {upstream for one in terms.values() for upstream in one.upstreams}
    groups = recall_coded(head, "groups", codes=sorted({*custodians, *behind}), read=groups_of)
    if not terms and not groups:
        return
    if book.rules is None:
        opened = recall(head, "programme", read=programme)
        assert opened is not None, "there is a book only where there is a programme"
        book.rules = Rules(opened.reporting_unit, told_at=told_at)
    rules = book.rules
    fresh = [one for code, one in terms.items() if code not in rules.terms]
    caps = [name for one in fresh for name in rules.know_terms(one)]
    caps += [name for group in groups.values() for name in rules.know_group(group)]
    _bring_ways(fresh, rules, head=head)
    _bring_dealings(entries, rules, fresh=fresh if whole else ())
    lying = _bring_roads(fresh, rules, caps=caps)
    if rules.caps or _measures_several_units(entries, book, rules=rules):
        _bring_rates(entries, book, lying=lying)
    for custodian, (holder, unit, earmark), amount in lying:
        held = rules.value(book.balances.get((holder, unit, earmark), amount), unit=unit, earmark=earmark)
        for name in set(rules.capped.get(custodian, ())).intersection(caps):
            rules.exposed[name] += held
    if any(agreement.confirm_first for one in terms.values() for agreement in one.agreements):
        allowed = overrides({entry.reference for entry in entries})
        rules.overrides |= {reference: one.custodian for reference, one in allowed.items()}


def _bring_ways(fresh: Collection[Terms], rules: Rules, *, head: Head) -> None:
    """The legs on which these custodians carry, with their tariffs."""
    legs = {agreement.leg for one in fresh for agreement in one.agreements} - {""}
    if legs:
        rules.ways |= recall_coded(head, "ways", codes=sorted(legs), read=ways)


def _bring_roads(fresh: Collection[Terms], rules: Rules, *, caps: Collection[str]) -> list[Lying]:
    """What lies in the hands of those whom these caps are for and on the road to them, and to those who confirm first."""
    members = {member for name in caps for member in rules.caps[name].members}
    waiting = {one.custodian for one in fresh if any(agreement.confirm_first for agreement in one.agreements)}
    lying = [Lying(holder, (holder, unit, mark), held) for holder, unit, mark, held in (in_hand(members) if members else ())]
    for carrier, transit, unit, earmark, held in on_the_way(members | waiting) if members | waiting else ():
        rules.roads[carrier][transit, unit, earmark] = held
        lying.append(Lying(carrier, (transit, unit, earmark), held))
    return lying


def _bring_dealings(entries: Collection[Entry], rules: Rules, *, fresh: Collection[Terms]) -> None:
    """What those who keep something by these entries kept before, and all of `fresh` with them."""
    pairs = {(agreement.custodian, agreement.valid_from) for one in fresh for agreement in one.agreements}
    for entry in entries:
        for giver in {line.giver for line in entry.lines if line.kind == COMMISSION}:
            agreement = rules.terms[giver].on(entry.happened_at.date()) if giver in rules.terms else None
            if agreement is not None:
                pairs.add((giver, agreement.valid_from))
    wanted = pairs - rules.dealings.keys()
    if wanted:
        rules.dealings |= dealings_since(wanted)


def _measures_several_units(entries: Collection[Entry], book: Book, *, rules: Rules) -> bool:
    """Whether somebody keeps a commission who has to do with more than one unit."""
    for custodian, _since in rules.dealings:
        units = {unit for holder, unit, _ in book.balances if holder == custodian}
        units |= {line.unit for entry in entries for line in entry.lines if custodian in (line.giver, line.taker)}
        if len(units) > 1:
            return True
    return False


def _bring_rates(entries: Collection[Entry], book: Book, *, lying: Collection[Lying]) -> None:
    """What the units in play are worth by the earmarks' own trades, those among these entries included."""
    assert book.rules is not None
    earmarks = {line.earmark for entry in entries for line in entry.lines}
    earmarks |= {key[2] for _, key, _ in lying} | {key[2] for key in book.balances}
    found = valuation(book.rules.reporting_unit, earmarks=earmarks, also=_swaps_among(entries, book))
    book.rules.rates = {**book.rules.rates, **found.rates}


def _swaps_among(entries: Collection[Entry], book: Book) -> list[Swap]:
    """The exchanges and purchases that these entries would add to the books."""
    fresh = [entry for entry in entries if entry.reference not in book.standing]
    return [swap for entry in fresh for kind in TRADES if (swap := _swap_in(entry, kind, book=book)) is not None]


def _swap_in(entry: Entry, kind: str, *, book: Book) -> Swap | None:
    """What an entry trades for what, where it has one line there and one back."""
    lines = [line for line in entry.lines if line.kind == kind]
    given = [line for line in lines if _is_custodian(line.giver, book)]
    got = [line for line in lines if _is_custodian(line.taker, book)]
    if len(given) != 1 or len(got) != 1:
        return None
    (there,), (back,) = given, got
    return Swap(
        kind, there.giver, there.taker, back.taker, there.unit, there.earmark, there.amount, back.unit, back.earmark, back.amount
    )


def _is_custodian(holder: str, book: Book) -> bool:
    return holder in book.parties and is_custodian(book.parties[holder].kind)
