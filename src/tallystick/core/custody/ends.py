"""Between whom each kind of move may pass: one table, and the sorts of holders it speaks of."""

from collections.abc import Mapping

from tallystick.core.custody.book import TRANSIT, Book
from tallystick.core.entry import LOSS_CAUSES, Kind, LossCauseUnknown
from tallystick.core.party import is_custodian
from tallystick.core.refusal import Refusal

DONOR, CUSTODIAN, SUPPLIER, CHANGER, RECIPIENT = "donor", "custodian", "supplier", "changer", "recipient"
IN_TRANSIT, COMMISSION, COST, LOST = "a tally", "a commission", "a cost", "a loss"
OWN_CHANGER, EARMARK = "a custodian's own changing", "the account between earmarks"

ENDS: dict[str, tuple[tuple[str, str], ...]] = {
    Kind.GIFT: ((DONOR, CUSTODIAN),),
    Kind.HANDOVER: ((CUSTODIAN, CUSTODIAN),),
    Kind.DISPATCH: ((CUSTODIAN, IN_TRANSIT),),
    Kind.RECEIPT: ((IN_TRANSIT, CUSTODIAN),),
    Kind.LOSS: ((IN_TRANSIT, LOST), (CUSTODIAN, LOST)),
    Kind.RECOVERY: ((LOST, CUSTODIAN),),
    Kind.RETURN: ((CUSTODIAN, CUSTODIAN), (CUSTODIAN, DONOR), (IN_TRANSIT, CUSTODIAN)),
    Kind.EXCHANGE: ((CUSTODIAN, CHANGER), (CUSTODIAN, OWN_CHANGER), (CHANGER, CUSTODIAN), (OWN_CHANGER, CUSTODIAN)),
    Kind.PURCHASE: ((CUSTODIAN, SUPPLIER), (SUPPLIER, CUSTODIAN)),
    Kind.COMMISSION: ((CUSTODIAN, COMMISSION),),
    Kind.COST: ((CUSTODIAN, COST),),
    Kind.PAYOUT: ((CUSTODIAN, RECIPIENT),),
    Kind.REASSIGN: ((CUSTODIAN, EARMARK), (EARMARK, CUSTODIAN)),
    Kind.REVERSAL: (),  # the ends of what it takes back, exchanged
}
COST_KIND_LENGTH = 100


class PartyUnknown(Refusal):
    code = "party_unknown"
    words = "No party is called “{party}” in these books."
    expected = "a party of parties.csv, or one of the books' own accounts"


class HolderUnknown(Refusal):
    code = "holder_unknown"
    words = "“{holder}” is none of the books' own accounts."
    expected = "@transit:TALLY, @commission:PARTY, @cost:KIND, @loss:CAUSE, @changer:PARTY or @earmark"


class EndsEqual(Refusal):
    code = "ends_equal"
    words = "{holder} cannot give to itself."
    expected = "two different ends"


class EndsWrong(Refusal):
    code = "ends_wrong"
    words = "No {kind} passes from {giver} ({giver_sort}) to {taker} ({taker_sort})."
    expected = "{allowed}"


def sort_of(holder: str, book: Book) -> str:
    """What sort of holder this is; raises PartyUnknown, HolderUnknown, LossCauseUnknown."""
    sort = book.sorts.get(holder)
    if sort is None:
        sort = book.sorts[holder] = _own_sort(holder, book) if holder.startswith("@") else _party_sort(holder, book)
    return sort


def never_below_zero(sort: str) -> bool:
    """Custodians and tallies hold what is there and nothing else; donors, suppliers and the books' own may stand below."""
    return sort in (CUSTODIAN, IN_TRANSIT)


def stands_above_zero(holder: str, kinds: Mapping[str, str]) -> bool:
    """Whether this holder's accounts may never fall below zero; `kinds` are the kinds of the parties, by code."""
    return holder.startswith(TRANSIT) or is_custodian(kinds.get(holder, ""))


def check_ends(kind: str, giver: str, *, taker: str, book: Book) -> None:
    """Refuses a move whose ends its kind does not allow; a reversal's are compared with what it takes back, elsewhere."""
    sorts = book.sorts
    pair = (sorts.get(giver) or sort_of(giver, book), sorts.get(taker) or sort_of(taker, book))
    if pair in ENDS[kind] or kind == Kind.REVERSAL:
        return
    giver_fits = any(pair[0] == one for one, _ in ENDS[kind])
    raise EndsWrong(
        column="taker" if giver_fits else "giver",
        kind=kind, giver=giver, giver_sort=pair[0], taker=taker, taker_sort=pair[1],
        allowed=" or ".join(f"{one} → {other}" for one, other in ENDS[kind]),
    )  # fmt: skip


def _party_sort(holder: str, book: Book) -> str:
    party = book.parties.get(holder)
    if party is None:
        raise PartyUnknown(party=holder)
    return CUSTODIAN if is_custodian(party.kind) else party.kind


def _own_sort(holder: str, book: Book) -> str:
    prefix, _, rest = holder.partition(":")
    if holder == "@earmark":
        return EARMARK
    if not rest:
        raise HolderUnknown(holder=holder)
    if prefix + ":" == TRANSIT:
        return IN_TRANSIT
    if prefix in ("@commission", "@changer"):
        _party_sort(rest, book)
        return COMMISSION if prefix == "@commission" else OWN_CHANGER
    if prefix == "@cost" and len(rest) <= COST_KIND_LENGTH:
        return COST
    if prefix == "@loss":
        if rest not in LOSS_CAUSES:
            raise LossCauseUnknown(cause=rest, causes=", ".join(LOSS_CAUSES))
        return LOST
    raise HolderUnknown(holder=holder)
