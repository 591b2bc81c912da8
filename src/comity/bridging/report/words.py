"""What the page says, in both languages: the noun is `Words`, phrases looked up by name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

Language = Literal["en", "zh-Hans"]

PHRASES: Final[Mapping[str, Mapping[str, str]]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
MAX_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Words:
    language: Language

    def __call__(self, phrase: str, **values: object) -> str:
        """A phrase with its values; whole numbers are grouped by thousands."""
        shown = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
        return PHRASES[phrase][self.language].format(**shown)


def name(of: Any) -> str:
    """An id as it can stand on a page: in one line, not too long, without what cannot be seen."""
    text = "".join(char if char.isprintable() else "�" for char in str(of)[: MAX_NAME + 1])
    return text if len(text) <= MAX_NAME else text[: MAX_NAME - 1] + "…"
