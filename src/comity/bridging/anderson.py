"""Anderson acceleration: the next point of an iteration from its last few, not from the last alone.

The noun is `Anderson`. Type II of Walker and Ni, "Anderson acceleration for fixed-point
iterations", SIAM J. Numer. Anal. 49 (2011).
"""

from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

DEPTH: Final = 8
"""How many steps are remembered."""


class Anderson:
    """Remembers how an iteration x → g(x) moved, and from that where it is going."""

    def __init__(self) -> None:
        self._moves: deque[tuple[Vector, Vector]] = deque(maxlen=DEPTH)
        self._last: tuple[Vector, Vector] | None = None

    def next(self, x: Vector, g: Vector) -> Vector:
        """Where to evaluate next, given that x went to g."""
        rest = g - x
        if self._last is not None:
            last_rest, last_g = self._last
            self._moves.append((rest - last_rest, g - last_g))
        self._last = rest, g
        if not self._moves:
            return g
        # Normal equations: a column a step, so they cost little; the ridge keeps them solvable.
        gram = np.array([[a @ b for b, _ in self._moves] for a, _ in self._moves])
        gram += np.eye(len(gram)) * (1e-14 * np.trace(gram) + np.finfo(float).tiny)
        weights = np.linalg.solve(gram, np.array([a @ rest for a, _ in self._moves]))
        there = g.copy()
        for weight, (_, moved) in zip(weights, self._moves, strict=True):
            there -= weight * moved
        return there

    def forget(self) -> None:
        """Start anew, where the steps so far led astray."""
        self._moves.clear()
        self._last = None
