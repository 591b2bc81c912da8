"""The charts of a report: small SVG drawings that stretch with the page.

Every drawing is 100 wide and stretched to its place, so positions are percentages. Strokes keep
their width when stretched; a dot is a line of no length with round ends.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from comity.markup import node
from comity.proportions import Proportion


def bar(
    title: str,
    share: float,
    scale: float,
    tone: str,
    *,
    interval: tuple[float, float] | None = None,
    before: float | None = None,
) -> Element:
    """A share as a bar, with its interval as a whisker and an earlier share as an upright line."""
    drawing = [_rectangle("track", 100), _rectangle(f"tone-{tone}", _place(share, scale))]
    # Each mark has a halo, because it may lie on a bar as dark or as light as itself.
    if interval:
        low, high = (_place(bound, scale) for bound in interval)
        drawing += [_line(kind, low, high) for kind in ("halo", "whisker")]
    if before is not None:
        path = f"M{_place(before, scale):.3f} 0V14"
        drawing += [node("path", class_=kind, d=path) for kind in ("halo", "before")]
    return _drawing("bar", title, drawing)


def dot(title: str, proportion: Proportion, scale: float) -> Element:
    """A share as a dot on its interval."""
    share = _place(proportion.share or 0.0, scale)
    interval = (_place(bound, scale) for bound in proportion.interval)
    mark = node("path", class_="mark", d=f"M{share:.3f} 7h0")
    return _drawing("dot", title, [_line("axis", 0, 100), _line("whisker", *interval), mark])


def scale_of(proportions: Sequence[Proportion]) -> float:
    """The share that fills the width: a round figure at or above the highest share.

    Intervals do not count: that of a tiny group would squeeze all the others together.
    """
    highest = max((p.share or 0.0 for p in proportions), default=0.0) * 1.15
    steps = (step * 10.0**power for power in range(-6, 0) for step in (1, 2, 5))
    return next((step for step in steps if step >= highest), 1.0)


def _place(share: float, scale: float) -> float:
    return 100 * min(share / scale, 1.0)


def _drawing(kind: str, title: str, parts: Sequence[Element]) -> Element:
    return node(
        "svg",
        node("title", title),
        *parts,
        class_=f"chart {kind}",
        viewBox="0 0 100 14",
        preserveAspectRatio="none",
        role="img",
        aria_label=title,
    )


def _rectangle(kind: str, width: float) -> Element:
    return node("rect", class_=kind, x="0", y="0", width=f"{width:.3f}", height="14")


def _line(kind: str, x1: float, x2: float) -> Element:
    return node("path", class_=kind, d=f"M{x1:.3f} 7H{x2:.3f}")
