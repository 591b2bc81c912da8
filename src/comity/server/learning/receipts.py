"""Receipts: what a draft was advised, signed, so that its outcome can be told later.

The server keeps nothing of a draft. What is to be counted once its fate is known goes out with the
advice and comes back with the outcome; the signature says that it is ours.
"""

from collections import OrderedDict
from dataclasses import asdict, dataclass
from hashlib import sha256
from threading import Lock
from typing import Any, Final

from django.core import signing

_SALT: Final = "comity.drafts"
_LASTS: Final = 24 * 3600
_REMEMBERED: Final = 20_000
LONGEST: Final = 4_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that is counted of a draft: no text, no author, no time."""

    holdout: int
    arm: str
    remedy: str
    language: str
    articles: tuple[str, ...]

    def sign(self) -> str:
        return signing.dumps(asdict(self), salt=_SALT, compress=True)


class Receipts:
    """Takes each receipt once; the latest are known by their hash, in memory only."""

    def __init__(self) -> None:
        self._taken: OrderedDict[bytes, None] = OrderedDict()
        self._lock = Lock()

    def take(self, signed: str) -> Receipt | None:
        """The receipt; None if it is not ours, too old, or was taken before."""
        if len(signed) > LONGEST:
            return None
        try:
            told: dict[str, Any] = signing.loads(signed, salt=_SALT, max_age=_LASTS)
        except signing.BadSignature:
            return None
        digest = sha256(signed.encode()).digest()
        with self._lock:
            if digest in self._taken:
                return None
            self._taken[digest] = None
            if len(self._taken) > _REMEMBERED:
                self._taken.popitem(last=False)
        return Receipt(**{**told, "articles": tuple(told["articles"])})
