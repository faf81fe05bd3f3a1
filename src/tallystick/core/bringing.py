"""Whether one person is enough to bring a folder into the books.

What takes two at the desk takes two in a spreadsheet: whoever looks for a way past the second person finds none here. Only books that
hold no entry yet are filled by a lead alone, for an office that begins may have nobody else, and nothing in them can be moved, lost or
paid yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tallystick.core.authorisation import Authorisation
from tallystick.core.corridor import Leg
from tallystick.core.entry import Kind, PostedEntry
from tallystick.core.party import Party
from tallystick.core.payout import WITHOUT_CODE
from tallystick.core.refusal import Refusal
from tallystick.core.role import AGREES, Role, listed
from tallystick.core.sign_off import Signer, check_two
from tallystick.core.wish import AgreementNotForRole, check_not_about_oneself

BROUGHT_IN = "brought_in"
"""What the sign-off of a file says that was asked for."""
TARIFF, LIMIT, BASIS = "a tariff is set", "a limit is set", "a lawful basis is added"
BY_KIND = {
    Kind.LOSS.value: "value is written off",
    Kind.REVERSAL.value: "an entry is taken back",
    Kind.PAYOUT.value: WITHOUT_CODE,  # nobody shows a code to a spreadsheet
}
REASONS = (*BY_KIND.values(), TARIFF, LIMIT, BASIS)
"""Why two are needed, in the words of the desk, and in the order in which they are told."""
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Bringer:
    """Who asks for a file to be taken in, or agrees: the name that it is signed off under, the roles, the custodian they hold for."""

    signer: Signer
    roles: Collection[Role]
    party: str = ""

    @property
    def name(self) -> str:
        return self.signer.name


class TakesTwo(Refusal):
    code = "takes_two"
    words = "What this file brings takes two people by now, and one alone asked for it."
    expected = "the same asked for again, and a second person who agrees"


def why_two_for_record(record: object) -> str:
    """Why one person is not enough to bring this record; nothing where one is."""
    if isinstance(record, Leg):
        return TARIFF
    if isinstance(record, Party) and record.holding_limit:
        return LIMIT
    return BASIS if isinstance(record, Authorisation) else ""


def why_two_for_entry(posted: PostedEntry) -> Iterable[str]:
    """Why one person is not enough to bring this entry; nothing where one is."""
    return {BY_KIND[move.kind]: None for move in posted.moves if move.kind in BY_KIND}


def need_of(reasons: Collection[str], *, has_entries: bool, roles: Collection[Role]) -> str:
    """Why a second person has to agree, in words that a page can translate one by one; nothing where one person is enough."""
    if not has_entries and Role.LEAD in roles:
        return ""
    return BETWEEN.join(reason for reason in REASONS if reason in reasons)


def check_agrees(asked: Signer, by: Bringer, *, parties: Collection[str]) -> None:
    """Refuses whoever is no second person: AgreesWithOneself, NotTwoPeople, AgreementNotForRole, ConcernsOneself."""
    check_two(asked, by.signer)
    if not AGREES & set(by.roles):
        raise AgreementNotForRole(name=by.name, held=listed(by.roles), needed=listed(AGREES))
    check_not_about_oneself(parties, name=by.name, party=by.party)
