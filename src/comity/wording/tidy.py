"""Making good what leaving words out leaves behind: spaces, commas, capitals, "a" and "an"."""

import re
from typing import Final

_RULES: Final = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"[ \t]{2,}", " "),
        (r" +(?=[.,!?;:)，。！？；：])", ""),
        (r" ?& ?(?=[.!?]|$)", ""),
        (r"(?<=[(（]) +", ""),
        (r"[,，] ?(?=[.,!?;:，。！？；：])", ""),
        (r"(?m)^[ \t]*[,.;:!，。；：！]+[ \t]*", ""),
        (r"\b([Aa])n (?=[b-df-hj-np-tv-zB-DF-HJ-NP-TV-Z][a-z])", r"\1 "),
        (r"(?<![\w'’])([Aa]) (?=[aeioAEIO][a-z])", r"\1n "),
        (r"(?m)^[ \t]+|[ \t]+$", ""),
    )
)
# Said with another sound than they are written.
_SILENT: Final = re.compile(
    r"\b([Aa])n? (?=(one|once|use|user|unit|uni|euro|hour|honest|honour)\w*)"
)
_VOWEL: Final = frozenset({"hour", "honest", "honour"})
_SENTENCE: Final = re.compile(r"(?:^|[.!?]\s+|\n)[\"“(]?([a-z])")


def tidy(text: str, original: str) -> str:
    """The text with its seams closed; sentences begin with a capital where they did before."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    text = _SILENT.sub(lambda m: f"{m[1]}{'n' if m[2] in _VOWEL else ''} ", text)
    if original[:1].isupper():
        text = _SENTENCE.sub(lambda m: m[0][:-1] + m[1].upper(), text)
    return text
