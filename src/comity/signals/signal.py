"""The words of measurement: what a signal is, what values it takes, what a measurement holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = bool | int | float | str | tuple[str, ...] | None
"""What a signal can be. None is "unknown": not measured, or not measurable for this post."""


class Kind(StrEnum):
    """The type of a signal, as charter authors see it."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    TEXT = "text"
    TEXTS = "texts"


class Source(StrEnum):
    """Where a signal comes from, which is also how far to trust it."""

    MODEL = "model"
    TEXT = "text"
    AUTHOR = "author"
    THREAD = "thread"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Signal:
    """One named, typed measurement. Never a judgement."""

    name: str
    kind: Kind
    source: Source
    meaning: Mapping[str, str]
    """In each language of the product: "en", "zh-Hans"."""
    low: float | None = None
    high: float | None = None
    languages: tuple[str, ...] = ()
    """Where it is measured; empty: everywhere. Elsewhere it is unknown."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the text carried a score: code points, end exclusive."""

    attribute: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class ModelRef:
    """Which model measured: scores change only when this does."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Signals:
    """What was measured about one event."""

    values: Mapping[str, Value]
    spans: tuple[Span, ...] = ()
    model: ModelRef | None = None

    def with_values(self, more: Mapping[str, Value]) -> "Signals":
        return Signals({**self.values, **more}, self.spans, self.model)
