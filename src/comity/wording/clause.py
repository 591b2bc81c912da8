"""Who says what of whom, as far as the words before an attack in its clause tell.

"You are an idiot" may become "I disagree with you"; in "nobody said that you are an idiot" that
would turn the meaning round.
"""

import re
from typing import Final

_SIGNS: Final = re.compile(r"[.!?;,:\n。！？；，：]")
_FAR: Final = 60
"""Code points that are looked at; no clause that people follow is longer."""
_DENIED: Final = re.compile(
    r"n['’]?t\b|\b(?:not|never|no|none|nobody|nor|neither)\b|[不没别甭未非]", re.IGNORECASE
)
_REPORTED: Final = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|call(?:s|ed|ing)?|claim(?:s|ed)?|"
    r"ask(?:s|ed)?|if|whether|who)\b|[说叫骂称问谁]|如果|要是",
    re.IGNORECASE,
)


def denied(text: str, begin: int) -> bool:
    """Whether a word before `begin` in its clause denies what follows."""
    return bool(_DENIED.search(_before(text, begin)))


def reported(text: str, begin: int) -> bool:
    """Whether what follows `begin` is told of somebody, asked or supposed."""
    return bool(_REPORTED.search(_before(text, begin)))


def _before(text: str, begin: int) -> str:
    return _SIGNS.split(text[max(0, begin - _FAR) : begin])[-1]
