"""The signed tree head: what the ledger was at one moment, after C2SP tlog-checkpoint."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from comity.ledger.error import LedgerError
from comity.ledger.keys import SigningKey, VerifierKey, check_name, decode_base64
from comity.ledger.merkle import HASH_SIZE, MAX_SIZE
from comity.ledger.note import Note

_MAX_DIGITS: Final = len(str(MAX_SIZE))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger `origin` had `size` entries under `root`."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, key: SigningKey) -> str:
        """Write the signed note. The key bears the ledger's name."""
        if key.name != self.origin:
            raise LedgerError(f"the key of {key.name} cannot sign for {self.origin}")
        return str(Note(self.text).sign(key))

    @classmethod
    def open(cls, note: str | bytes, keys: Iterable[VerifierKey]) -> Self:
        """Read a checkpoint that one of the ledger's `keys` signed.

        Signatures of others (witnesses, say) are let be. Raises LedgerError.
        """
        checkpoint = cls.read(note)
        Note.parse(note).verify(key for key in keys if key.name == checkpoint.origin)
        return checkpoint

    @classmethod
    def read(cls, note: str | bytes) -> Self:
        """Read what a checkpoint says, whoever signed it. Raises LedgerError."""
        lines = Note.parse(note).text.split("\n")[:-1]
        # Lines after the third are extensions, which no monitor can check: ours have none.
        if len(lines) != 3:
            raise LedgerError("a checkpoint has three lines: origin, size and root")
        origin, size, root = lines
        check_name(origin)
        digits = size.isascii() and size.isdecimal() and len(size) <= _MAX_DIGITS
        if not digits or str(int(size)) != size or int(size) > MAX_SIZE:
            raise LedgerError(f"`{size[:30]}` is no size of a ledger")
        digest = decode_base64(root, "the root of this checkpoint")
        if len(digest) != HASH_SIZE:
            raise LedgerError(f"the root of this checkpoint is not {HASH_SIZE} bytes long")
        return cls(origin, int(size), digest)
