"""Heads carried away: the one that these books give, and those that they are held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tallystick.bundles.verify.chain import Links, Problem
from tallystick.core.head import SignedHead
from tallystick.core.refusal import Refusal
from tallystick.journal.actions import utc_text
from tallystick.journal.models import Act, Office
from tallystick.journal.queries import last_checkpoint


class NothingSigned(Refusal):
    code = "nothing_signed"
    words = "Office {office} has signed none of its acts, so there is no head to carry away."
    expected = "books with a checkpoint"


class HeadForged(Refusal):
    code = "head_forged"
    words = "The checkpoint at act {number} of office {office} is not what that office signed, so it is no head to carry away."
    expected = "books that tallystick verify proves"


@dataclass(frozen=True, slots=True)
class Carried:
    """A head that comes back, and the name of the file it comes in."""

    file: str
    head: SignedHead


@dataclass(frozen=True, slots=True)
class Compared:
    """A head that came back, and whether the books begin with its acts; None where other problems kept anyone from telling."""

    carried: Carried
    holds: bool | None


def last_head(office: str, public_key: bytes) -> SignedHead:
    """What this office signed last. Raises NothingSigned, HeadForged."""
    last = last_checkpoint(office)
    if last is None:
        raise NothingSigned(office=office)
    opened = Office.objects.get(code=office)
    head = SignedHead(
        office=office, number=last.number, follows=last.follows, head=bytes(last.head), root=bytes(last.root),
        signed_at=utc_text(last.signed_at), public_key=public_key, signature=bytes(last.signature), rehearsal=opened.rehearsal,
    )  # fmt: skip
    digest = Act.objects.filter(office=office, number=last.number).values_list("digest", flat=True).first()
    if digest is None or bytes(digest) != head.head or not head.bears_signature():
        raise HeadForged(office=office, number=last.number)
    return head


def unsigned_count(head: SignedHead) -> int:
    """How many acts these books hold beyond those of the head."""
    return Act.objects.filter(office=head.office, number__gt=head.number).count()


def compared(
    heads: Sequence[Carried], links: Links, *, offices: Mapping[str, Office], is_whole: bool
) -> tuple[list[Compared], list[Problem]]:
    """Each head with whether the books begin with its acts, and what is wrong where they do not.

    The acts were followed before, with the heads' places as marks; `is_whole` says that every act was, and nothing found.
    """
    outcomes, problems = [], []
    sound: dict[str, int] = {}  # the farthest act of each office up to which a head holds
    for carried in sorted(heads, key=lambda one: (one.head.office, one.head.number)):
        head = carried.head
        problem = _paper_problem(carried, offices)
        problem = problem or _act_problem(carried, links, after=sound.get(head.office, 0), is_whole=is_whole)
        reached = (head.office, head.number) in links.passed
        if problem is not None:
            problems.append(problem)
        elif reached:
            sound[head.office] = head.number
        outcomes.append(Compared(carried, False if problem else True if reached else None))
    return outcomes, problems


def _paper_problem(carried: Carried, offices: Mapping[str, Office]) -> Problem | None:
    """What is wrong with a head before any act is looked at."""
    head, where = carried.head, f"the head in {carried.file}"
    if not head.bears_signature():
        return Problem(0, f"{where} does not bear the signature of its key: it was never signed so, or copied with a slip")
    opened = offices.get(head.office)
    if opened is None:
        return Problem(0, f"{where} is of office {head.office}; these books hold nothing of it")
    if bytes(opened.public_key) != head.public_key:
        return Problem(opened.act_id, f"{where} is signed with another key than that with which office {head.office} opened")
    if opened.rehearsal != head.rehearsal:
        said, held = ("of a rehearsal", "none") if head.rehearsal else ("of no rehearsal", "one")
        return Problem(opened.act_id, f"{where} is {said}; these books are {held}")
    return None


def _act_problem(carried: Carried, links: Links, *, after: int, is_whole: bool) -> Problem | None:
    """What the acts have against a head that was signed; `after` is the last act that an earlier head holds for."""
    head, where = carried.head, f"the head in {carried.file}"
    passed = links.passed.get((head.office, head.number))
    if passed is None:
        held = links.heads.get(head.office, (0, b""))[0]
        words = f"{where} is of {head.number} acts of {head.office}, and {held} are here: the others were cut off"
        return Problem(links.count, words) if is_whole else None
    act_id, digest, root = passed
    if (digest, root) == (head.head, head.root):
        return None
    between = f"between act {after + 1} and act {head.number}" if after + 1 < head.number else f"in act {head.number}"
    return Problem(act_id, f"{where} was signed over other acts: {head.office} was rewritten {between}")
