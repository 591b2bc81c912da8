"""How pressing a case is, 0 to 100: what queues are sorted and routed by."""

from collections.abc import Mapping
from typing import Any, Final

HARMS: Final = (
    "toxicity",
    "severe_toxicity",
    "insult",
    "identity_attack",
    "threat",
    "profanity",
    "sexually_explicit",
)
"""The scores that say how hard a text is to read."""
HIGHEST: Final = 100
_BASE: Final[Mapping[str, int]] = {
    "allow": 0,
    "nudge": 10,
    "label": 20,
    "limit": 30,
    "hold": 40,
    "remove": 50,
}
_REPORT: Final = 10
_REPORTS: Final = 3


def hardness(signals: Mapping[str, Any]) -> int:
    """The highest of the scores for harm, in percent; 0 where none is known."""
    scores = (signals.get(name) for name in HARMS)
    return round(100 * max((score for score in scores if isinstance(score, float)), default=0.0))


def severity(remedy: str, score: int, reports: int) -> int:
    """From what was decided (0 to 50), how hard the text is (0 to 40), and who reported it.

    `score` is a percentage, `reports` the members who reported the post: each counts 10, and no
    more than three do, so that a crowd cannot push a post ahead of everything else.
    """
    pressing = _BASE[remedy] + round(0.4 * score) + _REPORT * min(reports, _REPORTS)
    return min(HIGHEST, pressing)
