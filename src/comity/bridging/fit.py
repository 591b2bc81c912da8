"""The bridging model fitted to ratings: the noun is `Fit`, the verb `fit`."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.anderson import Anderson
from comity.bridging.ratings import Ratings
from comity.bridging.sweep import (
    FACTOR_WEIGHT,
    INTERCEPT_WEIGHT,
    Array,
    cells_of,
    slope,
    solve_notes,
    solve_raters,
)

TOLERANCE: Final = 1e-7
"""The norm of the gradient at which the fit is done."""

MAX_SWEEPS: Final = 2_000

MANY: Final = 1_000_000
COARSE_SHARE: Final = 8
COARSE_TOLERANCE: Final = 1e-5
"""With so many ratings, every eighth rater is fitted first, roughly, to begin near the minimum."""


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
        return _ridge(self.ratings, len(self.notes))

    @property
    def rater_ridge(self) -> tuple[float, float]:
        """The same for a rater's."""
        return _ridge(self.ratings, len(self.raters))


def fit(ratings: Ratings, start: Array | None = None) -> Fit:
    """Fit the model to all of `ratings` (`ratings.filtered()` is what the reference fits).

    `start` (N,) are the notes' factors to begin from, where the built-in ones are not wanted; the
    minimum found is the same. Without ratings, every parameter there is is zero.
    """
    notes, raters = len(ratings.notes), len(ratings.raters)
    if not len(ratings):
        zero_n, zero_u = np.zeros(notes), np.zeros(raters)
        return Fit(
            ratings.notes, zero_n, zero_n, ratings.raters, zero_u, zero_u, 0.0, 0.0, 0.0, 0, 0
        )
    point = np.zeros(2 * notes + 1)
    point[1:-1:2] = _spread(notes) if start is None else start
    if len(ratings) >= MANY:
        some = np.arange(raters) % COARSE_SHARE == 0
        coarse = ratings.select(np.ones(notes, np.bool_), some)
        if len(coarse):
            point = _descend(coarse, point, COARSE_TOLERANCE)[0]
    point, fitted, loss, gradient, sweeps = _descend(ratings, point, TOLERANCE)
    side = -1.0 if 2 * (fitted[:, 1] < 0).sum() < (fitted[:, 1] != 0).sum() else 1.0
    solved = point[:-1].reshape(-1, 2)
    return Fit(
        ratings.notes,
        solved[:, 0].copy(),
        side * solved[:, 1],
        ratings.raters,
        fitted[:, 0].copy(),
        side * fitted[:, 1],
        float(point[-1]),
        loss,
        gradient,
        sweeps,
        len(ratings),
    )


def _descend(
    ratings: Ratings, point: Array, tolerance: float
) -> tuple[Array, Array, float, float, int]:
    """Sweep until the gradient vanishes, from a point of notes' parameters and μ (2N + 1,)."""
    total, notes, raters = len(ratings), len(ratings.notes), len(ratings.raters)
    note_ridge, rater_ridge = _ridge(total, notes), _ridge(total, raters)
    count = ratings.ratings_of_notes
    fitted, cells = np.empty((raters, 2)), cells_of(notes)
    weights = np.append(np.tile(note_ridge, notes), INTERCEPT_WEIGHT * total)
    anderson, loss, fallback = Anderson(), np.inf, point
    sweep = 0
    while True:
        sweep += 1
        cells[:, :2] = point[:-1].reshape(-1, 2)
        least = solve_raters(
            ratings.begin, ratings.note, ratings.level, cells, point[-1], rater_ridge, fitted
        )
        now = float(least + weights @ (point * point)) / total
        gradient = slope(count, cells, note_ridge, point[-1])
        if gradient < tolerance or sweep == MAX_SWEEPS:
            return point, fitted, now, gradient, sweep
        if now > loss + 1e-13:
            # The leap went up, which a plain step never does: take that one instead.
            point, loss = fallback, np.inf
            anderson.forget()
            continue
        loss = now
        fallback = np.empty_like(point)
        fallback[-1] = solve_notes(count, cells, note_ridge, fallback[:-1].reshape(-1, 2))
        point = anderson.next(point, fallback)


def _ridge(ratings: int, members: int) -> tuple[float, float]:
    # Nothing fitted pulls to zero all the same.
    share = max(ratings, 1) / max(members, 1)
    return INTERCEPT_WEIGHT * share, FACTOR_WEIGHT * share


def _spread(count: int) -> Array:
    """Numbers from -½ to ½ without a pattern, the same each time: steps of the golden ratio."""
    steps = np.arange(1, count + 1, dtype=np.float64) * (5**0.5 / 2 - 0.5)
    return np.mod(steps, 1.0) - 0.5
