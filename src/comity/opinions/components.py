"""The two directions in which opinions differ most, and where each participant stands on them.

A missing vote takes the mean of its statement's votes, so that it is exactly zero once centred:
everything here costs O(votes), never O(participants x statements).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.kernel import compiled
from comity.opinions.votes import Votes

ITERATIONS: Final = 100
"""Of the power method, as Polis makes them."""
_CONVERGED: Final = 1e-13
"""The squared change of a unit vector below which more iterations change nothing that matters."""


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The mean vote on each of s statements (s,) and the two principal components (2, s).

    `silent` (s,) marks statements that take no part: moderated out, they are columns of zeros.
    """

    mean: NDArray[np.float64]
    vectors: NDArray[np.float64]
    silent: NDArray[np.bool_]

    @property
    def loadings(self) -> NDArray[np.float64]:
        """(2, s) where one who only agreed with that one statement would stand."""
        loadings: NDArray[np.float64] = (1 - self.mean) * self.vectors * np.sqrt(len(self.mean))
        return loadings

    @property
    def extremity(self) -> NDArray[np.float64]:
        """(s,) how far from the middle one would stand who only agreed with that statement."""
        x, y = self.loadings
        distance: NDArray[np.float64] = np.hypot(x, y)
        return distance


def find_components(
    votes: Votes, silent: NDArray[np.bool_], start: NDArray[np.float64] | None = None
) -> Components:
    """Find the components by power iteration, the second one orthogonal to the first.

    `start` (2, s) is where to begin, the components found before if there are any. A component
    without variance (everyone agrees, say) is zero. The sign is such that a component's entry of
    largest size is positive, so that the map does not flip from one run to the next.
    Source: power iteration with deflation, Golub and Van Loan, Matrix Computations, 7.3 and 8.2.
    """
    size = len(votes.statements)
    mean = np.where(silent, 0.0, _means(votes))
    heard = np.where(silent[votes.columns], 0.0, votes.values - mean[votes.columns])
    vectors = np.zeros((2, size))
    for index in range(2):
        begin = np.cos(np.arange(1.0, size + 1)) if start is None else start[index].copy()
        found = _iterate(votes.offsets, votes.columns, heard, begin, vectors[0])
        fixed = start is not None and found @ start[index] < 0
        if fixed or (start is None and size and found[np.abs(found).argmax()] < 0):
            found = -found
        vectors[index] = found
    return Components(mean, vectors, silent)


def positions(votes: Votes, components: Components) -> NDArray[np.float64]:
    """Where each participant stands (p, 2), by one's own votes scaled up to all statements.

    The sum over one's votes of (vote - mean) · component, times sqrt(statements / votes).
    Statements moderated out count as voted on by everyone, as they do in Polis.
    """
    return _project(
        votes.offsets,
        votes.columns,
        votes.values,
        components.mean,
        components.vectors,
        components.silent,
    )


def _means(votes: Votes) -> NDArray[np.float64]:
    size = len(votes.statements)
    sums = np.bincount(votes.columns, votes.values, size)
    means: NDArray[np.float64] = sums / np.maximum(np.bincount(votes.columns, minlength=size), 1)
    return means


@compiled
def _iterate(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    heard: NDArray[np.float64],
    start: NDArray[np.float64],
    other: NDArray[np.float64],
) -> NDArray[np.float64]:  # pragma: no cover
    """Power iteration on XᵀX, kept orthogonal to the unit (or zero) vector `other`."""
    vector = start - (start @ other) * other
    for _ in range(ITERATIONS):
        product = np.zeros_like(vector)
        for row in range(len(offsets) - 1):
            total = 0.0
            for vote in range(offsets[row], offsets[row + 1]):
                total += heard[vote] * vector[columns[vote]]
            for vote in range(offsets[row], offsets[row + 1]):
                product[columns[vote]] += heard[vote] * total
        product -= (product @ other) * other
        length = np.sqrt(product @ product)
        # What is left when there is no more variance is rounding, not opinion.
        if length <= 1e-9 * np.sqrt(vector @ vector) or length < 1e-12:
            return np.zeros_like(vector)
        product /= length
        change = product - vector
        vector = product
        if change @ change < _CONVERGED:
            break
    return vector


@compiled
def _project(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    mean: NDArray[np.float64],
    vectors: NDArray[np.float64],
    silent: NDArray[np.bool_],
) -> NDArray[np.float64]:  # pragma: no cover
    muted = silent.sum()
    places = np.zeros((len(offsets) - 1, 2))
    for row in range(len(offsets) - 1):
        own = muted
        for vote in range(offsets[row], offsets[row + 1]):
            column = columns[vote]
            if not silent[column]:
                own += 1
                heard = values[vote] - mean[column]
                places[row, 0] += heard * vectors[0, column]
                places[row, 1] += heard * vectors[1, column]
        places[row] *= np.sqrt(len(mean) / max(own, 1))
    return places
