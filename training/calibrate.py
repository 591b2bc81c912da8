"""Calibration: from margins to the share of readers, at the base rates of everyday comments.

The corpora hold far more abuse than a community does. Comments are weighed so that each attribute
is as frequent as in REFERENCE, and a logistic curve is fitted; it is stored as straight lines.
"""

import numpy as np
from scipy.optimize import minimize

POINTS = 32
REFERENCE = {
    "toxicity": 0.08,
    "severe_toxicity": 0.01,
    "insult": 0.05,
    "identity_attack": 0.02,
    "threat": 0.01,
    "profanity": 0.04,
    "sexually_explicit": 0.01,
    "spam": 0.05,
    "gratitude": 0.05,
    "curiosity": 0.05,
    "compassion": 0.03,
}
"""The share of everyday comments that readers would say it of. Of these only the first can be read
off the data (wiki_cat: 1 %; public comment sections: 5 to 10 %); the rest are set in proportion."""


def at_reference(shares: np.ndarray, base_rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights, and shares among so weighed comments, that make the mean share the base rate.

    A comment with share s counts as s readers who say so and 1 - s who do not.
    """
    mean = np.clip(shares.mean(), 1e-6, 1 - 1e-6)
    positive = shares * base_rate / mean
    weights = positive + (1 - shares) * (1 - base_rate) / (1 - mean)
    return weights, positive / weights


def curve(margins: np.ndarray, shares: np.ndarray, base_rate: float) -> tuple[float, float]:
    """Slope and offset of the logistic curve that fits best at the base rate."""
    weights, shares = at_reference(shares, base_rate)
    weights = weights / weights.sum()

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        slope, offset = parameters
        whole = slope * margins + offset
        error = 1 / (1 + np.exp(-whole)) - shares
        value = np.sum(weights * (np.logaddexp(0, whole) - shares * whole)) + 1e-4 * slope**2
        by_slope = np.sum(weights * error * margins) + 2e-4 * slope
        return float(value), np.array([by_slope, np.sum(weights * error)])

    bounds = [(0.05, 20), (None, None)]
    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), float(found.x[1])


def lines(slope: float, offset: float) -> tuple[np.ndarray, np.ndarray]:
    """The curve as POINTS points, close together where it bends."""
    logits = np.concatenate([[-12, -9, -7.5], np.linspace(-6, 6, POINTS - 6), [7.5, 9, 12]])
    return (logits - offset) / slope, 1 / (1 + np.exp(-logits))
