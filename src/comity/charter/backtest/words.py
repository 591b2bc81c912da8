"""What a report of a backtest says, in both languages, and how it writes numbers.

The noun is `Words`: one language's phrases, looked up by name.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from comity.charter.backtest.texts import shorten
from comity.charter.remedy import Remedy
from comity.proportions import Proportion

Language = Literal["en", "zh-Hans"]

PHRASES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its values; whole numbers are grouped by thousands."""
        shown = {
            name: number(value) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return PHRASES[phrase][self.language].format(**shown)

    def remedy(self, remedy: Remedy) -> str:
        return self(f"remedy_{remedy.value}")

    def of(self, texts: Mapping[str, str]) -> str:
        """A community's own text: in this language where there is one, else in its first."""
        return texts.get(self.language) or next(iter(texts.values()), "")

    def group(self, value: str | None) -> str:
        return self("unknown_group") if value is None else shorten(value, 40)

    def precision(self, proportion: Proportion) -> str:
        """In how many rulings reviewers agreed, in words."""
        if not proportion.total:
            return self("no_rulings")
        count, total = proportion.count, proportion.total
        return self("precision_of", count=count, total=total, interval=self.interval(proportion))

    def interval(self, proportion: Proportion) -> str:
        low, high = proportion.interval
        return f"{percent(low)} – {percent(high)}"


def number(value: int) -> str:
    return f"{value:,}"


def percent(share: float | None) -> str:
    """With as many digits as tell something: 12.3%, 0.45%, 0.012%, 99.95%."""
    if share is None:
        return "–"
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.00001:
        return "<0.001%"
    tail = min(share, 1 - share)
    digits = 1 if tail >= 0.01 else 2 if tail >= 0.001 else 3
    return f"{share:.{digits}%}"


def points(difference: float) -> str:
    """A difference of two shares in percentage points."""
    return f"{100 * difference:.{1 if abs(difference) >= 0.01 else 2}f}"
