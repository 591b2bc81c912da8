"""A small world for the tests: a catalogue with every kind, a list, and events full of edges."""

from random import Random
from typing import Any

from comity.charter.condition import Condition
from comity.signals import Kind, Signal, Source

CATALOGUE = {
    name: Signal(name, kind, Source.TEXT, {"en": name}, low, high)
    for name, kind, low, high in (
        ("insult", Kind.NUMBER, 0.0, 1.0),
        ("age", Kind.NUMBER, None, None),
        ("words", Kind.INTEGER, 0.0, None),
        ("links", Kind.INTEGER, 0.0, None),
        ("text", Kind.TEXT, None, None),
        ("language", Kind.TEXT, None, None),
        ("domains", Kind.TEXTS, None, None),
        ("quotes", Kind.BOOLEAN, None, None),
        ("reply", Kind.BOOLEAN, None, None),
    )
}
LISTS = {"shorteners": ("bit.example", "tiny.example", "é"), "tongues": ("en", "zh")}

NUMBERS = (0.0, 0.1, 0.2, 0.30000000000000004, 0.5, 0.8, 1.0, 2.0, 2.5, 3.0, 100.0)
EDGE_NUMBERS = (-0.0, -1.0, 5e-324, 1e-300, 1e15, 2.0**53, 1e300, -1.7976931348623157e308)
WHOLES = (0, 1, 2, 3, 5, 10, 100)
EDGE_WHOLES = (-1, -7, 2**31, 2**53, 2**53 + 1, 2**63 - 1, -(2**63))
TEXTS = (
    "",
    "a",
    "A",
    "ab",
    "abc",
    "a%b",
    "a_b",
    "en",
    "zh",
    "é",
    "e\u0301",
    "İ",
    "ß",
    "谢谢",
    "😀b",
)
EDGE_TEXTS = (
    "a\nb",
    "\0",
    "a\0b",
    "it's",
    "\\",
    "a\\b",
    "\ufeffa",
    "\U0010ffff",
    "\t a ",
    "ab" * 99,
)
LIST_VALUES = ((), ("a",), ("a", "b"), ("bit.example",), ("é", "é"), ("", "zh"), ("a\0b",))


def events(count: int, *, edges: bool) -> list[dict[str, Any]]:
    """Make events over the catalogue, a quarter of their values unknown."""
    random = Random(20261123)
    pools: dict[Kind, tuple[Any, ...]] = {
        Kind.NUMBER: NUMBERS + EDGE_NUMBERS * edges,
        Kind.INTEGER: WHOLES + EDGE_WHOLES * edges,
        Kind.TEXT: TEXTS + EDGE_TEXTS * edges,
        Kind.TEXTS: LIST_VALUES,
        Kind.BOOLEAN: (True, False),
    }
    return [
        {
            name: random.choice(pools[signal.kind]) if random.random() < 0.75 else None
            for name, signal in CATALOGUE.items()
        }
        for _ in range(count)
    ]


ANYTHING = events(300, edges=True)
TAME = events(300, edges=False)
"""Events that no calculation overflows on: there DuckDB raises where we say unknown."""


def condition(text: str) -> Condition:
    return Condition.parse(text, CATALOGUE, LISTS)
