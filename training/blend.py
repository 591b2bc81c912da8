"""Joining the tiers: how much each counts, and where the second is asked at all."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize

from training.calibrate import at_reference
from training.examples import Examples
from training.sources import ATTRIBUTES, TRUSTED

OPEN = 0.68
"""The share of everyday comments whose toxicity the encoder is asked about. At less, more than
0.002 of its area under the curve is lost."""
TOP = 0.05
"""The share for which each other attribute asks, too."""
SURE = 1000
"""So many labelled comments tell what a language loses where the encoder is not asked; with fewer
it is asked always. Fast scores are least sure in the languages that have least to learn from."""
NEAR = 8.0
"""How many comments' worth of doubt a language needs to weigh the tiers unlike the others: with n
of them, a difference of d costs NEAR * d² / n."""


def mixture(
    fast: np.ndarray,
    margins: np.ndarray,
    shares: np.ndarray,
    usual: tuple[float, float] | None = None,
) -> tuple[float, float]:
    """Weights of the fast tier's logits and of the encoder's margins that predict best, each [n].

    Half of the weight goes to comments that readers object to, however many there are. `usual`:
    the weights to stay near to where comments are few.
    """
    both = np.stack([fast, margins, np.ones_like(fast)])
    weights, targets = at_reference(shares, 0.5)
    weights = weights / weights.sum()
    near = np.array([*(usual or (0.0, 0.0)), 0.0])
    bound = np.array([1.0, 1.0, 0.0]) * (NEAR / len(fast) if usual else 0.0)

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        whole = parameters @ both
        error = 1 / (1 + np.exp(-whole)) - targets
        value = np.sum(weights * (np.logaddexp(0, whole) - targets * whole))
        away = (parameters - near) * bound
        return float(value + away @ (parameters - near)), both @ (weights * error) + 2 * away

    bounds = [(0, None), (0, None), (None, None)]
    found = minimize(loss, np.array([0.5, 0.5, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds)
    return float(found.x[0]), float(found.x[1])


def weigh(
    tune: Examples, fast: np.ndarray, margins: np.ndarray, languages: Sequence[str]
) -> np.ndarray:
    """How much each tier counts, [languages, attributes, 2]: where a language has few comments of
    its own, about as much as in all together."""
    weights = np.ones((len(languages), len(ATTRIBUTES), 2))
    for a, name in enumerate(ATTRIBUTES):
        known = tune.weights[:, a] >= TRUSTED
        shares = tune.labels[:, a].astype(np.float64)
        if not _differ(shares[known]):
            continue
        usual = mixture(fast[known, a], margins[known, a], shares[known])
        weights[:, a] = usual
        for row, language in enumerate(languages):
            here = known & (tune.languages == language)
            if _differ(shares[here]):
                weights[row, a] = mixture(fast[here, a], margins[here, a], shares[here], usual)
        shown = (
            f"{code} {f:.2f} {e:.2f}" for code, (f, e) in zip(languages, weights[:, a], strict=True)
        )
        print(f"  {name}, fast and encoder: {'; '.join(shown)}")
    return weights


def _differ(shares: np.ndarray) -> bool:
    return bool(shares.size) and 0 < shares.mean() < 1


def opening(fast: np.ndarray, sure: np.ndarray) -> np.ndarray:
    """The fast scores [languages, attributes] from which on a comment is looked at again.

    `fast` [n, attributes]: those of everyday comments, toxicity first; `sure` [languages]: whether
    anything may go without a second look.
    """
    marks = np.quantile(fast, 1 - TOP, axis=0)
    marks[0] = np.quantile(fast[:, 0], 1 - OPEN)
    return np.where(sure[:, None], marks, 0.0)
