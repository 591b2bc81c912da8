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
        self._gram = np.zeros((DEPTH, DEPTH))

    def next(self, x: Vector, g: Vector) -> Vector:
        """Where to evaluate next, given that x went to g."""
        rest = g - x
        if self._last is not None:
            last_rest, last_g = self._last
            self._moves.append((rest - last_rest, g - last_g))
            self._remember()
        self._last = rest, g
        if not self._moves:
            return g
        # Normal equations: a column a step, so they cost little; the ridge keeps them solvable.
        known = len(self._moves)
        gram = self._gram[-known:, -known:].copy()
        gram += np.eye(known) * (1e-14 * np.trace(gram) + np.finfo(float).tiny)
        weights = np.linalg.solve(gram, np.array([a @ rest for a, _ in self._moves]))
        there = g.copy()
        for weight, (_, moved) in zip(weights, self._moves, strict=True):
            there -= weight * moved
        return there

    def _remember(self) -> None:
        """Add the last step's products with the others to those that are known."""
        self._gram[:-1, :-1] = self._gram[1:, 1:]
        last, _ = self._moves[-1]
        products = [last @ one for one, _ in self._moves]
        self._gram[-1, -len(products) :] = self._gram[-len(products) :, -1] = products

    def forget(self) -> None:
        """Start anew, where the steps so far led astray."""
        self._moves.clear()
        self._last = None
