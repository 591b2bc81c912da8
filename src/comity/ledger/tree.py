"""The tree as it stood at one size, read from tiles: its root, and proofs about it (RFC 6962)."""

from comity.ledger.error import LedgerError
from comity.ledger.frontier import Frontier
from comity.ledger.merkle import EMPTY_ROOT, HASH_SIZE, node_hash, perfect_root
from comity.ledger.tiles import HEIGHT, WIDTH, HashReader, hashes_in


class Tree:
    """A tree of `size` leaves. It keeps the tiles it read, so make one for each question."""

    def __init__(self, reader: HashReader, size: int) -> None:
        self.size = size
        self._reader = reader
        self._tiles: dict[tuple[int, int], bytes] = {}

    @property
    def root(self) -> bytes:
        return self._range(0, self.size) if self.size else EMPTY_ROOT

    @property
    def frontier(self) -> Frontier:
        """What `append` continues from."""
        hashes, start = [], 0
        for height in reversed(range(self.size.bit_length())):
            if self.size >> height & 1:
                hashes.append(self.node(height, start >> height))
                start += 1 << height
        return Frontier(self.size, tuple(hashes))

    def inclusion(self, index: int) -> tuple[bytes, ...]:
        """Prove that the leaf at `index` is in the tree (RFC 6962, section 2.1.1)."""
        if not 0 <= index < self.size:
            raise LedgerError(f"there is no entry {index:,}: the ledger has {self.size:,}")
        low, high, path = 0, self.size, []
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        return tuple(reversed(path))

    def consistency(self, old_size: int) -> tuple[bytes, ...]:
        """Prove that the tree begins with the tree of `old_size` (RFC 6962, section 2.1.2)."""
        if not 0 <= old_size <= self.size:
            raise LedgerError(f"the ledger has {self.size:,} entries, fewer than {old_size:,}")
        if old_size in (0, self.size):
            return ()
        low, high, path = 0, self.size, []
        while high != old_size:
            middle = low + _split(high - low)
            if old_size <= middle:
                path.append(self._range(middle, high))
                high = middle
            else:
                path.append(self._range(low, middle))
                low = middle
        if low:
            path.append(self._range(low, high))
        return tuple(reversed(path))

    def node(self, height: int, index: int) -> bytes:
        """Return the root over the leaves `index * 2**height` and the `2**height - 1` after it."""
        level, rest = divmod(height, HEIGHT)
        tile, offset = divmod(index << rest, WIDTH)
        hashes = self._tile(level, tile)[offset * HASH_SIZE : (offset + (1 << rest)) * HASH_SIZE]
        return perfect_root(hashes_in(hashes))

    def _tile(self, level: int, index: int) -> bytes:
        if (level, index) not in self._tiles:
            width = min(WIDTH, (self.size >> HEIGHT * level) - index * WIDTH)
            self._tiles[level, index] = self._reader.tile(level, index, width)
        return self._tiles[level, index]

    def _range(self, low: int, high: int) -> bytes:
        """Return the root over the leaves from `low` to before `high`.

        `low` is where a subtree at least so large begins, as in every split that RFC 6962 makes.
        """
        count = high - low
        if count & (count - 1) == 0:
            height = count.bit_length() - 1
            return self.node(height, low >> height)
        middle = low + _split(count)
        return node_hash(self._range(low, middle), self._range(middle, high))


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1
