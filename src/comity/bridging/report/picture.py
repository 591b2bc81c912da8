"""The drawings of the page: the notes on their axis, and one note's curve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np

from comity.bridging.fit import Fit
from comity.bridging.gaussian import LEAST, MOST
from comity.bridging.report.words import Words, name
from comity.bridging.status import (
    HELPFUL_FACTOR,
    HELPFUL_INTERCEPT,
    NOT_HELPFUL_INTERCEPT,
    NOT_HELPFUL_SLOPE,
    Scores,
)
from comity.bridging.sweep import Array
from comity.markup import node

WIDTH, HEIGHT, MARGIN, RATERS = 720, 460, 44, 56
MAX_DOTS: Final = 1_500
BARS: Final = 60


@dataclass(frozen=True, slots=True)
class Scale:
    """Where factors from -`side` to `side` and intercepts from `low` to `high` stand on paper."""

    side: float
    low: float
    high: float

    @classmethod
    def of(cls, fit: Fit, scores: Scores) -> "Scale":
        """A scale on which the thresholds and everything to be drawn can be seen."""
        wide = [HELPFUL_FACTOR, *map(_reach, (scores.factors, fit.rater_factors))]
        low = min(-0.2, float(scores.intercepts.min(initial=0.0)))
        high = max(0.6, float(scores.intercepts.max(initial=0.0)))
        return cls(1.1 * max(wide), low - 0.05, high + 0.05)

    def x(self, factor: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * (factor + self.side) / (2 * self.side)

    def y(self, intercept: float) -> float:
        tall = HEIGHT - MARGIN - RATERS
        return tall - (tall - 10) * (intercept - self.low) / (self.high - self.low)


def axis(fit: Fit, scores: Scores, words: Words) -> Element:
    """The notes by factor and intercept, the fields of the thresholds, and the raters below."""
    scale = Scale.of(fit, scores)
    floor = scale.y(scale.low)
    return node(
        "svg",
        node("title", words("map")),
        *_fields(scale),
        node("path", class_="rule", d=f"M{MARGIN} {floor:.1f}H{WIDTH - MARGIN}"),
        node("path", class_="rule", d=f"M{scale.x(0):.1f} 10V{HEIGHT - MARGIN}"),
        *_ticks(scale),
        *_bars(fit, scale),
        *_dots(scores, scale),
        node("text", words("height"), x=str(MARGIN), y="22"),
        node("text", words("raters"), x=str(MARGIN), y=f"{floor + 16:.0f}"),
        node("text", words("axis"), x=str(WIDTH // 2), y=f"{HEIGHT - 8}", text_anchor="middle"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )


def curve(points: Sequence[tuple[float, float]], words: Words) -> Element:
    """How helpful a note is from one end of the axis to the other."""
    first, last = points[0][0], points[-1][0]
    span = max(last - first, 1e-9)
    path = " ".join(
        f"{100 * (x - first) / span:.1f} {38 - 36 * (y - LEAST) / (MOST - LEAST):.1f}"
        for x, y in points
    )
    values = [y for _, y in points]
    return node(
        "svg",
        node("title", words("curve", low=f"{min(values):.2f}", high=f"{max(values):.2f}")),
        node("path", d=f"M{path}"),
        viewBox="0 0 100 40",
        role="img",
    )


def _reach(values: Array) -> float:
    return float(np.abs(values).max(initial=0.0))


def _fields(scale: Scale) -> Iterator[Element]:
    """Where a note is helpful, and where it is not."""
    left, right = scale.x(-HELPFUL_FACTOR), scale.x(HELPFUL_FACTOR)
    shown = f"M{left:.1f} 10H{right:.1f}V{scale.y(HELPFUL_INTERCEPT):.1f}H{left:.1f}Z"
    yield node("path", class_="field-helpful", d=shown)
    # How far out the line falls to the floor of the drawing, or leaves it at its sides.
    end = min((scale.low - NOT_HELPFUL_INTERCEPT) / NOT_HELPFUL_SLOPE, scale.side)
    roof = NOT_HELPFUL_INTERCEPT + NOT_HELPFUL_SLOPE * end
    corners = [(-end, roof), (0.0, NOT_HELPFUL_INTERCEPT), (end, roof)]
    corners += [(end, scale.low), (-end, scale.low)]
    path = " ".join(f"{scale.x(f):.1f} {scale.y(i):.1f}" for f, i in corners)
    yield node("path", class_="field-not_helpful", d=f"M{path}Z")


def _ticks(scale: Scale) -> Iterator[Element]:
    for intercept in (0.0, HELPFUL_INTERCEPT):
        y = scale.y(intercept)
        yield node("path", class_="rule", d=f"M{MARGIN} {y:.1f}H{WIDTH - MARGIN}")
        yield node("text", f"{intercept:.1f}", x="16", y=f"{y + 4:.1f}")
    for factor in (-HELPFUL_FACTOR, 0.0, HELPFUL_FACTOR):
        x = f"{scale.x(factor):.1f}"
        yield node("text", f"{factor:.1f}", x=x, y=str(HEIGHT - MARGIN + 16), text_anchor="middle")


def _bars(fit: Fit, scale: Scale) -> Iterator[Element]:
    """How many raters stand where, hanging from the floor of the drawing."""
    counts, edges = np.histogram(fit.rater_factors, BARS, (-scale.side, scale.side))
    tallest, floor = max(int(counts.max()), 1), HEIGHT - MARGIN
    for count, begin, end in zip(counts.tolist(), edges[:-1], edges[1:], strict=True):
        if count:
            height = (RATERS - 20) * count / tallest
            yield node(
                "rect",
                class_="bar",
                x=f"{scale.x(begin):.1f}",
                y=f"{floor - height:.1f}",
                width=f"{scale.x(end) - scale.x(begin) - 1:.1f}",
                height=f"{height:.1f}",
            )


def _dots(scores: Scores, scale: Scale) -> Iterator[Element]:
    for n in np.argsort(-scores.ratings, kind="stable")[:MAX_DOTS].tolist():
        yield node(
            "circle",
            node("title", name(scores.notes[n])),
            class_=str(scores.statuses[n]),
            cx=f"{scale.x(scores.factors[n]):.1f}",
            cy=f"{scale.y(scores.intercepts[n]):.1f}",
            r="3.5",
        )
