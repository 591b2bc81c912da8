"""A ledger as a folder of files that any web server can offer, after C2SP tlog-tiles.

The noun is `LedgerFolder`, the verb `export`. Beside `checkpoint`, the newest, the folder
`checkpoints` keeps all that were signed, each under its size.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from comity.errors import Diagnostic
from comity.ledger.bundle import read_bundle, write_bundle
from comity.ledger.checkpoint import Checkpoint
from comity.ledger.error import LedgerError
from comity.ledger.merkle import HASH_SIZE
from comity.ledger.note import MAX_NOTE
from comity.ledger.reader import LedgerReader
from comity.ledger.tiles import WIDTH, first_hashes, tile_path, tiles_of

_MAX_BUNDLE: Final = (WIDTH + 1) * (2 + 2**16 - 1)
"""Bytes: a full bundle, and one entry that somebody slipped in."""
_BUNDLE: Final = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class LedgerFolder:
    """A folder that `export` wrote, or a copy of one. Nothing in it is trusted."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises LedgerError where there is no ledger."""
        self._path = path
        if not (path / "checkpoint").is_file():
            message = "there is no ledger here: the file `checkpoint` is missing"
            hint = "name a folder that `comity ledger export` wrote, or a data folder with --data"
            raise LedgerError([Diagnostic(message, hint, file=str(path))])
        self._bundles = self._find_bundles()

    @property
    def size(self) -> int:
        return sum(self._bundles.values())

    def entries(self, start: int = 0) -> Iterator[bytes]:
        skip = start
        for index, width in sorted(self._bundles.items()):
            data = _read(self._path / tile_path("entries", index, width), _MAX_BUNDLE)
            # An entry that is cut off ends its bundle; those after it will be named as missing.
            with suppress(LedgerError):
                for entry in read_bundle(data):
                    if skip:
                        skip -= 1
                    else:
                        yield entry

    def tile(self, level: int, index: int, width: int) -> bytes:
        for wide in (WIDTH, *range(width, WIDTH)):
            file = self._path / tile_path(str(level), index, wide)
            if file.is_file():
                return first_hashes(_read(file, WIDTH * HASH_SIZE), level, index, width)
        return first_hashes(b"", level, index, width)

    def checkpoints(self) -> Iterator[str]:
        folder = self._path / "checkpoints"
        names = [file.name for file in folder.iterdir()] if folder.is_dir() else []
        sizes = sorted(int(name) for name in names if re.fullmatch("0|[1-9][0-9]{0,18}", name))
        newest = _read_text(self._path / "checkpoint")
        with suppress(LedgerError):
            if Checkpoint.read(newest).size in sizes:
                # It stands in the history too, unless the two differ and both are to be checked.
                newest = newest if newest != self._signed(Checkpoint.read(newest).size) else ""
        for size in sizes:
            yield self._signed(size)
        if newest:
            yield newest

    def _signed(self, size: int) -> str:
        return _read_text(self._path / "checkpoints" / str(size))

    def _find_bundles(self) -> dict[int, int]:
        """Return the widest bundle that there is of each index."""
        bundles: dict[int, int] = {}
        root = self._path / "tile" / "entries"
        for file in root.rglob("*"):
            match = _BUNDLE.fullmatch(file.relative_to(root).as_posix())
            if match and file.is_file():
                index = int(match[1].replace("x", "").replace("/", ""))
                width = int(match[2] or WIDTH)
                if file == self._path / tile_path("entries", index, width):
                    bundles[index] = max(width, bundles.get(index, 0))
        return bundles


def export(
    reader: LedgerReader, folder: Path, on_progress: Callable[[int], None] = lambda _: None
) -> Checkpoint:
    """Write a ledger, up to its newest checkpoint, as files; or bring such a folder up to date.

    The checkpoint comes last, so that a mirror never promises what it does not yet have.
    Returns it. Raises LedgerError where there is none, or where hashes are missing.
    """
    newest = ""
    for note in reader.checkpoints():
        newest = note
        _write(folder / "checkpoints" / str(Checkpoint.read(note).size), note.encode())
    if not newest:
        raise LedgerError("this ledger has no checkpoint yet, so there is nothing to prove with")
    checkpoint = Checkpoint.read(newest)
    stream = islice(reader.entries(), checkpoint.size)
    for level, index, width in tiles_of(checkpoint.size):
        _write(folder / tile_path(str(level), index, width), reader.tile(level, index, width))
        if level == 0:
            bundle = write_bundle(islice(stream, width))
            _write(folder / tile_path("entries", index, width), bundle)
            on_progress(index * WIDTH + width)
    _write(folder / "checkpoint", newest.encode())
    return checkpoint


def _write(file: Path, data: bytes) -> None:
    draft = file.with_name(f"{file.name}.draft")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(data)
        draft.replace(file)
    except OSError as error:
        message = f"the ledger cannot be written here: {error.strerror}"
        raise LedgerError([Diagnostic(message, file=str(file))]) from None


def _read(file: Path, limit: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(limit)
    except OSError as error:
        message = f"this part of the ledger cannot be read: {error.strerror}"
        raise LedgerError([Diagnostic(message, file=str(file))]) from None


def _read_text(file: Path) -> str:
    return _read(file, MAX_NOTE + 1).decode(errors="replace")
