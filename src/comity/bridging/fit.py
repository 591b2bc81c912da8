"""The bridging model fitted to ratings: the noun is `Fit`, the verb `fit`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.descent import TOLERANCE, Minimum, Watch, beginning, descend, ridge
from comity.bridging.ratings import Ratings
from comity.bridging.sweep import Array, solve_raters

MANY: Final = 1_000_000
COARSE_SHARE: Final = 8
COARSE_TOLERANCE: Final = 1e-5
"""With so many ratings, every eighth rater is fitted first, roughly, to begin near the minimum; and
so on, for as long as there are many."""


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """The least of the objective: a prediction is μ + i_u + i_n + f_u·f_n.

    `notes` (N,) and `raters` (U,) are the ids that the model knows, sorted; the arrays beside them
    are their intercepts and factors, in units of a rating (0 not helpful to 1 helpful). The sign of
    the factors means nothing; it is chosen so that at least half of the raters' that are not zero
    are negative.

    `loss` is the objective, `gradient` the norm of its gradient (below 1e-7, unless 2,000
    `iterations` were not enough), and `ratings` (R) how many ratings were fitted.
    """

    notes: NDArray[Any]
    note_intercepts: Array
    note_factors: Array
    raters: NDArray[Any]
    rater_intercepts: Array
    rater_factors: Array
    mu: float
    loss: float
    gradient: float
    iterations: int
    ratings: int

    @property
    def note_ridge(self) -> tuple[float, float]:
        """The weight of a note's squared intercept and factor, where a squared error weighs 1."""
        return ridge(self.ratings, len(self.notes))

    @property
    def rater_ridge(self) -> tuple[float, float]:
        """The same for a rater's."""
        return ridge(self.ratings, len(self.raters))


def fit(ratings: Ratings, start: Array | None = None, watch: Watch | None = None) -> Fit:
    """Fit the model to all of `ratings` (`ratings.filtered()` is what the reference fits).

    `start` (N,) are the notes' factors to begin from, where the built-in ones are not wanted; the
    minimum found is the same. `watch` is told the gradient after each sweep. Without ratings, every
    parameter there is is zero.
    """
    if not len(ratings):
        return nothing(ratings.notes, ratings.raters)
    point = beginning(len(ratings.notes))
    if start is not None:
        point[1:-1:2] = start
    found, fitted = _minimum(ratings, _nearer(ratings, point, watch), TOLERANCE, watch)
    return placed(found, ratings.notes, ratings.raters, fitted, len(ratings))


def nothing(notes: NDArray[Any], raters: NDArray[Any]) -> Fit:
    """The fit without ratings."""
    zero_n, zero_u = np.zeros(len(notes)), np.zeros(len(raters))
    return Fit(notes, zero_n, zero_n, raters, zero_u, zero_u, 0.0, 0.0, 0.0, 0, 0)


def _nearer(ratings: Ratings, point: Array, watch: Watch | None) -> Array:
    """Where to begin, given where one would without knowing better."""
    some = np.arange(len(ratings.raters)) % COARSE_SHARE == 0
    if len(ratings) < MANY or not ratings.ratings_of_raters[some].any():
        return point
    coarse = ratings.select(np.ones(len(ratings.notes), np.bool_), some)
    begin = _nearer(coarse, point, watch)
    return _minimum(coarse, begin, COARSE_TOLERANCE, watch)[0].point


def _minimum(
    ratings: Ratings, point: Array, tolerance: float, watch: Watch | None
) -> tuple[Minimum, Array]:
    fitted = np.empty((len(ratings.raters), 2))

    def turn(cells: Array, mu: float) -> float:
        pull = ridge(len(ratings), len(fitted))
        return solve_raters(ratings.begin, ratings.note, ratings.level, cells, mu, pull, fitted)

    return descend(turn, ratings.ratings_of_notes, point, tolerance, watch), fitted


def placed(
    found: Minimum, notes: NDArray[Any], raters: NDArray[Any], fitted: Array, ratings: int
) -> Fit:
    """The fit at a minimum, with the raters' parameters (U, 2) there, on the side of the sign."""
    side = -1.0 if 2 * (fitted[:, 1] < 0).sum() < (fitted[:, 1] != 0).sum() else 1.0
    solved = found.point[:-1].reshape(-1, 2)
    return Fit(
        notes,
        solved[:, 0].copy(),
        side * solved[:, 1],
        raters,
        fitted[:, 0].copy(),
        side * fitted[:, 1],
        float(found.point[-1]),
        found.loss,
        found.gradient,
        found.sweeps,
        ratings,
    )
