"""What may tell who somebody is, found and left out: addresses, handles, links, long numbers."""

import re
from typing import Final
from unicodedata import normalize

LEFT_OUT: Final = "[…]"

_TELLING: Final = re.compile(r"@|://|www\.|[0-9]{7}", re.IGNORECASE)
"""Looked for within one word, so that matching takes time linear in the text."""


def telling(text: str) -> str | None:
    """The first word of the text that may tell who somebody is; None where there is none."""
    return next((word for word in text.split() if _tells(word)), None)


def screened(text: str) -> str:
    """The text without such words, and with each run of white space as one space."""
    return " ".join(LEFT_OUT if _tells(word) else word for word in text.split())


def _tells(word: str) -> bool:
    # Full-width letters, digits and signs are the same to whoever reads them.
    return bool(_TELLING.search(normalize("NFKC", word)))
