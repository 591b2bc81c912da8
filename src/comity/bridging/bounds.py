"""How sure a note's intercept is: what one more rating could make of it.

The verb is `bounds`. The one more rating is a pseudo-rater's, who stands where the most extreme
raters do.
"""

from itertools import product
from typing import Final

import numpy as np

from comity.bridging.fit import Fit
from comity.bridging.ratings import HELPFUL, NOT_HELPFUL, Ratings
from comity.bridging.sweep import Array
from comity.bridging.tally import Tallies, tally

LEVELS: Final = (NOT_HELPFUL, HELPFUL)


def extremes(fit: Fit) -> list[tuple[float, float]]:
    """The corners of where raters stand: least and greatest intercept by least and greatest factor.

    None where there are no raters.
    """
    if not len(fit.raters):
        return []
    intercepts, factors = fit.rater_intercepts, fit.rater_factors
    return [
        (float(intercept), float(factor))
        for intercept in (intercepts.min(), intercepts.max())
        for factor in (factors.min(), factors.max())
    ]


def terms(fit: Fit, rater: tuple[float, float], level: int) -> Array:
    """What one rating adds to the five sums of its note."""
    intercept, factor = rater
    rest = level / 2 - fit.mu - intercept
    return np.array([1.0, factor, factor * factor, rest, rest * factor])


def bounds(fit: Fit, ratings: Ratings) -> tuple[Array, Array]:
    """The least and the greatest intercept (N,) that any one pseudo-rating would leave each note
    with; the note's own intercept is always between them.
    """
    tallies = tally(fit, ratings)
    own, _ = tallies.solved(fit.note_ridge)
    low, high = own.copy(), own.copy()
    for rater, level in product(extremes(fit), LEVELS):
        more = Tallies(tallies.sums + terms(fit, rater, level), tallies.sides)
        moved, _ = more.solved(fit.note_ridge)
        np.minimum(low, moved, out=low)
        np.maximum(high, moved, out=high)
    return low, high
