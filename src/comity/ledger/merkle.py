"""The Merkle tree of RFC 6962: how entries are hashed, and how proofs about them are checked.

Everything here works on 32-byte SHA-256 hashes; `tree` makes the proofs that are checked here.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Final

from comity.ledger.error import LedgerError

HASH_SIZE: Final = 32
EMPTY_ROOT: Final = sha256().digest()
"""The root of a tree without leaves."""
MAX_SIZE: Final = 2**63 - 1
"""Leaves in a tree: what fits a signed 64-bit integer, as C2SP's tiles have it."""


class Reason(StrEnum):
    """Why a proof does not hold."""

    INDEX = "index"
    SIZE = "size"
    LENGTH = "length"
    ROOT = "root"


class ProofError(LedgerError):
    """A proof that does not hold, with its reason."""

    def __init__(self, reason: Reason, message: str) -> None:
        self.reason = reason
        super().__init__(message)


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry (RFC 6962, section 2.1). The prefix keeps leaves and nodes apart."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over 2^n hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[i], level[i + 1]) for i in range(0, len(level), 2)]
    return level[0]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that `leaf` is the hash of entry `index` in the tree of `size` leaves under `root`.

    `proof` runs from the leaf's sibling up. The algorithm is that of RFC 9162, section 2.1.3.2.
    Raises ProofError.
    """
    if not 0 <= index < size:
        raise ProofError(Reason.INDEX, f"there is no entry {index:,} among {size:,}")
    node = leaf
    for sibling, stands_left in _climb(index, size - 1, proof):
        node = node_hash(sibling, node) if stands_left else node_hash(node, sibling)
    if node != root:
        raise ProofError(
            Reason.ROOT,
            f"the proof leads to the root {node.hex()}, the signed root is {root.hex()}: "
            f"this is not entry {index:,} of that ledger",
        )


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check that the tree under `new_root` begins with the whole tree under `old_root`.

    The algorithm is that of RFC 9162, section 2.1.4.2. Raises ProofError.
    """
    if not 0 <= old_size <= new_size:
        raise ProofError(
            Reason.SIZE, f"a ledger of {new_size:,} cannot have grown from {old_size:,}"
        )
    if old_size in (0, new_size):
        if proof:
            raise ProofError(Reason.LENGTH, f"the proof is too long: {len(proof)} hashes")
        return _check_roots(old_root, EMPTY_ROOT if old_size == 0 else new_root, "older")
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    # Where the old tree is one perfect subtree of the new one, its own root starts the path.
    perfect = old_size & (old_size - 1) == 0
    old = new = old_root if perfect else proof[0] if proof else EMPTY_ROOT
    for step, stands_left in _climb(position, last, proof if perfect else proof[1:]):
        old = node_hash(step, old) if stands_left else old
        new = node_hash(step, new) if stands_left else node_hash(new, step)
    _check_roots(old_root, old, "older")
    return _check_roots(new_root, new, "newer")


def _climb(position: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each hash of a path to the root, and whether it is a left sibling.

    `position` is where the path stands on its level, `last` where that level ends.
    """
    for step in proof:
        if len(step) != HASH_SIZE:
            raise ProofError(Reason.LENGTH, f"a hash in the proof is not {HASH_SIZE} bytes long")
        if last == 0:
            raise ProofError(Reason.LENGTH, "the proof is too long by a hash or more")
        stands_left = bool(position & 1) or position == last
        yield step, stands_left
        while stands_left and not position & 1 and position:
            position, last = position >> 1, last >> 1
        position, last = position >> 1, last >> 1
    if last:
        raise ProofError(Reason.LENGTH, "the proof is too short")


def _check_roots(claimed: bytes, found: bytes, which: str) -> None:
    if found != claimed:
        raise ProofError(
            Reason.ROOT,
            f"the proof leads to the {which} root {found.hex()}, given was {claimed.hex()}: "
            "one ledger did not grow from the other",
        )
