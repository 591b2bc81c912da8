"""A ledger as the server stores it, read from its tables without the server.

Reading only, and with plain SQL, so that what checks the server shares none of its code.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from comity.errors import Diagnostic
from comity.ledger.error import LedgerError
from comity.ledger.tiles import WIDTH, first_hashes

_ENTRIES: Final = (
    'SELECT body FROM transparency_ledgerentry ORDER BY "index" LIMIT 9223372036854775807 OFFSET ?'
)
_LEAVES: Final = (
    'SELECT leaf_hash FROM transparency_ledgerentry WHERE "index" >= ? AND "index" < ?'
    ' ORDER BY "index"'
)
_TILE: Final = 'SELECT data FROM transparency_ledgertile WHERE level = ? AND "index" = ?'
_CHECKPOINTS: Final = "SELECT note FROM transparency_checkpoint ORDER BY size"
_SIZE: Final = "SELECT count(*) FROM transparency_ledgerentry"


class LedgerTables(ABC):
    """The ledger in a server's tables, whichever database they are in. Close it when done."""

    @property
    def size(self) -> int:
        return int(next(self._rows(_SIZE)))

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _rows(self, query: str, *values: int) -> Iterator[Any]:
        """The one column of each row, all from the same moment; `?` holds the place of a value."""

    def entries(self, start: int = 0) -> Iterator[bytes]:
        return map(_bytes, self._rows(_ENTRIES, start))

    def tile(self, level: int, index: int, width: int) -> bytes:
        hashes = b"".join(map(_bytes, self._rows(_TILE, level, index)))
        if not hashes and level == 0:
            # Until a tile is full, its hashes stand with the entries.
            first = index * WIDTH
            hashes = b"".join(map(_bytes, self._rows(_LEAVES, first, first + width)))
        return first_hashes(hashes, level, index, width)

    def checkpoints(self) -> Iterator[str]:
        for note in self._rows(_CHECKPOINTS):
            yield _bytes(note).decode(errors="replace")


class LedgerDatabase(LedgerTables):
    """The ledger in a server's SQLite file."""

    def __init__(self, file: Path) -> None:
        """Open it. Raises LedgerError where there is none."""
        self._file = file
        if not file.is_file():
            message, hint = "there is no database here", "name the server's data folder"
            raise LedgerError([Diagnostic(message, hint, file=str(file))])
        with self._explained():
            self._connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
            # What is stored as text may be anything, once somebody has tampered with it.
            self._connection.text_factory = bytes
            # One transaction, so that a server at work changes nothing under our eyes.
            self._connection.execute("BEGIN")

    def close(self) -> None:
        self._connection.close()

    def _rows(self, query: str, *values: int) -> Iterator[Any]:
        with self._explained():
            for (value,) in self._connection.execute(query, values):
                yield value

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            message = f"this database cannot be read as a ledger: {error}"
            raise LedgerError([Diagnostic(message, file=str(self._file))]) from None


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
