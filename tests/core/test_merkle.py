"""The Merkle tree is that of RFC 9162: the RFC's own example, the vectors of Certificate Transparency, and another program agree."""

from hashlib import sha256
from itertools import pairwise

import pymerkle
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle.core import BaseMerkleTree

from tallystick.core import merkle
from tallystick.core.merkle import (
    EMPTY_ROOT,
    CompactRange,
    PeaksUnreadable,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

# Leaves, roots of the first 0 to 8 of them, and paths: test data of the certificate-transparency project (merkle_tree_test).
CT_LEAVES = tuple(
    map(bytes.fromhex, ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"))
)
CT_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [f"act {number}".encode() for number in range(70)]
HASHES = [leaf_hash(leaf) for leaf in LEAVES]
SIZES = range(1, 23)


def root_of(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash as section 2.1.1 defines it: split at the largest power of two below the size."""
    if len(leaves) < 2:
        return leaf_hash(leaves[0]) if leaves else sha256(b"").digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_of(leaves[:split]), root_of(leaves[split:]))


def subproof(first: int, leaves: list[bytes], *, known: bool) -> list[bytes]:
    """The consistency path as section 2.1.4.1 defines it. pymerkle 7 splits at another place here, so it is no second opinion."""
    if first == len(leaves):
        return [] if known else [root_of(leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if first <= split:
        return [*subproof(first, leaves[:split], known=known), root_of(leaves[split:])]
    return [*subproof(first - split, leaves[split:], known=False), root_of(leaves[:split])]


ROOTS = [root_of(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


@pytest.fixture(scope="module")
def oracle() -> BaseMerkleTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries(LEAVES)
    return tree


def is_included(path: list[bytes], *, index: int, size: int, **changed: bytes) -> bool:
    facts = {"leaf": HASHES[index], "root": ROOTS[size]} | changed
    return verify_inclusion(path, index=index, size=size, leaf=facts["leaf"], root=facts["root"])


def is_consistent(path: list[bytes], *, first: int, second: int, **changed: bytes) -> bool:
    facts = {"first_root": ROOTS[first], "second_root": ROOTS[second]} | changed
    return verify_consistency(path, first=first, second=second, first_root=facts["first_root"], second_root=facts["second_root"])


def spoilt(path: list[bytes]) -> list[list[bytes]]:
    """The path cut short, drawn out, with one hash changed and with two neighbours exchanged."""
    swapped = [[*path[:place], path[place + 1], path[place], *path[place + 2 :]] for place in range(len(path) - 1)]
    changed = [[*path[:place], leaf_hash(path[place]), *path[place + 1 :]] for place in range(len(path))]
    shortened = [path[:-1], path[1:]] if path else []
    return [*shortened, [*path, path[-1] if path else EMPTY_ROOT], [EMPTY_ROOT, *path], *swapped, *changed]


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert CompactRange().extend(CT_LEAVES[:size]).root().hex() == CT_ROOTS[size]


def test_the_paths_are_those_of_certificate_transparency() -> None:
    hashes = [leaf_hash(leaf) for leaf in CT_LEAVES]

    def beginnings(path: list[bytes]) -> list[str]:
        return [node.hex()[:8] for node in path]

    assert beginnings(inclusion_path(hashes, 0)) == ["96a296d2", "5f083f0a", "6b47aaf2"]
    assert beginnings(inclusion_path(hashes, 5)) == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert beginnings(consistency_path(hashes, 2)) == ["5f083f0a", "6b47aaf2"]
    assert beginnings(consistency_path(hashes, 6)) == ["0ebc5d34", "ca854ea1", "d37ee418"]
    assert beginnings(consistency_path(hashes[:5], 2)) == ["5f083f0a", "bc1a0643"]


def test_the_example_of_the_rfc_has_the_rfc_s_paths() -> None:
    """Section 2.1.5: seven leaves, and the nodes named as they are named there."""
    a, b, c, d, e, f, j = hashes = HASHES[:7]
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, last = node_hash(g, h), node_hash(i, j)
    assert CompactRange().extend(LEAVES[:7]).root() == node_hash(k, last)
    assert inclusion_path(hashes, 0) == [b, h, last]
    assert inclusion_path(hashes, 3) == [c, g, last]
    assert inclusion_path(hashes, 4) == [f, j, k]
    assert inclusion_path(hashes, 6) == [i, k]
    assert consistency_path(hashes, 3) == [c, d, g, last]
    assert consistency_path(hashes, 4) == [last]
    assert consistency_path(hashes, 6) == [i, j, k]


def test_a_leaf_is_never_taken_for_a_node() -> None:
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"\1" + left + right) != node_hash(left, right)


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_another_program_reckons_the_same_root(size: int, oracle: BaseMerkleTree) -> None:
    assert CompactRange().extend(LEAVES[:size]).root() == oracle.get_root(size) == ROOTS[size]


@given(sizes=st.lists(st.integers(0, len(LEAVES)), max_size=6).map(sorted))
def test_leaves_taken_in_any_portions_give_the_same_tree(sizes: list[int]) -> None:
    tree = CompactRange()
    for start, stop in pairwise([0, *sizes, len(LEAVES)]):
        tree = tree.extend(LEAVES[start:stop])
    assert tree == CompactRange().extend(LEAVES)


def test_leaves_taken_one_by_one_give_the_same_tree_and_the_earlier_trees_stay() -> None:
    trees = [CompactRange()]
    for leaf in LEAVES:
        trees.append(trees[-1].append(leaf))
    assert trees == [CompactRange().extend(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
    assert [tree.size for tree in trees] == list(range(len(LEAVES) + 1))
    assert [tree.root() for tree in trees] == ROOTS


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_a_tree_is_kept_by_its_peaks(size: int) -> None:
    tree = CompactRange().extend(LEAVES[:size])
    assert len(tree.peaks) == size.bit_count()
    assert CompactRange.from_peaks(size, tree.peaks_bytes()) == tree


def test_the_leaves_already_under_the_peaks_are_not_hashed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = CompactRange.from_peaks(100_000, bytes(32 * 6))
    joined = []
    monkeypatch.setattr(merkle, "node_hash", lambda left, right: joined.append(1) or node_hash(left, right))
    tree.extend(LEAVES).root()
    assert len(joined) <= len(LEAVES) + 2 * tree.size.bit_length()


@pytest.mark.parametrize(("size", "length"), [(0, 32), (1, 0), (1, 31), (1, 33), (3, 32), (4, 64), (7, 95), (-1, 0)])
def test_peaks_that_are_not_those_of_so_many_leaves_are_refused(size: int, length: int) -> None:
    with pytest.raises(PeaksUnreadable) as refusal:
        CompactRange.from_peaks(size, bytes(length))
    assert str(refusal.value) == f"The peaks of a tree of {size} leaves are {length} bytes long."
    assert refusal.value.expectation() == ("no fewer than 0 leaves" if size < 0 else f"{size.bit_count() * 32} bytes")


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_shown_to_stand_where_it_stands(size: int, oracle: BaseMerkleTree) -> None:
    for index in range(size):
        path = inclusion_path(HASHES[:size], index)
        assert path == oracle.prove_inclusion(index + 1, size).path[1:]
        assert is_included(path, index=index, size=size)


@pytest.mark.parametrize("size", SIZES)
def test_no_leaf_is_shown_to_stand_elsewhere(size: int) -> None:
    for index in range(size):
        path = inclusion_path(HASHES[:size], index)
        assert not any(
            is_included(path, index=other, size=size, leaf=HASHES[index]) for other in range(-1, size + 1) if other != index
        )
        assert not is_included(path, index=index, size=size, leaf=leaf_hash(b"another act"))
        assert not is_included(path, index=index, size=size, root=ROOTS[size - 1])
        assert not any(is_included(other, index=index, size=size) for other in spoilt(path))


@pytest.mark.parametrize("size", SIZES)
def test_every_later_tree_is_shown_to_begin_with_every_earlier(size: int) -> None:
    for first in range(1, size):
        path = consistency_path(HASHES[:size], first)
        assert path == subproof(first, LEAVES[:size], known=True)
        assert is_consistent(path, first=first, second=size)


@pytest.mark.parametrize("size", SIZES)
def test_no_later_tree_is_shown_to_begin_with_another(size: int) -> None:
    for first in range(1, size):
        path = consistency_path(HASHES[:size], first)
        assert not is_consistent(path, first=first, second=size, first_root=leaf_hash(b"another tree"))
        assert not is_consistent(path, first=first, second=size, second_root=leaf_hash(b"another tree"))
        assert not is_consistent(path, first=first, second=size, second_root=ROOTS[size + 1])
        assert not any(
            is_consistent(path, first=other, second=size, first_root=ROOTS[first])
            for other in range(-1, size + 2)
            if other != first
        )
        assert not any(is_consistent(other, first=first, second=size) for other in spoilt(path))


def test_a_tree_is_consistent_with_itself_and_begins_with_the_empty_tree() -> None:
    for size in (0, *SIZES):
        assert consistency_path(HASHES[:size], size) == consistency_path(HASHES[:size], 0) == []
        assert is_consistent([], first=size, second=size)
        assert is_consistent([], first=0, second=size)
        assert not is_consistent([EMPTY_ROOT], first=size, second=size)
        assert not is_consistent([], first=size, second=size, first_root=leaf_hash(b"another tree"))
        assert not is_consistent([], first=0, second=size, first_root=leaf_hash(b"another tree"))
        assert not is_consistent([], first=size + 1, second=size)


def test_a_path_is_asked_for_only_where_there_is_one() -> None:
    for index in (-1, 7):
        with pytest.raises(AssertionError):
            inclusion_path(HASHES[:7], index)
    for first in (-1, 8):
        with pytest.raises(AssertionError):
            consistency_path(HASHES[:7], first)


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 8])
def test_a_tree_that_takes_few_leaves_at_once_is_the_same(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    trees = [CompactRange().extend(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
    monkeypatch.setattr(merkle, "LEAVES_AT_ONCE", at_once)
    assert [CompactRange().extend(LEAVES[:size]) for size in range(len(LEAVES) + 1)] == trees
