"""The growing edge of the tree: all that appending needs to know of what came before.

The noun is `Frontier`, a compact range: the roots of the perfect subtrees that the tree consists
of, one for each bit of its size. The verb is `append`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from comity.ledger.error import LedgerError
from comity.ledger.merkle import EMPTY_ROOT, HASH_SIZE, node_hash
from comity.ledger.tiles import HEIGHT, WIDTH, HashReader, Tile


@dataclass(frozen=True, slots=True)
class Frontier:
    """A tree's size and the roots of its perfect subtrees, the largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        *left, node = self.hashes
        for sibling in reversed(left):
            node = node_hash(sibling, node)
        return node

    def extended(self, leaves: Sequence[bytes]) -> "tuple[Frontier, dict[int, list[bytes]]]":
        """Append leaf hashes: the new frontier, and the tile hashes that came to be, by level.

        Those of a level follow each other, from place `self.size >> 8 * level` on.
        """
        size, hashes = self.size, list(self.hashes)
        new: dict[int, list[bytes]] = {}
        for leaf in leaves:
            node, height, index = leaf, 0, size
            while index & 1:
                node, height, index = node_hash(hashes.pop(), node), height + 1, index >> 1
                if height % HEIGHT == 0:
                    new.setdefault(height // HEIGHT, []).append(node)
            hashes.append(node)
            size += 1
        if leaves:
            new[0] = list(leaves)
        return Frontier(size, tuple(hashes)), new

    def to_bytes(self) -> bytes:
        """Return 8 bytes of size, then 32 bytes a hash: a kilobyte for a billion entries."""
        return self.size.to_bytes(8) + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises LedgerError."""
        size = int.from_bytes(data[:8])
        if len(data) != 8 + size.bit_count() * HASH_SIZE:
            raise LedgerError(f"this is no frontier: {len(data)} bytes for a size of {size:,}")
        return cls(size, tuple(data[i : i + HASH_SIZE] for i in range(8, len(data), HASH_SIZE)))


@dataclass(frozen=True, slots=True)
class Growth:
    """What appending changes: store the tiles (over what was there) and keep the frontier.

    A tile of level 0 comes once it is full, since until then its hashes stand with the entries;
    tiles above come each time they grow.
    """

    frontier: Frontier
    tiles: tuple[Tile, ...]


def append(frontier: Frontier, leaves: Sequence[bytes], stored: HashReader) -> Growth:
    """Append leaf hashes to the tree, in O(log n) each.

    `stored` is asked only for what stood before in a tile that is now completed or has grown.
    """
    after, new = frontier.extended(leaves)
    return Growth(
        after,
        tuple(
            Tile(level, index, (stored.tile(level, index, offset) if offset else b"") + more)
            for level, hashes in sorted(new.items())
            for index, offset, more in by_tile(frontier.size >> HEIGHT * level, hashes)
            if level or offset * HASH_SIZE + len(more) == WIDTH * HASH_SIZE
        ),
    )


def by_tile(first: int, hashes: Sequence[bytes]) -> Iterator[tuple[int, int, bytes]]:
    """Yield (tile, offset in the tile, joined hashes) for the hashes from place `first` on."""
    end = first + len(hashes)
    while first < end:
        index, offset = divmod(first, WIDTH)
        upto = min(end, (index + 1) * WIDTH)
        yield index, offset, b"".join(hashes[len(hashes) - (end - first) :][: upto - first])
        first = upto
