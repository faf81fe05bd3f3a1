"""A plain model of the books: what a bookkeeper would do with pen and paper, in the fewest words and with no thought of speed."""

from collections import Counter, defaultdict

from tallystick.core.entry import Entry, Line
from tests.core.ledger_page import AUTHORISATIONS, GRANTS, PARTIES

LIMITS = {("Yusuf", "USD"): 8, ("Salma", "LAMP"): 5}
ENDS = {"gift": "donor custodian", "handover": "custodian custodian", "payout": "custodian recipient"}
HALVES = ("receipt", "loss", "return")
TAKEN, HELD_ALREADY = "taken", "held already"


class PlainBooks:
    """Looks whether an entry may be, then writes it down."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str, str], int] = defaultdict(int)
        self.said: list[Entry] = []
        self.roads: dict[str, tuple[str, str]] = {}  # giver and carrier of each tally
        self.taken_back: set[str] = set()

    def under(self, reference: str) -> list[Entry]:
        return [entry for entry in self.said if entry.reference == reference]

    def open_tallies(self) -> set[str]:
        """The tallies of which something is on the road."""
        return {holder.partition(":")[2] for (holder, _, _), held in self.held.items() if held and holder.startswith("@transit:")}

    def verdict(self, entry: Entry) -> str:
        """“taken”, “held already”, or the code of the refusal."""
        for look in (self.uncited, self.unfit):
            if wrong := next((code for line in entry.lines if (code := look(line, entry.reference))), ""):
                return wrong
        if entry in self.said:
            return HELD_ALREADY
        return self.reference_taken(entry) or self.whole(entry) or self.short(entry) or self.beyond_limit(entry) or TAKEN

    def uncited(self, line: Line, reference: str) -> str:
        """What is wrong with what one line cites."""
        grant = GRANTS.get(line.grant)
        if line.grant and grant is None:
            return "grant_unknown"
        if grant and line.kind == "payout" and (line.taker, line.earmark) != (grant.recipient, grant.earmark):
            return "payout_to_another" if line.taker != grant.recipient else "payout_from_another_earmark"
        return "authorisation_unknown" if line.authorisation and line.authorisation not in AUTHORISATIONS else ""

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
        if sorts != ENDS.get(line.kind, sorts):
            return "ends_wrong"
        return "payout_without_grant" if line.kind == "payout" and not line.grant else ""

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
        for key, change in self.changes(entry).items():
            if change < 0 and self.held[key] + change < 0 and kept(key[0]):
                return "tally_too_small" if key[0].startswith("@") else "holding_too_small"
        return ""

    def beyond_limit(self, entry: Entry) -> str:
        """Whether somebody would have more than they may, in hand and on the way to them together, and gains by this entry."""
        after = PlainBooks()
        after.held, after.roads = self.held.copy(), self.roads.copy()
        after.take(entry)
        for hand, limit in LIMITS.items():
            has = after.in_hand(*hand) + after.on_the_way(*hand)
            if has > limit and has > self.in_hand(*hand) + self.on_the_way(*hand):
                return "holding_limit_passed_on_the_road" if after.on_the_way(*hand) else "holding_limit_passed"
        return ""

    def in_hand(self, party: str, unit: str) -> int:
        return sum(held for key, held in self.held.items() if key[:2] == (party, unit))

    def on_the_way(self, party: str, unit: str) -> int:
        tallies = [f"@transit:{tally}" for tally, (_, carrier) in self.roads.items() if carrier == party]
        return sum(self.in_hand(tally, unit) for tally in tallies)

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
