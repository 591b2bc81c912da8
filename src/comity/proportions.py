"""How sure a counted share is: intervals, and whether two shares differ by more than chance.

The intervals hold for small counts too, where the textbook "p ± 1.96 σ" leaves [0, 1].
"""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

Z: Final = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


@dataclass(frozen=True, slots=True)
class Proportion:
    """`count` out of `total`, 0 ≤ count ≤ total."""

    count: int
    total: int

    @property
    def share(self) -> float | None:
        """None where there is nothing to take a share of."""
        return self.count / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """The score interval of E. B. Wilson (1927): (low, high); (0, 1) where nothing is known."""
        return self.interval_at(Z)

    def interval_at(self, z: float) -> tuple[float, float]:
        """The same for the normal quantile `z`: as sure as that is."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.count / self.total
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        # At the ends the bound is 0 or 1 exactly; rounding would put it just beside.
        low = 0.0 if self.count == 0 else max(0.0, middle - half)
        high = 1.0 if self.count == n else min(1.0, middle + half)
        return low, high


def difference_interval(a: Proportion, b: Proportion) -> tuple[float, float]:
    """Bounds of `a.share - b.share`: the hybrid score interval of R. G. Newcombe (1998).

    Both totals must be above zero.
    """
    pa, pb = a.count / a.total, b.count / b.total
    (low_a, high_a), (low_b, high_b) = a.interval, b.interval
    down = sqrt((pa - low_a) ** 2 + (high_b - pb) ** 2)
    up = sqrt((high_a - pa) ** 2 + (pb - low_b) ** 2)
    return pa - pb - down, pa - pb + up


def chance_of_difference(a: Proportion, b: Proportion) -> float:
    """How often chance alone would part two equal shares at least this far: Fisher's exact test.

    Two-sided: the probabilities of all tables with the same margins that are no likelier than
    this one, added up. Exact, because many articles hit a handful of events in a small group.
    """
    hits, n, m = a.count + b.count, a.total, b.total
    first, last = max(0, hits - m), min(hits, n)
    # The hypergeometric distribution by its ratios P(x+1) / P(x), up to a factor.
    x = np.arange(first, last, dtype=np.float64)
    ratios = (hits - x) * (n - x) / ((x + 1) * (m - hits + x + 1))
    log_p = np.concatenate(([0.0], np.cumsum(np.log(ratios))))
    p = np.exp(log_p - log_p.max())
    # Tables as likely as this one belong to the sum; rounding must not leave them out.
    rarer = log_p <= log_p[a.count - first] + 1e-7
    return float(p[rarer].sum() / p.sum())
