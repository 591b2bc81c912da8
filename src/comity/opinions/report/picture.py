"""The drawings of the page: people on the opinion map, and the votes of a group as a bar."""

from typing import Any, Final
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from comity.markup import node
from comity.opinions.conversation import Conversation
from comity.opinions.report.words import LETTERS, Words

WIDTH: Final = 880
HEIGHT: Final = 520
MARGIN: Final = 28
MAX_DOTS: Final = 2_000
_FIELD: Final = 0.9
"""So much of a group, the nearest its middle, is in its field."""

Points = NDArray[np.float64]


def opinion_map(conversation: Conversation, words: Words) -> Element:
    """Everyone in the conversation, each group with a field and its letter."""
    labels = conversation.groups.labels
    inside = labels >= 0
    places, labels = _on_paper(conversation.positions[inside]), labels[inside]
    groups = [places[labels == group] for group in range(conversation.groups.count)]
    step = -(-len(places) // MAX_DOTS)
    dots = [
        node("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", class_=f"group-{label}")
        for (x, y), label in zip(places[::step].tolist(), labels[::step].tolist(), strict=True)
    ]
    return node(
        "svg",
        node("title", words("map")),
        *(_field(mine, group) for group, mine in enumerate(groups)),
        *dots,
        *(_letter(mine, group) for group, mine in enumerate(groups)),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )


def bar(agrees: int, passes: int, disagrees: int) -> Element:
    """How a group voted, as shares of the width."""
    seen = max(agrees + passes + disagrees, 1)
    parts, left = [], 0.0
    for name, votes in (("agree", agrees), ("pass", passes), ("disagree", disagrees)):
        width = 100 * votes / seen
        size = {"x": f"{left:.2f}", "width": f"{width:.2f}", "height": "10"}
        parts.append(node("rect", class_=name, **size))
        left += width
    track = node("rect", class_="track", width="100", height="10")
    options: dict[str, Any] = {"preserveAspectRatio": "none", "aria_hidden": "true"}
    return node("svg", track, *parts, viewBox="0 0 100 10", class_="bar", **options)


def _on_paper(points: Points) -> Points:
    """Positions (n, 2) as places on the map; the few who are far out stand at its edge."""
    low, high = np.percentile(points, [1, 99], axis=0)
    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    scale = (room / np.maximum(high - low, 1e-9)).min() if (high > low).any() else 1.0
    places = (points - (low + high) / 2) * [scale, -scale] + [WIDTH / 2, HEIGHT / 2]
    paper: Points = np.clip(places, MARGIN / 2, [WIDTH - MARGIN / 2, HEIGHT - MARGIN / 2])
    return paper


def _field(places: Points, group: int) -> Element:
    apart = np.hypot(*(places - np.median(places, axis=0)).T)
    near = places[np.argsort(apart, kind="stable")[: max(3, int(_FIELD * len(places)))]]
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in _hull(near))
    return node("polygon", points=corners, class_=f"field group-{group}")


def _letter(places: Points, group: int) -> Element:
    x, y = np.median(places, axis=0)
    letter = LETTERS[group]
    return node("text", letter, x=f"{x:.1f}", y=f"{y:.1f}", class_=f"letter group-{group}")


def _hull(places: Points) -> list[tuple[float, float]]:
    """The corners around places (n, 2). Source: Andrew's monotone chain (1979)."""
    ordered = sorted(set(map(tuple, places.tolist())))

    def chain(points: list[Any]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for x, y in points:
            while len(corners) > 1:
                (ax, ay), (bx, by) = corners[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                corners.pop()
            corners.append((x, y))
        return corners[:-1] if len(points) > 1 else corners

    return chain(ordered) + (chain(ordered[::-1]) if len(ordered) > 1 else [])
