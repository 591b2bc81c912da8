"""Where a ledger is read from: the one thing that verifying, proving and exporting need of it."""

from collections.abc import Iterator
from typing import Protocol

from comity.ledger.tiles import HashReader


class LedgerReader(HashReader, Protocol):
    """A ledger as someone stores it. Nothing of it is trusted."""

    @property
    def size(self) -> int:
        """How many entries there are to read."""
        ...

    def entries(self, start: int = 0) -> Iterator[bytes]:
        """Yield the entries in the order in which they are stored, but for the first `start`."""
        ...

    def checkpoints(self) -> Iterator[str]:
        """Yield every signed checkpoint that is kept, the smallest first."""
        ...
