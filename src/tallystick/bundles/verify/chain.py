"""The journal held against itself: numbers without gaps, digests that follow, checkpoints signed over what is there."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from tallystick.core.chain import (
    FIRST,
    ActContent,
    ActUnreadable,
    PublicKeyWeak,
    act_digest,
    check_public_key,
    checkpoint_statement,
    read_act,
    verify_checkpoint,
)
from tallystick.core.merkle import LEAVES_AT_ONCE, CompactRange
from tallystick.journal.actions import utc_text
from tallystick.journal.bulk import read_moment
from tallystick.journal.models import Checkpoint
from tallystick.journal.queries import StoredAct
from tallystick.journal.stored import row_of, stored_rows

NUMBER_MAX = 2**63 - 1
Place = tuple[str, int]
"""An office, and the number of one of its acts."""


class Problem(NamedTuple):
    """Something that does not hold. `act_id` is the act it concerns, by its place in these books; 0 where none is."""

    act_id: int
    words: str


class Links:
    """Walks the acts in the order they were taken in and remembers where each office's stream stands.

    `marks` are places besides those of the checkpoints at which the head is wanted; once the act there was followed, `passed` has
    its place in these books, its digest and the Merkle root. `signed` are those of the checkpoints that bear their signature.
    """

    def __init__(self, checkpoints: Sequence[Checkpoint], *, signed: Sequence[Checkpoint], marks: Collection[Place] = ()) -> None:
        self.count = 0
        self.heads: dict[str, tuple[int, bytes]] = {}
        self.leaves: dict[str, CompactRange] = {}
        self.pending: dict[str, list[bytes]] = {}
        self.checkpoints = {(checkpoint.office, checkpoint.number): checkpoint for checkpoint in checkpoints}
        self.followed = {(checkpoint.office, checkpoint.follows): checkpoint.number for checkpoint in signed}
        self.marks = set(marks)
        self.passed: dict[Place, tuple[int, bytes, bytes]] = {}
        self.signed: dict[str, int] = {}

    def follow(self, act: StoredAct) -> tuple[ActContent | None, list[Problem]]:
        """The act as it reads, and what is wrong with its place in the chain."""
        problems = []
        self.count += 1
        number, previous = self.heads.get(act.office, (0, FIRST))
        where = f"act {act.number} of {act.office} ({act.kind})"
        if act.id != self.count:
            problems.append(Problem(act.id, f"{where} stands at place {act.id}; place {self.count} has no act"))
            self.count = act.id
        if act.number != number + 1:
            problems.append(Problem(act.id, f"{where} follows act {number}; the acts between are not there"))
        if act_digest(previous, act.body) != act.digest:
            problems.append(Problem(act.id, f"{where} is not what was written: its bytes do not give its digest"))
        self.heads[act.office] = (act.number, act.digest)
        self._grow(act)
        problems += self._check_signature(act)
        try:
            said = read_act(act.body)
        except ActUnreadable as refusal:
            return None, [*problems, Problem(act.id, f"{where} cannot be read: {refusal}")]
        if (said.office, said.number, said.kind) != (act.office, act.number, act.kind):
            problems.append(Problem(act.id, f"{where} says of itself: act {said.number} of {said.office} ({said.kind})"))
        return said, problems

    def _check_signature(self, act: StoredAct) -> list[Problem]:
        place = (act.office, act.number)
        checkpoint = self.checkpoints.pop(place, None)
        leaves = self._leaves(act) if checkpoint is not None or place in self.marks else CompactRange()
        if checkpoint is None:
            if place not in self.followed:
                return []
            follower = self.followed[place]
            words = f"the checkpoint at act {act.number} of {act.office} is gone; the one at act {follower} follows it"
            return [Problem(act.id, words)]
        self.signed[act.office] = act.number
        expected = (act.digest, leaves.root(), leaves.peaks_bytes())
        if expected == (bytes(checkpoint.head), bytes(checkpoint.root), bytes(checkpoint.peaks)):
            return []
        return [Problem(act.id, f"the checkpoint at act {act.number} of {act.office} was signed over other acts")]

    def _grow(self, act: StoredAct) -> None:
        """One leaf more for the tree of this office; they are put into it many at once, and never kept for long."""
        pending = self.pending.setdefault(act.office, [])
        pending.append(act.digest)
        if len(pending) == LEAVES_AT_ONCE:
            self._put_in(act.office)

    def _put_in(self, office: str) -> CompactRange:
        before = self.leaves.get(office, CompactRange())
        leaves = self.leaves[office] = before.extend(self.pending.pop(office, []))
        return leaves

    def _leaves(self, act: StoredAct) -> CompactRange:
        """The tree of this office's acts up to this one, which is noted as passed."""
        leaves = self._put_in(act.office)
        self.passed[act.office, act.number] = (act.id, act.digest, leaves.root())
        return leaves

    def unsigned(self) -> Iterator[Problem]:
        """Once every act was followed: checkpoints past the end, and acts that no checkpoint signs."""
        missed = {office for office, _ in self.checkpoints}
        for office, number in self.checkpoints:
            held = self.heads.get(office, (0, FIRST))[0]
            yield Problem(self.count, f"{office} signed {number} acts; {held} are here")
        for office, (number, _) in self.heads.items():
            signed = self.signed.get(office, 0)
            if signed < number and office not in missed:
                yield Problem(self.count, f"acts {signed + 1} to {number} of {office} are not signed")


def read_checkpoints() -> tuple[list[Checkpoint], list[Problem]]:
    """The checkpoints by office and number, and those that do not stand as they were written."""
    names = [field.attname for field in Checkpoint._meta.concrete_fields]
    checkpoints, problems = [], []
    for number, row in stored_rows(Checkpoint, key="number", first=-NUMBER_MAX, last=NUMBER_MAX):
        checkpoint = _checkpoint(dict(zip(names, row, strict=True)))
        if checkpoint is not None and row_of(checkpoint) == row:
            checkpoints.append(checkpoint)
        else:
            problems.append(Problem(number, f"the checkpoint at act {number} is not written as checkpoints are"))
    return sorted(checkpoints, key=lambda one: (one.office, one.number)), problems


def _checkpoint(said: dict[str, Any]) -> Checkpoint | None:
    """A checkpoint out of its columns as text; None where its moment is none."""
    said |= {name: bytes.fromhex(said[name]) for name in ("head", "root", "peaks", "signature")}
    try:
        said["signed_at"] = read_moment(said["signed_at"])
    except ValueError:
        return None
    follows = None if said["follows"] is None else int(said["follows"])
    return Checkpoint(**said | {"number": int(said["number"]), "follows": follows})


def signed_checkpoints(checkpoints: Sequence[Checkpoint], keys: dict[str, bytes]) -> tuple[list[Checkpoint], list[Problem]]:
    """The checkpoints that the offices whose public keys stand in `keys` signed, and what is wrong with the others."""
    signed, problems = [], []
    for checkpoint in checkpoints:
        where = f"the checkpoint at act {checkpoint.number} of {checkpoint.office}"
        key = keys.get(checkpoint.office)
        if key is None:
            problems.append(Problem(checkpoint.number, f"{where} is of an office that never opened"))
        elif not verify_checkpoint(key, statement=_statement(checkpoint), signature=bytes(checkpoint.signature)):
            problems.append(Problem(checkpoint.number, f"{where} does not bear its signature"))
        else:
            signed.append(checkpoint)
    return signed, problems


def _statement(checkpoint: Checkpoint) -> bytes:
    return checkpoint_statement(
        office=checkpoint.office, number=checkpoint.number, head=bytes(checkpoint.head), root=bytes(checkpoint.root),
        signed_at=utc_text(checkpoint.signed_at), follows=checkpoint.follows,
    )  # fmt: skip


def key_problems(keys: dict[str, bytes], *, office: str, public_key: bytes) -> Iterator[Problem]:
    """Offices with a weak key, and these books' own office with another key than its keyring's."""
    for code, key in keys.items():
        try:
            check_public_key(key)
        except PublicKeyWeak as refusal:
            yield Problem(1, f"office {code}: {refusal}")
    if keys.get(office) != public_key:
        yield Problem(1, f"the books were not opened by the key in this home's keyring, that of office {office}")
