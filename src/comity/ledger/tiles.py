"""The tree cut into files that never change, after C2SP tlog-tiles.

The noun is `Tile`: up to 256 neighbouring hashes of one level, where each hash of level l + 1 is
the root over a full tile of level l. `HashReader` is how the rest of the room gets at them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from comity.ledger.error import LedgerError
from comity.ledger.merkle import HASH_SIZE

HEIGHT: Final = 8
WIDTH: Final = 2**HEIGHT


@dataclass(frozen=True, slots=True)
class Tile:
    """The first `len(hashes) / 32` hashes of tile `index` on `level`."""

    level: int
    index: int
    hashes: bytes

    @property
    def width(self) -> int:
        return len(self.hashes) // HASH_SIZE

    @property
    def path(self) -> str:
        return tile_path(str(self.level), self.index, self.width)


class HashReader(Protocol):
    """Where hashes come from: a table, a folder, a mirror's web site."""

    def tile(self, level: int, index: int, width: int) -> bytes:
        """Return the first `width` hashes (1 to 256) of a tile, 32 bytes each.

        Raises LedgerError where there are not so many.
        """
        ...


class MemoryTiles:
    """Tiles kept in memory: what `append` gives back is put in."""

    def __init__(self, tiles: Mapping[tuple[int, int], bytes] | None = None) -> None:
        self._tiles = dict(tiles or {})

    def put(self, tile: Tile) -> None:
        self._tiles[tile.level, tile.index] = tile.hashes

    def tile(self, level: int, index: int, width: int) -> bytes:
        return first_hashes(self._tiles.get((level, index), b""), level, index, width)


def first_hashes(hashes: bytes, level: int, index: int, width: int) -> bytes:
    """Cut stored hashes to the width asked for. Raises LedgerError where they are too few."""
    if len(hashes) < width * HASH_SIZE:
        path = tile_path(str(level), index, width)
        raise LedgerError(f"{path} is missing: {len(hashes) // HASH_SIZE} of its {width} hashes")
    return hashes[: width * HASH_SIZE]


def tile_path(level: str, index: int, width: int = WIDTH) -> str:
    """Return where a tile lies under a ledger's address; `level` is a number or "entries"."""
    digits = f"{index:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    path = "/".join([f"tile/{level}", *(f"x{group}" for group in groups[:-1]), groups[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, index, width) of each tile that a tree of `size` leaves has."""
    level, count = 0, size
    while count:
        for index in range(-(-count // WIDTH)):
            yield level, index, min(WIDTH, count - index * WIDTH)
        level, count = level + 1, count // WIDTH


def hashes_in(tile: bytes) -> list[bytes]:
    return [tile[i : i + HASH_SIZE] for i in range(0, len(tile), HASH_SIZE)]
