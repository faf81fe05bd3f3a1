"""Merkle trees after RFC 9162, section 2.1, with SHA-256: one root for many leaves, and short proofs against it.

A tree that only grows need not be kept whole: the roots of its full subtrees, its peaks, are enough to extend it and to
reckon its root. There is one peak for each bit that is set in the number of leaves, so 100,000 leaves have six.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from itertools import islice

from tallystick.core.refusal import Refusal

DIGEST_SIZE = 32
LEAVES_AT_ONCE = 8_192
EMPTY_ROOT = sha256().digest()


class PeaksUnreadable(Refusal):
    code = "peaks_unreadable"
    words = "The peaks of a tree of {size} leaves are {found} bytes long."
    expected = "{wanted}"


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """A tree of `size` leaves by its peaks, the largest (which is also the leftmost) first."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, data: bytes) -> "CompactRange":
        """The tree with one more leaf, whose data (not its hash) is given."""
        peaks, node, size = list(self.peaks), leaf_hash(data), self.size
        while size & 1:
            node = node_hash(peaks.pop(), node)
            size >>= 1
        return CompactRange(self.size + 1, (*peaks, node))

    def extend(self, leaves: Iterable[bytes]) -> "CompactRange":
        """The tree with more leaves, whose data (not their hashes) are given in order; few of them are in memory at once."""
        tree, coming = self, iter(leaves)
        while some := list(islice(coming, LEAVES_AT_ONCE)):
            tree = tree._with(some)
        return tree

    def _with(self, leaves: Sequence[bytes]) -> "CompactRange":
        row = [leaf_hash(data) for data in leaves]
        size = self.size + len(row)
        old, new, waiting = list(self.peaks), [], self.size
        while row:
            if waiting & 1:
                row.insert(0, old.pop())
            if len(row) & 1:
                new.append(row.pop())
            row = _row_above(row)
            waiting >>= 1
        return CompactRange(size, (*old, *reversed(new)))

    def root(self) -> bytes:
        """The Merkle tree hash of all leaves."""
        if not self.peaks:
            return EMPTY_ROOT
        return reduce(lambda right, left: node_hash(left, right), reversed(self.peaks))

    def peaks_bytes(self) -> bytes:
        """The peaks one after another, 32 bytes each; with `size` they are the whole tree."""
        return b"".join(self.peaks)

    @classmethod
    def from_peaks(cls, size: int, data: bytes) -> "CompactRange":
        """The tree of `size` leaves whose `peaks_bytes` are `data`. Raises PeaksUnreadable where the length does not fit."""
        length = size.bit_count() * DIGEST_SIZE
        if size < 0 or len(data) != length:
            raise PeaksUnreadable(size=size, found=len(data), wanted="no fewer than 0 leaves" if size < 0 else f"{length} bytes")
        return cls(size, tuple(data[start : start + DIGEST_SIZE] for start in range(0, length, DIGEST_SIZE)))


def inclusion_path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf `index` up to the root of the tree over the leaf `hashes` (RFC 9162, 2.1.3.1)."""
    assert 0 <= index < len(hashes), "no such leaf"
    path = []
    row = list(hashes)
    while len(row) > 1:
        if index ^ 1 < len(row):
            path.append(row[index ^ 1])
        row = _row_above(row)
        index >>= 1
    return path


def verify_inclusion(path: Sequence[bytes], *, leaf: bytes, index: int, size: int, root: bytes) -> bool:
    """Whether `path` leads from the hash `leaf` at `index` to the `root` of `size` leaves (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last = leaf, size - 1
    for sibling in path:
        if not last:
            return False
        if index & 1 or index == last:
            node = node_hash(sibling, node)
            index, last = _past_lone_ancestors(index, last)
        else:
            node = node_hash(node, sibling)
        index, last = index >> 1, last >> 1
    return not last and node == root


def consistency_path(hashes: Sequence[bytes], first: int) -> list[bytes]:
    """The hashes which show that the tree over the leaf `hashes` only added to that of the `first` of them (2.1.4.1)."""
    assert 0 <= first <= len(hashes), "the earlier tree is no larger than the later"
    if first in (0, len(hashes)):
        return []
    path = []
    row, last = list(hashes), first - 1
    while last & 1:
        row, last = _row_above(row), last >> 1
    if last:
        path.append(row[last])
    while len(row) > 1:
        if last ^ 1 < len(row):
            path.append(row[last ^ 1])
        row, last = _row_above(row), last >> 1
    return path


def verify_consistency(path: Sequence[bytes], *, first: int, second: int, first_root: bytes, second_root: bytes) -> bool:
    """Whether `path` shows that the tree of `second` leaves begins with the tree of `first` leaves (RFC 9162, 2.1.4.2).

    An empty tree begins every other, which needs no path.
    """
    if first in (0, second):
        return not path and first_root == (second_root if first == second else EMPTY_ROOT)
    if not 0 < first < second or not path:
        return False
    hashes = list(path) if first & (first - 1) else [first_root, *path]  # the root of a full earlier tree is not repeated
    index, last = _past_full_ancestors(first - 1, second - 1)
    early = late = hashes[0]
    for sibling in hashes[1:]:
        if not last:
            return False
        if index & 1 or index == last:
            early, late = node_hash(sibling, early), node_hash(sibling, late)
            index, last = _past_lone_ancestors(index, last)
        else:
            late = node_hash(late, sibling)
        index, last = index >> 1, last >> 1
    return not last and early == first_root and late == second_root


def _row_above(row: list[bytes]) -> list[bytes]:
    """Each two neighbours under one node; a last one without a neighbour goes up as it is."""
    above = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=False)]
    return [*above, row[-1]] if len(row) & 1 else above


def _past_lone_ancestors(index: int, last: int) -> tuple[int, int]:
    """Up to where the node is a right child: below that, a last node without a neighbour goes up as it is."""
    while index and not index & 1:
        index, last = index >> 1, last >> 1
    return index, last


def _past_full_ancestors(index: int, last: int) -> tuple[int, int]:
    """Up to where the node is a left child: the root of a full subtree at the end of the earlier tree."""
    while index & 1:
        index, last = index >> 1, last >> 1
    return index, last
