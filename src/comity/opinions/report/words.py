"""What the page says, in both languages: the noun is `Words`, phrases looked up by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Language = Literal["en", "zh-Hans"]

PHRASES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
LETTERS: Final = "ABCDE"
MAX_TEXT: Final = 600


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its values; whole numbers are grouped by thousands."""
        shown = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
        return PHRASES[phrase][self.language].format(**shown)


def plain(text: str) -> str:
    """A text of a member as it can stand on a page: not too long, without what cannot be seen."""
    seen = " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * MAX_TEXT]).split())
    return seen if len(seen) <= MAX_TEXT else seen[: MAX_TEXT - 1] + "…"
