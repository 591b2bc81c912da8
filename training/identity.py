"""The sentences of the fairness report: each identity term in the same templates.

The noun is `Case`, the verb `cases()`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

TERMS = Path(__file__).with_name("identity.yaml")


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    language: str
    term: str
    toxic: bool


class _Terms(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str
    terms: list[str]
    harmless: list[str]
    harmful: list[str]


def cases(path: Path = TERMS) -> Iterator[Case]:
    """Every term in every template. Raises pydantic's ValidationError, which says where."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    for each in TypeAdapter(list[_Terms]).validate_python(raw):
        for toxic, templates in enumerate((each.harmless, each.harmful)):
            for template in templates:
                for term in each.terms:
                    text = template.format(term=term)
                    capital = template.startswith("{") and template != "{term}"
                    text = text[0].upper() + text[1:] if capital else text
                    yield Case(text, each.language, term, bool(toxic))
