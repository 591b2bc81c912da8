"""Calibration: from margins to the share of readers, at the base rates of everyday comments.

The corpora hold far more abuse than a community does. Comments are weighed so that each attribute
is as frequent as in REFERENCE, and a logistic curve is fitted; it is stored as straight lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from training.examples import Examples
from training.sources import ATTRIBUTES, TRUSTED

EVERYDAY = ("wiki_cat", "jigsaw_2k6", "jigsaw_282", "jigsaw_5k", "jigsaw_six", "jigsaw_multi")
"""Sources whose comments nobody picked for being abusive: the best to calibrate on."""
ENOUGH = 15
POINTS = 32
REFERENCE = {
    "toxicity": 0.15,
    "severe_toxicity": 0.02,
    "insult": 0.1,
    "identity_attack": 0.05,
    "threat": 0.02,
    "profanity": 0.08,
    "sexually_explicit": 0.02,
    "spam": 0.05,
    "gratitude": 0.05,
    "curiosity": 0.05,
    "compassion": 0.03,
    "respect": 0.05,
    "reasoning": 0.1,
    "personal_story": 0.1,
}
"""The share of comments that readers would say it of, where people ask for moderation.

On Wikipedia's talk pages it is 1 % for toxicity (wiki_cat), in comment sections 5 to 10 %; in the
threads that get reported it is more. Thresholds for other rates are in the card."""
CONTESTED = 5.0
"""How much higher the odds are in corpora that were collected by keyword: their harmless comments
are about the same matters, and near the line. Without this a language that has no others would be
calibrated as if its everyday talk were COLD's."""
OURS = CONTESTED**0.5
"""The same for sentences written for this project: many of the harmless ones are near the line on
purpose, but nobody picked them by keyword. With CONTESTED, every third greeting in Chinese was an
insult."""


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


@dataclass(frozen=True, slots=True)
class Curves:
    """A logistic curve for each attribute in each language: slopes and offsets [languages,
    attributes], and which of them rest on comments in that language or at least some."""

    languages: tuple[str, ...]
    slopes: np.ndarray
    offsets: np.ndarray
    known: np.ndarray

    def scores(self, margins: np.ndarray, languages: np.ndarray) -> np.ndarray:
        """Scores [n, attributes] from margins [n, attributes], of comments in these languages."""
        rows = self.rows(languages)
        return 1 / (1 + np.exp(-(self.slopes[rows] * margins + self.offsets[rows])))

    def rows(self, languages: np.ndarray) -> np.ndarray:
        return np.searchsorted(np.array(self.languages), languages)


def curves(tune: Examples, margins: np.ndarray, languages: Sequence[str]) -> Curves:
    """Fit all curves, each on the best comments there are for it: everyday ones in the language,
    or any that people labelled, or our own sentences too, or everyday ones in any language."""
    shape = (len(languages), len(ATTRIBUTES))
    found = Curves(tuple(languages), np.ones(shape), np.zeros(shape), np.zeros(shape, bool))
    everyday = np.isin(tune.sources, EVERYDAY)
    for a, name in enumerate(ATTRIBUTES):
        labelled = tune.weights[:, a] > 0
        trusted = tune.weights[:, a] >= TRUSTED
        positive = tune.labels[:, a] >= 0.5
        for row, language in enumerate(languages):
            spoken = labelled & (tune.languages == language)
            for here in (
                spoken & everyday,
                spoken & trusted & ~tune.ours,
                spoken,
                labelled & everyday,
                labelled,
            ):
                if min((here & positive).sum(), (here & ~positive).sum()) >= ENOUGH:
                    shares = tune.labels[here, a].astype(np.float64)
                    rate = base_rate(name, tune.where(here))
                    fitted = curve(margins[here, a], shares, rate)
                    found.slopes[row, a], found.offsets[row, a] = fitted
                    found.known[row, a] = True
                    break
    return found


def base_rate(name: str, comments: Examples) -> float:
    """How frequent an attribute is taken to be among comments like these."""
    rate = REFERENCE[name]
    if np.isin(comments.sources, EVERYDAY).all():
        return rate
    odds = (OURS if comments.ours.any() else CONTESTED) * rate / (1 - rate)
    return odds / (1 + odds)


def lines(slope: float, offset: float) -> tuple[np.ndarray, np.ndarray]:
    """The curve as POINTS points, close together where it bends."""
    logits = np.concatenate([[-12, -9, -7.5], np.linspace(-6, 6, POINTS - 6), [7.5, 9, 12]])
    return (logits - offset) / slope, 1 / (1 + np.exp(-logits))
