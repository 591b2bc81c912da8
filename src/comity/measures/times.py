"""How long people wait: the noun is `Spread`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the ninetieth percentile of `count` lengths of time; None without any."""

    count: int
    median: timedelta | None
    ninetieth: timedelta | None


def spread(lengths: Iterable[timedelta]) -> Spread:
    """Percentiles by nearest rank: the shortest length that so many did not exceed.

    It is always a length that somebody waited. Below zero, where a clock was set, counts as zero.
    """
    ordered = sorted(max(length, timedelta()) for length in lengths)
    if not ordered:
        return Spread(0, None, None)

    def percentile(percent: int) -> timedelta:
        return ordered[ceil(percent * len(ordered) / 100) - 1]

    return Spread(len(ordered), percentile(50), percentile(90))
