"""The tree, against an independent implementation and against RFC 6962's own definitions."""

from hashlib import sha256

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.ledger import (
    EMPTY_ROOT,
    Frontier,
    LedgerError,
    MemoryTiles,
    ProofError,
    Reason,
    Tree,
    append,
    leaf_hash,
    verify_consistency,
    verify_inclusion,
)
from comity.ledger.tiles import tiles_of

sizes = st.one_of(st.integers(1, 70), st.integers(250, 530), st.integers(700, 1_300))


def entries(size):
    return [b"entry %d" % index for index in range(size)]


def grown(leaves, *, step=97):
    """A ledger as a server grows it: tiles in store, hashes of level 0 beside the entries."""
    store = Rows()
    frontier = Frontier()
    for start in range(0, len(leaves), step):
        batch = leaves[start : start + step]
        growth = append(frontier, batch, store)
        store.rows += batch
        frontier = growth.frontier
        for tile in growth.tiles:
            store.put(tile)
    return frontier, store


class Rows(MemoryTiles):
    """Completed tiles in one place, and the leaf hashes of the open one with their entries."""

    def __init__(self):
        super().__init__()
        self.rows = []

    def tile(self, level, index, width):
        if level == 0 and width < 256:
            return b"".join(self.rows[index * 256 : index * 256 + width])
        return super().tile(level, index, width)


def root_by_definition(leaves):
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(
        b"\x01" + root_by_definition(leaves[:split]) + root_by_definition(leaves[split:])
    ).digest()


def consistency_by_definition(old, leaves, whole=True):
    """RFC 6962, section 2.1.2, word for word."""
    if old == len(leaves):
        return [] if whole else [root_by_definition(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = leaves[:split], leaves[split:]
    if old <= split:
        return [*consistency_by_definition(old, left, whole), root_by_definition(right)]
    return [*consistency_by_definition(old - split, right, False), root_by_definition(left)]


def test_the_empty_tree_has_the_hash_of_nothing():
    assert Frontier().root == Tree(MemoryTiles(), 0).root == EMPTY_ROOT == sha256(b"").digest()


def test_roots_of_small_trees_by_hand():
    a, b, c = (sha256(b"\x00" + bytes([n])).digest() for n in b"abc")
    ab = sha256(b"\x01" + a + b).digest()
    assert leaf_hash(b"a") == a
    assert grown([a])[0].root == a
    assert grown([a, b])[0].root == ab
    assert grown([a, b, c])[0].root == sha256(b"\x01" + ab + c).digest()


@given(size=sizes, data=st.data())
@settings(max_examples=40, deadline=None)
def test_roots_and_proofs_equal_those_of_pymerkle(size, data):
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    peer = pymerkle.InmemoryTree(algorithm="sha256")
    leaves = []
    for entry in entries(size):
        peer.append_entry(entry)
        leaves.append(leaf_hash(entry))
    frontier, store = grown(leaves)
    tree = Tree(store, size)
    assert frontier.root == tree.root == peer.get_root()
    assert Tree(store, old).root == peer.get_root(old)

    inclusion = peer.prove_inclusion(index + 1).serialize()["path"]
    assert [leaves[index].hex(), *(step.hex() for step in tree.inclusion(index))] == inclusion
    verify_inclusion(leaves[index], index, size, tree.inclusion(index), peer.get_root())
    verify_consistency(old, size, tree.consistency(old), peer.get_root(old), peer.get_root())


@given(size=sizes, data=st.data())
@settings(max_examples=40, deadline=None)
def test_consistency_proofs_are_those_of_the_rfc(size, data):
    old = data.draw(st.integers(1, size))
    leaves = [leaf_hash(entry) for entry in entries(size)]
    _, store = grown(leaves)
    assert list(Tree(store, size).consistency(old)) == consistency_by_definition(old, leaves)


@given(size=sizes, step=st.integers(1, 600), data=st.data())
@settings(max_examples=40, deadline=None)
def test_it_matters_not_in_what_steps_a_tree_grows(size, step, data):
    leaves = [leaf_hash(entry) for entry in entries(size)]
    frontier, store = grown(leaves, step=step)
    assert frontier.root == root_by_definition(leaves)
    assert Frontier.from_bytes(frontier.to_bytes()) == frontier
    at = data.draw(st.integers(0, size))
    assert Tree(store, at).frontier.root == root_by_definition(leaves[:at])
    assert Tree(store, at).root == root_by_definition(leaves[:at])


@given(size=st.integers(1, 300), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_bent_inclusion_proof_never_holds(size, data):
    index = data.draw(st.integers(0, size - 1))
    leaves = [leaf_hash(entry) for entry in entries(size)]
    frontier, store = grown(leaves)
    proof = list(Tree(store, size).inclusion(index))
    leaf, claimed, root = leaves[index], index, frontier.root
    reason = Reason.ROOT
    match data.draw(st.sampled_from(["leaf", "root", "index", "longer", "shorter", "flip", "far"])):
        case "leaf":
            leaf = flipped(leaf, data)
        case "root":
            root = flipped(root, data)
        case "index" if size > 1:
            claimed = data.draw(st.integers(0, size - 1).filter(lambda other: other != index))
            reason = None
        case "longer":
            proof.append(root)
            reason = Reason.LENGTH
        case "shorter" if proof:
            proof.pop()
            reason = Reason.LENGTH
        case "flip" if proof:
            at = data.draw(st.integers(0, len(proof) - 1))
            proof[at] = flipped(proof[at], data)
        case _:
            claimed, reason = size + 3, Reason.INDEX
    with pytest.raises(ProofError) as caught:
        verify_inclusion(leaf, claimed, size, proof, root)
    assert reason in (None, caught.value.reason)


@given(size=st.integers(2, 300), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_bent_consistency_proof_never_holds(size, data):
    old = data.draw(st.integers(1, size - 1))
    leaves = [leaf_hash(entry) for entry in entries(size)]
    frontier, store = grown(leaves)
    proof = list(Tree(store, size).consistency(old))
    old_root, new_root = Tree(store, old).root, frontier.root
    reason = Reason.ROOT
    match data.draw(st.sampled_from(["old", "new", "sizes", "longer", "shorter", "flip"])):
        case "old":
            old_root = flipped(old_root, data)
        case "new":
            new_root = flipped(new_root, data)
        case "sizes":
            old, reason = size + 1, Reason.SIZE
        case "longer":
            proof.append(new_root)
            reason = Reason.LENGTH
        case "shorter":
            proof.pop()
            reason = Reason.LENGTH
        case "flip":
            at = data.draw(st.integers(0, len(proof) - 1))
            proof[at] = flipped(proof[at], data)
    with pytest.raises(ProofError) as caught:
        verify_consistency(old, size, proof, old_root, new_root)
    assert caught.value.reason == reason


def flipped(digest, data):
    at = data.draw(st.integers(0, 255))
    return (int.from_bytes(digest) ^ 1 << at).to_bytes(32)


def test_proofs_of_what_is_not_there_are_refused():
    _, store = grown([leaf_hash(b"one")])
    with pytest.raises(LedgerError, match="no entry 1"):
        Tree(store, 1).inclusion(1)
    with pytest.raises(LedgerError, match="fewer than 2"):
        Tree(store, 1).consistency(2)


def test_a_tree_of_70_000_has_the_tiles_that_c2sp_counts():
    tiles = list(tiles_of(70_000))
    assert sum(level == 0 and width == 256 for level, _, width in tiles) == 273
    assert [(level, width) for level, _, width in tiles if width < 256] == [
        (0, 112),
        (1, 17),
        (2, 1),
    ]
    assert sum(level == 1 and width == 256 for level, _, width in tiles) == 1


@pytest.mark.parametrize("data", [b"", bytes(7), bytes(9), b"\0" * 7 + b"\3" + bytes(32)])
def test_a_broken_frontier_is_refused(data):
    with pytest.raises(LedgerError, match="no frontier"):
        Frontier.from_bytes(data)
