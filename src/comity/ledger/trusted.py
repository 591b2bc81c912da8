"""Which of the stored hashes can be trusted: those that lead up to a root that was signed.

The noun is `TrustedHashes`. Hashes that were changed along with the entries do not lead there, and
count as unknown, so that a forger cannot make a sound entry look changed.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from comity.ledger.checkpoint import Checkpoint
from comity.ledger.error import LedgerError
from comity.ledger.merkle import HASH_SIZE, leaf_hash, perfect_root
from comity.ledger.reader import LedgerReader
from comity.ledger.tiles import HEIGHT, WIDTH, hashes_in
from comity.ledger.tree import Tree


class TrustedHashes:
    """The leaf hashes below a signed checkpoint, as far as they can be had."""

    def __init__(self, reader: LedgerReader, heads: Iterable[Checkpoint]) -> None:
        """Rest on the first of `heads` whose root the stored tiles lead to."""
        self._reader = reader
        self.size = next((head.size for head in heads if self._leads_to(head)), 0)
        self._entries = reader.entries()
        self._read = 0
        self.spoilt: list[tuple[int, int]] = []
        """(level, index) of tiles that were changed, but could be made anew from what is below."""
        # Proofs descend through few tiles at a time; a shuffled ledger only costs more reading.
        self._tile = lru_cache(maxsize=64)(self._authentic_tile)

    def leaf(self, index: int) -> bytes | None:
        """Return the hash that was signed for entry `index`, or None where it is not known."""
        if index >= self.size:
            return None
        tile = self._tile(0, index // WIDTH)
        offset = index % WIDTH * HASH_SIZE
        return tile[offset : offset + HASH_SIZE] if tile else None

    def _leads_to(self, head: Checkpoint) -> bool:
        # The root is made of the tiles at the right edge, so these are authentic where it fits.
        try:
            return Tree(self._reader, head.size).root == head.root
        except LedgerError:
            return False

    def _authentic_tile(self, level: int, index: int) -> bytes | None:
        width = min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)
        if width < WIDTH:
            return self._stored(level, index, width)
        above = self._tile(level + 1, index // WIDTH)
        if not above:
            return None
        offset = index % WIDTH * HASH_SIZE
        root = above[offset : offset + HASH_SIZE]
        stored = self._stored(level, index, WIDTH)
        if stored and perfect_root(hashes_in(stored)) == root:
            return stored
        rebuilt = self._rebuilt(level, index)
        if len(rebuilt) == WIDTH and perfect_root(rebuilt) == root:
            self.spoilt.append((level, index))
            return b"".join(rebuilt)
        return None

    def _stored(self, level: int, index: int, width: int) -> bytes:
        try:
            return self._reader.tile(level, index, width)
        except LedgerError:
            return b""

    def _rebuilt(self, level: int, index: int) -> list[bytes]:
        """Make the hashes of a tile from what is stored below it."""
        start = index * WIDTH
        if level == 0:
            # Only ever onwards, so that the entries are read once, however much was changed.
            ahead = islice(self._entries, max(start - self._read, 0), start - self._read + WIDTH)
            self._read = max(self._read, start + WIDTH)
            return [leaf_hash(entry) for entry in ahead]
        below = (self._stored(level - 1, start + i, WIDTH) for i in range(WIDTH))
        return [perfect_root(hashes_in(tile)) for tile in below if tile]
