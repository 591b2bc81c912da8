"""What the ratings of each note amount to, given raters who stay as they are.

The noun is `Tallies`: five running sums a note, which are all that its intercept and factor need,
and the counts of each level on both sides of the raters' factor.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bridging.fit import Fit
from comity.bridging.ids import Codes
from comity.bridging.kernel import compiled
from comity.bridging.ratings import Levels, Ratings
from comity.bridging.sweep import Array, Counts

NEGATIVE, POSITIVE = 0, 1
"""The sides of a rater's factor. Raters whose factor is zero stand on neither."""


@dataclass(frozen=True, slots=True, eq=False)
class Tallies:
    """Of N notes: `sums` (N, 5) over their ratings of 1, f_u, f_u², r - μ - i_u, (r - μ - i_u)·f_u;
    `sides` (N, 2, 3) counts by side of the rater and level.
    """

    sums: Array
    sides: Counts

    def solved(self, ridge: tuple[float, float]) -> tuple[Array, Array]:
        """Intercepts and factors (N,) of the notes: a ridge problem of two unknowns each."""
        count, f, ff, y, fy = self.sums.T
        a, c = count + ridge[0], ff + ridge[1]
        determinant = a * c - f * f
        return (c * y - f * fy) / determinant, (a * fy - f * y) / determinant


def tally(fit: Fit, ratings: Ratings) -> Tallies:
    """Sum up all ratings by raters of `fit`, whether or not the fit knows their note."""
    sums = np.zeros((len(ratings.notes), 5))
    sides = np.zeros((len(ratings.notes), 2, 3), np.int64)
    _tally(
        ratings.begin,
        ratings.note,
        ratings.level,
        places(ratings.raters, fit.raters),
        fit.rater_intercepts,
        fit.rater_factors,
        fit.mu,
        sums,
        sides,
    )
    return Tallies(sums, sides)


def places(ids: NDArray[Any], among: NDArray[Any]) -> Codes:
    """Where each of `ids` (K,) stands in `among`, -1 where it does not; neither repeats an id."""
    if ids.dtype.kind in "iu" and among.dtype.kind in "iu":
        found = np.searchsorted(among, ids).astype(np.int32)
        found[found == len(among)] = 0
        return np.where(among[found] == ids, found, np.int32(-1)) if len(among) else found - 1
    table = {name: place for place, name in enumerate(among.tolist())}
    return np.array([table.get(name, -1) for name in ids.tolist()], np.int32)


@compiled
def _tally(
    begin: Counts,
    note: Codes,
    level: Levels,
    place: Codes,
    intercepts: Array,
    factors: Array,
    mu: float,
    sums: Array,
    sides: Counts,
) -> None:
    for u in range(len(place)):
        if place[u] < 0:
            continue
        f = factors[place[u]]
        known = mu + intercepts[place[u]]
        for k in range(begin[u], begin[u + 1]):
            n = note[k]
            rest = 0.5 * level[k] - known
            sums[n, 0] += 1.0
            sums[n, 1] += f
            sums[n, 2] += f * f
            sums[n, 3] += rest
            sums[n, 4] += rest * f
            if f < 0.0:
                sides[n, 0, level[k]] += 1
            elif f > 0.0:
                sides[n, 1, level[k]] += 1
