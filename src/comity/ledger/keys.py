"""Who signs: Ed25519 keys in the text forms of C2SP signed-note.

The nouns are `SigningKey`, which stays with the server, and `VerifierKey`, which everyone may have.
"""

import base64
import binascii
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from comity.ledger.error import LedgerError

SEED_SIZE: Final = 32
MAX_NAME: Final = 255
_ED25519: Final = b"\x01"
_PRIVATE: Final = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What checks a signature: `name+id+base64`, the id being 4 bytes in hexadecimal digits."""

    name: str
    public: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_name(self.name)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key. Raises LedgerError."""
        name, key_id, public = _split(text.strip(), "a public key looks like name+1a2b3c4d+AbC…=")
        key = cls(name, public)
        if key.id.hex() != key_id:
            raise LedgerError(f"this key was miscopied: its id is {key.id.hex()}, not {key_id}")
        return key

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_base64(_ED25519 + self.public)}"

    def verifies(self, signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs. `text` is the secret itself; printing the key shows its name only."""

    name: str
    _private: Ed25519PrivateKey = field(repr=False)
    verifier: VerifierKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        public = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        object.__setattr__(self, "verifier", VerifierKey(self.name, public))

    @classmethod
    def from_seed(cls, name: str, seed: bytes) -> Self:
        """Make a key of 32 random bytes; the same bytes make the same key."""
        if len(seed) != SEED_SIZE:
            raise LedgerError(f"a key is made of {SEED_SIZE} random bytes, not of {len(seed)}")
        check_name(name)
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key from `PRIVATE+KEY+name+id+base64`. Raises LedgerError."""
        text = text.strip()
        hint = "a signing key looks like PRIVATE+KEY+name+1a2b3c4d+AbC…="
        if not text.startswith(_PRIVATE):
            raise LedgerError(hint)
        name, key_id, seed = _split(text.removeprefix(_PRIVATE), hint)
        key = cls.from_seed(name, seed)
        if key.verifier.id.hex() != key_id:
            raise LedgerError(f"this key was miscopied: its id is not {key_id}")
        return key

    @property
    def text(self) -> str:
        secret = _base64(_ED25519 + self._private.private_bytes_raw())
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{secret}"

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)


def check_name(name: str) -> None:
    """Raise LedgerError unless `name` may name a key or a ledger."""
    spoilt = any(char.isspace() or char == "+" or not char.isprintable() for char in name)
    if not name or len(name) > MAX_NAME or spoilt:
        raise LedgerError(
            f"`{name[:MAX_NAME]!a}` cannot name a key: write an address without spaces and plus "
            "signs, like town.example/ledger"
        )


def decode_base64(text: str, what: str) -> bytes:
    """Decode the one base64 spelling of some bytes. Raises LedgerError."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or _base64(data) != text:
        raise LedgerError(f"{what} is not base64")
    return data


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _split(text: str, hint: str) -> tuple[str, str, bytes]:
    """Take `name+id+base64(0x01 and 32 bytes)` apart. The base64 may hold plus signs itself."""
    parts = text.split("+", 2)
    if len(parts) != 3 or len(text) > MAX_NAME + 100:
        raise LedgerError(hint)
    name, key_id, encoded = parts
    data = decode_base64(encoded, "the end of this key")
    if len(data) != 1 + SEED_SIZE or data[:1] != _ED25519:
        raise LedgerError("this is no Ed25519 key; " + hint)
    return name, key_id, data[1:]
