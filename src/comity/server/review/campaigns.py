"""What posts of one campaign share: words that hardly differ, or a host that they link to."""

from hashlib import sha256
from typing import Final

import re2

from comity.signals.links import find_hosts, host_of
from comity.signals.views import plain

_LEAST: Final = 12
"""Letters below which two texts are alike by chance: thanks, congratulations, first!"""
_LOOSE: Final = re2.compile(r"https?://\S+|[^\pL]+")


def digest(text: str) -> str:
    """A name for all texts with these words, whatever their numbers, links, signs and disguises.

    Empty for a text that is too short to be told from others.
    """
    words = _LOOSE.sub("", plain(text))
    return (
        sha256(words.encode("utf-8", "surrogatepass")).hexdigest() if len(words) >= _LEAST else ""
    )


def first_host(text: str, links: tuple[str, ...] = ()) -> str:
    """The host that a post links to first, in its text or beside it; empty where there is none."""
    hosts = find_hosts(text) or [host_of(link) for link in links]
    return next((host for host in hosts if 0 < len(host) <= 253), "")
