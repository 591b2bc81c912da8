"""The colours hold the contrast that WCAG 2.2 AA asks for, in light and in dark."""

import re
from itertools import combinations
from pathlib import Path

import pytest

import comity.server.console as console
from comity.server.console import words

STATIC = Path(console.__file__).parent / "static/comity"
COLOURS = dict(
    re.findall(r"--([\w-]+): light-dark\((#\w+, #\w+)\)", (STATIC / "tokens.css").read_text())
)
REMEDIES = tuple(words.REMEDIES)
GROUNDS = ("paper", "surface", "raised")

TEXTS = [
    *((ink, ground) for ink in ("ink", "quiet", "accent") for ground in GROUNDS),
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("on-remove", "remove-soft"),
    *((remedy, ground) for remedy in REMEDIES for ground in ("paper", "surface")),
    *((remedy, f"{remedy}-soft") for remedy in REMEDIES if remedy != "remove"),
]
EDGES = [(edge, ground) for edge in ("edge", "focus", "accent") for ground in GROUNDS[:2]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_texts_can_be_read(ink: str, ground: str, theme: str) -> None:
    assert contrast(colour(ink, theme), colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_fields_and_focus_can_be_seen(edge: str, ground: str, theme: str) -> None:
    assert contrast(colour(edge, theme), colour(ground, theme)) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_remedies_differ_for_people_who_see_no_red_or_no_green(theme: str) -> None:
    seen = {remedy: deuteranope(colour(f"bar-{remedy}", theme)) for remedy in REMEDIES}
    for one, other in combinations(REMEDIES, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance > 0.05, (one, other)


def colour(name: str, theme: str) -> tuple[float, ...]:
    """Linear red, green and blue of a token."""
    written = COLOURS[name].split(", ")[theme == "dark"]
    channels = (int(written[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(rgb: tuple[float, ...]) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def deuteranope(rgb: tuple[float, ...]) -> tuple[float, ...]:
    """How a colour looks without the green receptor (Viénot, Brettel and Mollon, 1999)."""
    red, green, blue = rgb
    yellow = 0.29275 * red + 0.70725 * green
    return (yellow, yellow, -0.02234 * red + 0.02234 * green + blue)
