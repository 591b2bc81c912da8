"""Cutting a post into the pieces that carried a score and the pieces that did not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from comity.signals import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a text and the attributes whose spans cover it, in alphabetical order."""

    text: str
    attributes: tuple[str, ...] = ()


def segments(text: str, spans: Iterable[Span]) -> Iterator[Segment]:
    """Cut `text` wherever a span begins or ends, in code points; the pieces join to the text.

    Spans may overlap and nest. What lies outside the text is ignored.
    """
    clamped = [(max(0, span.begin), min(span.end, len(text)), span.attribute) for span in spans]
    inside = [mark for mark in clamped if mark[0] < mark[1]]
    cuts = {0, len(text)}.union(*((begin, end) for begin, end, _ in inside))
    for begin, end in pairwise(sorted(cuts)):
        covering = {name for low, high, name in inside if low <= begin and end <= high}
        yield Segment(text[begin:end], tuple(sorted(covering)))
