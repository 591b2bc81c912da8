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
_BLOCK: Final = 4
"""Vectors iterated at once: two more than are wanted, so that near ties do not slow it down."""
_CONVERGED: Final = 1e-8
"""The length of what is left over of A·v - λ·v, relative to the largest λ."""


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
    """Find the components by orthogonal iteration on a few vectors at once.

    `start` (2, s) is where to begin, the components found before if there are any; then they keep
    their signs. Else a component's entry of largest size is positive, so that the map does not
    flip from one run to the next. A component without variance (everyone agrees, say) is zero.
    Source: orthogonal iteration with Ritz acceleration, Golub and Van Loan, Matrix Computations,
    8.2.4; it converges to what the power iteration of Polis does, where that converges.
    """
    size = len(votes.statements)
    mean = np.where(silent, 0.0, _means(votes))
    heard = np.where(silent[votes.columns], 0.0, votes.values - mean[votes.columns])
    block = np.cos(np.outer(np.arange(1, size + 1), np.arange(1, min(_BLOCK, size) + 1)))
    if start is not None and size > 1:
        block[:, :2] = start.T
    vectors = np.zeros((2, size))
    found = _iterate(votes, heard, block)[:, : min(2, size)].T
    if start is not None:
        signs = np.where((found * start[: len(found)]).sum(axis=1) < 0, -1.0, 1.0)
    else:
        signs = np.array([-1.0 if v[np.abs(v).argmax()] < 0 else 1.0 for v in found])
    vectors[: len(found)] = np.where(silent, 0.0, found * signs[:, None])
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


def _iterate(
    votes: Votes, heard: NDArray[np.float64], block: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The leading eigenvectors of XᵀX (s, b), the largest first; zero without any variance."""
    if not len(heard):
        return np.zeros_like(block)
    basis = np.linalg.qr(block)[0]
    least = 1e-12 * float(heard @ heard)
    values = np.zeros(basis.shape[1])
    four = np.zeros((len(basis), _BLOCK))
    for _ in range(ITERATIONS):
        four[:, : basis.shape[1]] = basis
        product = _multiply(votes.offsets, votes.columns, heard, four)[:, : basis.shape[1]]
        values, turn = np.linalg.eigh(basis.T @ product)
        values, turn = values[::-1], turn[:, ::-1]
        basis, product = basis @ turn, product @ turn
        left = np.sqrt(((product - basis * values)[:, :2] ** 2).sum(axis=0))
        if (left <= _CONVERGED * values[0]).all() or values[0] <= least:
            break
        basis = np.linalg.qr(product)[0]
    found: NDArray[np.float64] = np.where(values > least, basis, 0.0)
    return found


@compiled
def _multiply(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    heard: NDArray[np.float64],
    block: NDArray[np.float64],
) -> NDArray[np.float64]:
    """XᵀX times four vectors at once (s, 4), in one pass over the votes."""
    # Four sums by name stay in registers, where an array of them would not.
    product = np.zeros_like(block)
    for row in range(len(offsets) - 1):
        a = b = c = d = 0.0
        for vote in range(offsets[row], offsets[row + 1]):
            h, of = heard[vote], columns[vote]
            a += h * block[of, 0]
            b += h * block[of, 1]
            c += h * block[of, 2]
            d += h * block[of, 3]
        for vote in range(offsets[row], offsets[row + 1]):
            h, of = heard[vote], columns[vote]
            product[of, 0] += h * a
            product[of, 1] += h * b
            product[of, 2] += h * c
            product[of, 3] += h * d
    return product


@compiled
def _project(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    mean: NDArray[np.float64],
    vectors: NDArray[np.float64],
    silent: NDArray[np.bool_],
) -> NDArray[np.float64]:
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
