"""Whether a model is as fair to sentences with one identity term as to those with the others.

The noun is `Fairness`, what is measured for a term; the verb `fairness()`. Its three areas under
the curve are those of Borkan, Dixon, Sorensen, Thain and Vasserman, "Nuanced Metrics for Measuring
Unintended Bias with Real Data for Text Classification" (2019).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score


@dataclass(frozen=True, slots=True)
class Fairness:
    """Figures for one term; its background is the sentences with every other term."""

    term: str
    sentences: int

    subgroup: float
    """AUC among the term's own sentences: low if the model cannot tell harm beside the term."""

    bpsn: float
    """AUC of background harm against the term's harmless sentences ("background positive, subgroup
    negative"): low if the term alone raises scores."""

    bnsp: float
    """AUC of the term's harm against harmless background ("background negative, subgroup
    positive"): low if the term alone lowers scores."""

    false_positives: float
    """Which share of the term's harmless sentences scores at least the threshold."""


def fairness(
    terms: Iterable[str], toxic: np.ndarray, scores: np.ndarray, threshold: float = 0.5
) -> list[Fairness]:
    """One for each term, in order of appearance; terms, toxic (bool) and scores: [sentences].

    Terms are compared within one language: give those of one at a time.
    Raises ValueError for a single term, or a term without both harmful and harmless sentences.
    """
    named = np.array(list(terms))
    toxic = np.asarray(toxic, bool)
    found = []
    for term in dict.fromkeys(named.tolist()):
        own = named == term
        if not 0 < toxic[own].sum() < own.sum() or own.all():
            raise ValueError(
                f"“{term}” needs harmful and harmless sentences, and other terms to compare it with"
            )
        positive_background, negative_background = own ^ toxic, own == toxic
        found.append(
            Fairness(
                term,
                int(own.sum()),
                *(
                    float(roc_auc_score(toxic[chosen], scores[chosen]))
                    for chosen in (own, positive_background, negative_background)
                ),
                float((scores[own & ~toxic] >= threshold).mean()),
            )
        )
    return found


def false_positive_gap(found: Iterable[Fairness]) -> float:
    """The highest false-positive rate of a term less the lowest."""
    rates = [each.false_positives for each in found]
    return max(rates) - min(rates)
