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
_EXTRA: Final = "extra "
_MAX_PROOF: Final = 2 * MAX_NOTE


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """Entry `index` is in the tree of `checkpoint` (a signed note); `hashes` lead to its root.

    It may bring the `entry` itself along, in the line that the format has for extra data.
    """

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    entry: bytes = b""

    @classmethod
    def make(cls, index: int, checkpoint: str, reader: HashReader, entry: bytes = b"") -> Self:
        """Prove that entry `index` is in the ledger of `checkpoint`. Raises LedgerError."""
        tree = Tree(reader, Checkpoint.read(checkpoint).size)
        return cls(index, tree.inclusion(index), checkpoint, entry)

    def verify(self, entry: bytes, keys: Iterable[VerifierKey]) -> Checkpoint:
        """Check that `entry`, from wherever, is in the ledger that one of its `keys` signed.

        Returns the checkpoint. Raises LedgerError, or ProofError where the hashes do not fit.
        """
        checkpoint = Checkpoint.open(self.checkpoint, keys)
        leaf = leaf_hash(entry)
        verify_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root)
        return checkpoint

    def __str__(self) -> str:
        extra = [_EXTRA + base64.b64encode(self.entry).decode()] if self.entry else []
        hashes = [base64.b64encode(digest).decode() for digest in self.hashes]
        return "\n".join([_HEADER, *extra, f"index {self.index}", *hashes, "", self.checkpoint])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a proof, unchecked. Raises LedgerError."""
        if len(text) > _MAX_PROOF:
            raise LedgerError("this proof is too long")
        head, blank, checkpoint = text.partition("\n\n")
        header, *lines = head.split("\n")
        if header != _HEADER or not blank:
            raise LedgerError(f"a proof begins with the line {_HEADER}")
        entry = b""
        if lines and lines[0].startswith(_EXTRA):
            entry = decode_base64(lines.pop(0).removeprefix(_EXTRA), "the extra data of this proof")
        name, _, number = lines.pop(0).partition(" ") if lines else ("", "", "")
        digits = number.isascii() and number.isdecimal() and len(number) <= len(str(MAX_SIZE))
        if name != "index" or not digits or str(int(number)) != number:
            raise LedgerError("a proof names its entry in a line like `index 42`")
        if len(lines) > 64:
            raise LedgerError("this proof has more hashes than any ledger needs")
        hashes = tuple(decode_base64(line, f"`{line:.60}`") for line in lines)
        return cls(int(number), hashes, checkpoint, entry)
