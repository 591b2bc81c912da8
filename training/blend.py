"""Joining the tiers: how much each counts, and where the second is asked at all."""

import numpy as np
from scipy.optimize import minimize

from training.calibrate import at_reference

OPEN = 0.68
"""The share of everyday comments whose toxicity the encoder is asked about. At less, more than
0.002 of its area under the curve is lost."""
TOP = 0.05
"""The share for which each other attribute asks, too."""


def mixture(fast: np.ndarray, margins: np.ndarray, shares: np.ndarray) -> tuple[float, float]:
    """Weights of the fast tier's logits and of the encoder's margins that predict best, each [n].

    Half of the weight goes to comments that readers object to, however many there are.
    """
    both = np.stack([fast, margins, np.ones_like(fast)])
    weights, targets = at_reference(shares, 0.5)
    weights = weights / weights.sum()

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        whole = parameters @ both
        error = 1 / (1 + np.exp(-whole)) - targets
        value = np.sum(weights * (np.logaddexp(0, whole) - targets * whole))
        return float(value), both @ (weights * error)

    bounds = [(0, None), (0, None), (None, None)]
    found = minimize(loss, np.array([0.5, 0.5, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), float(found.x[1])


def opening(fast: np.ndarray) -> np.ndarray:
    """The fast scores [attributes] from which on a comment is looked at again.

    `fast` [n, attributes]: those of everyday comments, toxicity first.
    """
    marks = np.quantile(fast, 1 - TOP, axis=0)
    marks[0] = np.quantile(fast[:, 0], 1 - OPEN)
    return marks
