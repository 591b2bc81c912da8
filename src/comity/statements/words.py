"""The phrases of a statement in both languages: the noun is `Words`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal

Language = Literal["en", "zh-Hans"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "zh-Hans")

PHRASES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_UNITS: Final = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def language_for(tag: str | None) -> Language:
    """The language in which we write to someone of this language: Chinese, or else English."""
    return "zh-Hans" if tag and tag.lower().split("-")[0] == "zh" else "en"


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def __call__(self, phrase: str, **values: object) -> str:
        return PHRASES[phrase][self.language].format(**values)

    def day(self, time: datetime) -> str:
        """A day as it is written in a letter, in UTC."""
        day = time.astimezone(UTC)
        if self.language == "en":
            return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
        return f"{day.year}年{day.month}月{day.day}日"

    def moment(self, time: datetime) -> str:
        return self("moment", day=self.day(time), time=f"{time.astimezone(UTC):%H:%M}")

    def length(self, length: timedelta) -> str:
        """A length of time in the largest unit that measures it in whole numbers."""
        seconds = max(int(length.total_seconds()), 1)
        size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
        n = seconds // size
        return self(f"{unit}s" if n != 1 else unit, n=n)

    def language_name(self, tag: str) -> str:
        base = tag.partition("-")[0]
        known = base in ("en", "zh")
        return self(f"language_{base}") if known else self("language_other", tag=tag)
