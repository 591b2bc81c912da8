"""A proof that one can keep: that an entry is in the ledger, checked without asking anyone.

The noun is `InclusionProof`; its text form is C2SP tlog-proof (`.tlog-proof` files).
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from comity.ledger.checkpoint import Checkpoint
from comity.ledger.error import LedgerError
from comity.ledger.keys import VerifierKey, decode_base64
from comity.ledger.merkle import MAX_SIZE, leaf_hash, verify_inclusion
from comity.ledger.note import MAX_NOTE
from comity.ledger.tiles import HashReader
from comity.ledger.tree import Tree

_HEADER: Final = "c2sp.org/tlog-proof@v1"
_MAX_PROOF: Final = MAX_NOTE + 8 * 1024


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Entry `index` is in the tree of `checkpoint` (a signed note); `hashes` lead to its root."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str

    @classmethod
    def make(cls, index: int, checkpoint: str, reader: HashReader) -> Self:
        """Prove that entry `index` is in the ledger of `checkpoint`. Raises LedgerError."""
        tree = Tree(reader, Checkpoint.read(checkpoint).size)
        return cls(index, tree.inclusion(index), checkpoint)

    def verify(self, entry: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
        """Check that `entry` is in the ledger that one of its `keys` signed.

        Returns the checkpoint. Raises LedgerError, or ProofError where the hashes do not fit.
        """
        checkpoint = Checkpoint.open(self.checkpoint, keys)
        leaf = leaf_hash(entry)
        verify_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)
        return checkpoint

    def __str__(self) -> str:
        hashes = [base64.b64encode(digest).decode() for digest in self.hashes]
        return "\n".join([_HEADER, f"index {self.index}", *hashes, "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a proof, unchecked. Raises LedgerError."""
        if len(text) > _MAX_PROOF:
            raise LedgerError("this proof is too long")
        head, blank, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        if header != _HEADER or not blank:
            raise LedgerError(f"a proof begins with the line {_HEADER}")
        if lines and lines[0].startswith("extra "):
            # Data that other programs add; it is not signed, so nothing may rest on it.
            lines.pop(0)
        name, _, number = lines.pop(0).partition(" ") if lines else ("", "", "")
        digits = number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_SIZE))
        if name != "index" or not digits or str(int(number)) != number:
            raise LedgerError("a proof names its entry in a line like `index 42`")
        if len(lines) > 64:
            raise LedgerError("this proof has more hashes than any ledger needs")
        hashes = tuple(decode_base64(line, f"`{line:.60}`") for line in lines)
        return cls(int(number), hashes, checkpoint)
