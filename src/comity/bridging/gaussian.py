"""How helpful a note is to raters at each place along the axis, as a curve.

The noun is `Curves`, the verb `curves`. It is the second, newer scorer of Community Notes, and
needs no notes' factors: a note is shown where the curve is high everywhere, which its geometric
mean tells. Each point weighs the ratings by how near their raters stand (a Gaussian kernel), and
leans on a prior where few do.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.fit import Fit
from comity.bridging.ratings import Ratings
from comity.bridging.sweep import Array
from comity.bridging.tally import places

POINTS: Final = 50
BANDWIDTH: Final = 0.1
HELPFUL_SCORE: Final = 0.51

VALUES: Final = (0.0, 0.7, 1.0)
"""How helpful each level counts as, from not helpful."""
WEIGHTS: Final = (2.0, 1.0, 1.0)
"""How much each level weighs."""
PRIOR_VALUE: Final = 0.4
PRIOR_WEIGHT: Final = 0.5
PRIOR_RATINGS: Final = 5
"""With this many ratings the prior weighs what it says; its weight grows with their logarithm."""
LEAST, MOST = 0.05, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """Of N notes: at each of `points` (P,) along the raters' factor, how helpful (N, P); and the
    geometric mean of that, `scores` (N,). A note without ratings has the prior's.
    """

    notes: NDArray[Any]
    points: Array
    helpful: Array
    scores: Array


def axis(fit: Fit) -> Array:
    """Points (P,) along the raters' factor, closer where more raters stand, the same on both sides.

    Each side is cut where it is divided into equal parts; the points are the middles of these, the
    mean of both sides, as in the reference. Where one side is empty they are evenly spaced.
    """
    cuts = np.linspace(0.0, 1.0, POINTS // 2 + 1)
    away = [np.abs(fit.rater_factors[fit.rater_factors * side > 0]) for side in (-1, 1)]
    if not all(len(side) for side in away):
        return np.linspace(-0.5, 0.5, POINTS)
    edges = np.mean([np.quantile(side, cuts) for side in away], axis=0)
    middles = (edges[:-1] + edges[1:]) / 2
    return np.concatenate([-middles[::-1], middles])


def curves(fit: Fit, ratings: Ratings) -> Curves:
    """The curve of every note of `ratings`, by the raters that `fit` knows."""
    points = axis(fit)
    place = places(ratings.raters, fit.raters)
    rater, note = ratings.rater, ratings.note
    known = place[rater] >= 0
    rater, note, level = place[rater[known]], note[known], ratings.level[known]
    notes = len(ratings.notes)
    factors = fit.rater_factors
    kernel = np.exp(-0.5 * ((factors[:, None] - points) / BANDWIDTH) ** 2)
    reach = kernel.sum(axis=1, keepdims=True)
    # Who stands further out than the kernel reaches counts at no point, and is no division by 0.
    kernel /= np.where(reach > 0, reach, 1.0)

    weight, value = np.array(WEIGHTS)[level], np.array(VALUES)[level]
    count = np.bincount(note, minlength=notes)
    leaning = (level - 1.0) * factors[rater]
    slant = np.bincount(note, weights=leaning, minlength=notes) / np.maximum(count, 1)
    prior = np.minimum(slant[:, None] * points + PRIOR_VALUE, PRIOR_VALUE)
    lean = PRIOR_WEIGHT * np.log(np.maximum(count, 2)) / np.log(PRIOR_RATINGS)
    helpful = np.empty((notes, len(points)))
    for p in range(len(points)):
        near = kernel[rater, p] * weight
        total = np.bincount(note, weights=near, minlength=notes) + lean
        said = np.bincount(note, weights=near * value, minlength=notes)
        helpful[:, p] = (said + prior[:, p] * lean) / total
    helpful = np.clip(helpful, LEAST, MOST)
    return Curves(ratings.notes, points, helpful, np.exp(np.log(helpful).mean(axis=1)))
