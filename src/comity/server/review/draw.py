"""Drawing cases for a second review, so that anyone who has the seed can draw them again."""

import hmac
from hashlib import sha256


def is_drawn(seed: bytes, case: int, share: float) -> bool:
    """Whether the lot falls on the case; over all seeds it falls on `share` of them, 0 to 1."""
    lot = int.from_bytes(hmac.digest(seed, b"second review of %d" % case, sha256)[:8])
    return lot < share * 2**64
