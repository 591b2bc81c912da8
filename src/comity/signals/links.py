"""Links and mentions in a text.

The verbs are `find_hosts` and `count_mentions`. Matching is linear in the text (RE2).
"""

import re
from typing import Final
from unicodedata import normalize

import re2

# A host after a scheme; or a bare domain, which must go on with a path or end in a common domain
# that is no word, so that "e.g.", "node.js" and "the end.Live on" are none; nor is an e-mail's.
_LINK: Final = re2.compile(
    r"(?i)\bhttps?://([^\s/?#<>\"'，。、；！？（）「」]+)|(@?)\b"
    r"((?:[a-z0-9-]{1,63}\.)+(?:com|net|org|biz|xyz|icu|io|ru|cn|tk|cc|tv|gg|ly|[a-z]{2,24}/))"
    r"(?:\b|$)"
)
_INNER_DOT: Final = re.compile(r"\.\w")
_MENTION: Final = re2.compile(r"(?:^|[^A-Za-z0-9_.@＠/-])[@＠][\pL\pN_]")


def find_hosts(text: str) -> list[str]:
    """The host of each link, in order, as `host_of` writes it."""
    if "://" not in text and not _INNER_DOT.search(text):
        return []
    found = _LINK.findall(text)
    return [host_of(host or bare) for host, at_sign, bare in found if not at_sign]


def host_of(url: str) -> str:
    """The host of a link as lists name it: lower case, without user, port and `www.`."""
    _, scheme, rest = url.partition("://")
    authority = (rest if scheme else url).partition("/")[0].partition("?")[0].partition("#")[0]
    host = authority.rpartition("@")[2].partition(":")[0]
    return normalize("NFKC", host).lower().strip(".").removeprefix("www.")


def count_mentions(text: str) -> int:
    """How often someone is addressed as `@name`; an e-mail address is no mention."""
    if "@" not in text and "＠" not in text:
        return 0
    return len(_MENTION.findall(text))
