"""One sweep of the alternating minimisation: every rater given the notes, then every note.

The objective (Community Notes, https://communitynotes.x.com/guide/en/under-the-hood/ranking-notes):

    mean (r - μ - i_u - i_n - f_u·f_n)²  +  0.15·(mean i_u² + mean i_n² + μ²)
                                         +  0.03·(mean f_u² + mean f_n²)

with means over ratings, raters and notes. Multiplied by the number of ratings R it is a sum of
squares in which a rater's ridges are 0.15·R/U and 0.03·R/U, a note's 0.15·R/N and 0.03·R/N. Given
the notes, each rater is a ridge problem of two unknowns; given the raters, each note is one, and μ,
of which all notes are linear functions, is eliminated exactly.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.ids import Codes
from comity.bridging.kernel import compiled
from comity.bridging.ratings import Levels

INTERCEPT_WEIGHT: Final = 0.15
FACTOR_WEIGHT: Final = 0.03

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


def cells_of(notes: int) -> Array:
    """Room (N, 8) for what a sweep knows of each note: its intercept and factor, and the sums over
    its raters of f_u, f_u², r - i_u and (r - i_u)·f_u; the last two are idle.

    A row is one line of the processor's cache and begins where one does: with many notes, nearly
    all the time goes into fetching them.
    """
    buffer = np.zeros(8 * notes + 8)
    begin = -(buffer.ctypes.data // 8) % 8
    return buffer[begin : begin + 8 * notes].reshape(notes, 8)


@compiled
def solve_raters(
    begin: Counts,
    note: Codes,
    level: Levels,
    cells: Array,
    mu: float,
    ridge: tuple[float, float],
    raters: Array,
) -> float:
    """Fit every rater to the notes in `cells` and μ, in one pass over the ratings.

    Fills `raters` (U, 2: intercept, factor) and, for the notes' turn, the sums in `cells`. Gives
    the least sum of squared errors and raters' penalties.
    """
    cells[:, 2:6] = 0.0
    least = 0.0
    for u in range(len(begin) - 1):
        f = ff = y = fy = yy = 0.0
        for k in range(begin[u], begin[u + 1]):
            n = note[k]
            factor = cells[n, 1]
            rest = 0.5 * level[k] - mu - cells[n, 0]
            f += factor
            ff += factor * factor
            y += rest
            fy += factor * rest
            yy += rest * rest
        a = begin[u + 1] - begin[u] + ridge[0]
        c = ff + ridge[1]
        determinant = a * c - f * f
        intercept = (c * y - f * fy) / determinant
        factor = (a * fy - f * y) / determinant
        raters[u, 0] = intercept
        raters[u, 1] = factor
        least += yy - intercept * y - factor * fy
        square = factor * factor
        for k in range(begin[u], begin[u + 1]):
            n = note[k]
            rest = 0.5 * level[k] - intercept
            cells[n, 2] += factor
            cells[n, 3] += square
            cells[n, 4] += rest
            cells[n, 5] += rest * factor
    return least


@compiled
def solve_notes(count: Counts, cells: Array, ridge: tuple[float, float], solved: Array) -> float:
    """Fit every note to the raters that its sums tell of; fills `solved` (N, 2), gives μ."""
    ratings = 0
    above = 0.0
    below = 0.0
    for n in range(len(count)):
        a, b, c = count[n] + ridge[0], cells[n, 2], cells[n, 3] + ridge[1]
        determinant = a * c - b * b
        y, fy = cells[n, 4], cells[n, 5]
        intercept = (c * y - b * fy) / determinant
        factor = (a * fy - b * y) / determinant
        solved[n, 0] = intercept
        solved[n, 1] = factor
        # What this note would take of μ, per unit of it.
        per_intercept = (c * count[n] - b * b) / determinant
        per_factor = (a * b - b * count[n]) / determinant
        ratings += count[n]
        above += y - count[n] * intercept - b * factor
        below -= count[n] * per_intercept + b * per_factor
    mu = above / ((1.0 + INTERCEPT_WEIGHT) * ratings + below)
    for n in range(len(count)):
        a, b, c = count[n] + ridge[0], cells[n, 2], cells[n, 3] + ridge[1]
        determinant = a * c - b * b
        solved[n, 0] -= mu * (c * count[n] - b * b) / determinant
        solved[n, 1] -= mu * (a * b - b * count[n]) / determinant
    return mu


@compiled
def slope(count: Counts, cells: Array, ridge: tuple[float, float], mu: float) -> float:
    """The norm of the objective's gradient where the raters are fitted to the notes and μ.

    The raters' own part of it is zero there.
    """
    ratings = 0
    squares = 0.0
    of_mu = 0.0
    for n in range(len(count)):
        i, f = cells[n, 0], cells[n, 1]
        explained = count[n] * (i + mu) + cells[n, 2] * f - cells[n, 4]
        of_intercept = explained + ridge[0] * i
        of_factor = cells[n, 2] * (i + mu) + (cells[n, 3] + ridge[1]) * f - cells[n, 5]
        squares += of_intercept * of_intercept + of_factor * of_factor
        of_mu += explained
        ratings += count[n]
    of_mu += INTERCEPT_WEIGHT * ratings * mu
    return float(2.0 / ratings * np.sqrt(squares + of_mu * of_mu))
