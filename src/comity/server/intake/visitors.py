"""Visitors of pages with a publishable key: nobody uses up what is there for all of them.

The noun is `Visitors`. Who somebody is goes by their address, which is forgotten with the minute
for which it is counted, is never written down, and is not kept as it is even so long.
"""

import secrets
from collections import OrderedDict
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import Final

from comity.server.intake.ratelimit import Allowance, Bucket

A_MINUTE: Final = 60
"""Drafts of one visitor: more than anyone types, the component asking as they write."""
_MOST: Final = 10_000
"""Visitors that are known at once; beyond that who asked longest ago is forgotten."""


class Visitors:
    """How much each visitor may still ask for."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._salt = secrets.token_bytes(16)
        self._buckets: OrderedDict[bytes, Bucket] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, key: int, rate: int, address: str, now: float) -> Allowance:
        """Count one call with a key; of a key with a small `rate` a visitor has a tenth."""
        who = blake2b(f"{key} {_network(address)}".encode(), key=self._salt, digest_size=8).digest()
        with self._lock:
            bucket = self._buckets.pop(who, None) or Bucket(max(1, min(A_MINUTE, rate // 10)), now)
            self._buckets[who] = bucket
            if len(self._buckets) > self._most:
                self._buckets.popitem(last=False)
        return bucket.take(1, now)


def _network(address: str) -> str:
    """Who has an address of IPv6 has the whole network around it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return str(int(found) >> 64)
    return str(found)
