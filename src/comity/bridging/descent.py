"""The way down to the minimum, wherever the ratings are: the noun is `Minimum`, the verb `descend`.

Whoever has the ratings takes the raters' turn of each sweep; the notes' turn is taken here, from
four sums a note.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.bridging.anderson import Anderson
from comity.bridging.sweep import (
    FACTOR_WEIGHT,
    INTERCEPT_WEIGHT,
    Array,
    Counts,
    cells_of,
    slope,
    solve_notes,
)

TOLERANCE: Final = 1e-7
"""The norm of the gradient at which the fit is done."""

MAX_SWEEPS: Final = 2_000

Turn = Callable[[Array, float], float]
"""Fits the raters to the notes in the cells and μ, and fills the sums there, as `solve_raters`."""

Watch = Callable[[float, float], None]
"""Is told the norm of the gradient after each sweep, and at which it is done."""


@dataclass(frozen=True, slots=True, eq=False)
class Minimum:
    """The notes' parameters and μ (2N + 1,), the objective and the norm of its gradient there, and
    after how many sweeps.
    """

    point: Array
    loss: float
    gradient: float
    sweeps: int


def descend(
    turn: Turn,
    count: Counts,
    point: Array,
    tolerance: float = TOLERANCE,
    watch: Watch | None = None,
) -> Minimum:
    """Sweep from a point until the gradient vanishes; `count` (N,) are the ratings of the notes."""
    total, notes = int(count.sum()), len(count)
    note_ridge = ridge(total, notes)
    cells = cells_of(notes)
    weights = np.append(np.tile(note_ridge, notes), INTERCEPT_WEIGHT * total)
    anderson, loss, fallback = Anderson(), np.inf, point
    sweep = 0
    while True:
        sweep += 1
        cells[:, :2] = point[:-1].reshape(-1, 2)
        least = turn(cells, float(point[-1]))
        now = float(least + weights @ (point * point)) / total
        gradient = slope(count, cells, note_ridge, point[-1])
        if watch:
            watch(gradient, tolerance)
        if gradient < tolerance or sweep == MAX_SWEEPS:
            return Minimum(point, now, gradient, sweep)
        if now > loss + 1e-13:
            # The leap went up, which a plain step never does: take that one instead.
            point, loss = fallback, np.inf
            anderson.forget()
            continue
        loss = now
        fallback = np.empty_like(point)
        fallback[-1] = solve_notes(count, cells, note_ridge, fallback[:-1].reshape(-1, 2))
        point = anderson.next(point, fallback)


def ridge(ratings: int, members: int) -> tuple[float, float]:
    """The weight of a member's squared intercept and factor, where a squared error weighs 1."""
    # Nothing fitted pulls to zero all the same.
    share = max(ratings, 1) / max(members, 1)
    return INTERCEPT_WEIGHT * share, FACTOR_WEIGHT * share


def beginning(notes: int) -> Array:
    """Where to begin without knowing anything: factors from -½ to ½ without a pattern, the same
    each time, by steps of the golden ratio.
    """
    steps = np.arange(1, notes + 1, dtype=np.float64) * (5**0.5 / 2 - 0.5)
    point = np.zeros(2 * notes + 1)
    point[1:-1:2] = np.mod(steps, 1.0) - 0.5
    return point
