"""A text with signatures, after C2SP signed-note: what a checkpoint is written as.

The noun is `Note`. Its text means nothing until `verify` found a signature by a key we trust.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from comity.ledger.error import LedgerError
from comity.ledger.keys import SigningKey, VerifierKey, check_name, decode_base64

MAX_NOTE: Final = 128 * 1024
"""Bytes of a note: room for its text and 16 post-quantum signatures."""
MAX_SIGNATURES: Final = 64
_DASH: Final = "— "


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, by name and 4-byte key id, and the signature."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> Self:
        name, space, encoded = line.removeprefix(_DASH).partition(" ")
        if not line.startswith(_DASH) or not space:
            raise LedgerError("a signature line of a note reads `— name base64`")
        check_name(name)
        data = decode_base64(encoded, f"the signature of {name}")
        if len(data) <= 4:
            raise LedgerError(f"the signature of {name} is too short")
        return cls(name, data[:4], data[4:])

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """`text` ends with a line break; signatures by unknown keys are kept as they are."""

    text: str
    signatures: tuple[Signature, ...] = ()

    @classmethod
    def parse(cls, data: str | bytes) -> Self:
        """Read a note, signatures unchecked. Raises LedgerError."""
        if len(data) > MAX_NOTE:
            raise LedgerError(f"this note is too long: more than {MAX_NOTE:,} bytes")
        try:
            whole = data if isinstance(data, str) else data.decode()
            whole.encode()
        except UnicodeError:
            raise LedgerError("this note is not UTF-8") from None
        if any(char < " " and char != "\n" for char in whole):
            raise LedgerError("this note has control characters in it")
        text, blank, signatures = whole.rpartition("\n\n")
        if not blank or not signatures.endswith("\n"):
            raise LedgerError("a note is a text, an empty line, and signature lines")
        lines = signatures[:-1].split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise LedgerError(f"this note has more than {MAX_SIGNATURES} signatures")
        return cls(text + "\n", tuple(Signature.parse(line) for line in lines))

    def __str__(self) -> str:
        return "\n".join([self.text, *map(str, self.signatures)]) + "\n"

    def sign(self, key: SigningKey) -> Self:
        """Add a signature."""
        verifier = key.verifier
        signature = Signature(verifier.name, verifier.id, key.sign(self.text.encode()))
        return type(self)(self.text, (*self.signatures, signature))

    def verify(self, keys: Iterable[VerifierKey]) -> VerifierKey:
        """Return the first of `keys` that signed.

        Raises LedgerError where none did, or where a signature by one of them is wrong.
        """
        known = {(key.name, key.id): key for key in keys}
        signers = []
        for signature in self.signatures:
            key = known.get((signature.name, signature.key_id))
            if key is None:
                continue
            if not key.verifies(signature.signature, self.text.encode()):
                raise LedgerError(f"the signature of {key.name} is forged")
            signers.append(key)
        if not signers:
            raise LedgerError("no key that we trust signed this")
        return signers[0]
