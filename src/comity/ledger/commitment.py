"""What lets an entry vouch for a content without holding it.

A commitment is SHA-256 over a salt and the content. Whoever has both can show that they belong to
the entry; once the salt is forgotten, nobody can tell what was committed to, not even by trying
every likely content. So each content gets a salt of its own, and erasing is forgetting the two.
"""

import hmac
from hashlib import sha256
from typing import Final

from comity.ledger.error import LedgerError

SALT_SIZE: Final = 16
"""Random bytes, of one length always, so that no part of a content can pass for salt."""


def commit(content: bytes, salt: bytes) -> str:
    """Return the commitment to `content`, 64 hexadecimal digits."""
    if len(salt) != SALT_SIZE:
        raise LedgerError(f"a salt is {SALT_SIZE} random bytes, not {len(salt)}")
    return sha256(salt + content).hexdigest()


def opens(commitment: str, content: bytes, salt: bytes) -> bool:
    """Tell whether `commitment` was made of this content and salt."""
    return hmac.compare_digest(commitment.encode(), commit(content, salt).encode())
