"""Texts that strangers wrote, made fit to be shown."""

from typing import Final

_JOINERS: Final = "\u200c\u200d\ufe0f"
"""Invisible, but emoji and several scripts are made with them."""


def shorten(text: str, length: int) -> str:
    """One line of at most `length` code points, without what a terminal or page would act on."""
    line = " ".join(text[: 4 * length].split())
    plain = "".join(char for char in line if char.isprintable() or char in _JOINERS)
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"
