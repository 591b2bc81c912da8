"""Entries in files of up to 256, after C2SP tlog-tiles: each after its length in two bytes."""

from collections.abc import Iterable, Iterator

from comity.ledger.error import LedgerError


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """Join entries of at most 65,535 bytes each."""
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def read_bundle(data: bytes) -> Iterator[bytes]:
    """Take a bundle apart. Raises LedgerError at an entry that is cut off."""
    at = 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start])
        if at > len(data):
            raise LedgerError("an entry is cut off: its bundle ends before it does")
        yield data[start:at]
