"""The model card as a page: how well each score does in each language, and all else it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from comity.server.console import words

_APART: Final = frozenset({"name", "version", "sha256", "attributes"})
"""What the page shows in its own way."""


@dataclass(frozen=True, slots=True)
class Test:
    """How well an attribute does in a language, on comments that the model never saw.

    `auc`: of two comments, one labelled so by people and one not, how often the right one scores
    higher. 0.5 is guessing. The rest draws it on a scale from 0.5 to 1, in percent of the width.
    """

    language: str
    comments: int
    auc: str
    used: bool
    at: float
    low: float
    width: float


@dataclass(frozen=True, slots=True)
class Quality:
    """An attribute and its tests."""

    attribute: str
    tests: tuple[Test, ...]


def qualities(card: Mapping[str, Any]) -> tuple[Quality, ...]:
    return tuple(
        Quality(name, tuple(_test(tag, found) for tag, found in about["test"].items()))
        for name, about in card["attributes"].items()
    )


def _test(language: str, found: Mapping[str, Any]) -> Test:
    low, high = found["interval"]
    return Test(
        words.language_name(language),
        found["comments"],
        f"{found['auc']:.2f}",
        found["shipped"],
        _scale(found["auc"]),
        _scale(low),
        round(_scale(high) - _scale(low), 1),
    )


def _scale(auc: float) -> float:
    return round(200 * min(max(auc - 0.5, 0.0), 0.5), 1)


@dataclass(frozen=True, slots=True)
class CardField:
    """A field of the model card: a text, fields of its own, or a table."""

    name: str
    text: str = ""
    fields: "tuple[CardField, ...]" = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def other_fields(card: Mapping[str, Any]) -> tuple[CardField, ...]:
    """Lay out what else there is: mappings nest, lists of mappings are tables, the rest is text."""
    return tuple(
        _card_field(str(name), value) for name, value in card.items() if name not in _APART
    )


def _card_field(name: str, value: Any) -> CardField:
    if isinstance(value, Mapping):
        rows = list(value.values())
        if rows and all(isinstance(row, Mapping) for row in rows):
            return _table(name, [{"": key, **row} for key, row in value.items()])
        return CardField(name, fields=other_fields(value))
    if isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
        return _table(name, value)
    return CardField(name, text=_cell(value))


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> CardField:
    columns = tuple(dict.fromkeys(str(column) for row in rows for column in row))
    cells = tuple(tuple(_cell(row.get(column)) for column in columns) for row in rows)
    return CardField(name, columns=columns, rows=cells)


def _cell(value: Any) -> str:
    match value:
        case None:
            return "–"
        case float():
            return f"{value:.4g}"
        case list() | tuple():
            return ", ".join(_cell(item) for item in value)
        case Mapping():
            return ", ".join(f"{key} {_cell(item)}" for key, item in value.items())
        case _:
            return str(value)
