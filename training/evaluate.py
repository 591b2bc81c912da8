"""Evaluation on held-out comments: ranking, calibration, and the two baselines to beat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import re2
from sklearn.metrics import average_precision_score, roc_auc_score

from comity.signals.views import plain
from training.calibrate import at_reference
from training.sources import obscene_words

RESAMPLES = 100
FEWEST = 20
"""With fewer positives (or negatives) than this a figure says nothing."""

# For attributes that no list of obscene words is about.
KEYWORDS: Mapping[str, str] = {
    "threat": "kill die dead shoot burn hurt beat rape hang bomb destroy punch stab",
    "spam": "free win call txt click subscribe http www prize cash channel check visit",
    "gratitude": "thank thanks thx thankyou grateful appreciate appreciated",
    "curiosity": "? why how what wonder curious when who where",
    "compassion": "sorry hope hugs care safe stay okay love strong luck better proud",
    "respect": "agree point thanks fair good respect appreciate understand 尊重 理解 有道理 同意",
    "reasoning": "because since therefore so study data evidence 因为 所以 数据 研究",
    "personal_story": "i my me when was we 我 我们 当时",
    "identity_attack": "black white jew jews muslim muslims gay women woman immigrants islam race "
    "黑人 女人 女权 同性恋 穆斯林 河南人 东北人 男人",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How an attribute fares in one language, on comments that were never trained on."""

    comments: int
    positives: int
    auc: float
    interval: tuple[float, float]
    average_precision: float
    calibration_error: float
    length_auc: float
    words_auc: float

    lead: float
    """How far its AUC is above the better baseline's in all but 2.5 % of resampled tests."""

    @property
    def worth_it(self) -> bool:
        """Whether it beats what anyone could do without a model."""
        return self.auc > max(self.length_auc, self.words_auc) and self.interval[0] > 0.6


def figures(
    scores: np.ndarray,
    shares: np.ndarray,
    texts: Sequence[str],
    words: Sequence[str],
    rate: float,
    judged: np.ndarray,
) -> Figures:
    """Of at least FEWEST comments of either kind; calibration is measured on the `judged` [n]."""
    truth = shares >= 0.5
    lengths = np.array([len(text) for text in texts], np.float64)
    lengths *= 1 if roc_auc_score(truth, lengths) >= 0.5 else -1
    counts = word_counts(texts, words)
    resampled = _resampled(truth, scores, lengths, counts)
    return Figures(
        len(truth),
        int(truth.sum()),
        float(roc_auc_score(truth, scores)),
        (float(np.quantile(resampled[0], 0.025)), float(np.quantile(resampled[0], 0.975))),
        float(average_precision_score(truth, scores)),
        calibration_error(scores[judged], shares[judged], rate),
        float(roc_auc_score(truth, lengths)),
        float(roc_auc_score(truth, counts)),
        float(np.quantile(resampled[0] - np.maximum(resampled[1], resampled[2]), 0.025)),
    )


def _resampled(truth: np.ndarray, *rankings: np.ndarray) -> np.ndarray:
    """AUCs [rankings, RESAMPLES], all on the same resampled tests."""
    random = np.random.default_rng(0)
    found = np.empty((len(rankings), RESAMPLES))
    for k in range(RESAMPLES):
        chosen = random.integers(0, len(truth), len(truth))
        while not 0 < truth[chosen].sum() < len(truth):
            chosen = random.integers(0, len(truth), len(truth))
        found[:, k] = [roc_auc_score(truth[chosen], ranking[chosen]) for ranking in rankings]
    return found


def calibration_error(scores: np.ndarray, shares: np.ndarray, rate: float) -> float:
    """Expected calibration error over ten equal steps, at the reference base rate."""
    weights, expected = at_reference(shares, rate)
    step = np.minimum((scores * 10).astype(int), 9)
    total = 0.0
    for k in np.unique(step):
        here = step == k
        total += abs(np.sum(weights[here] * (scores[here] - expected[here])))
    return float(total / weights.sum())


def word_counts(texts: Sequence[str], words: Sequence[str]) -> np.ndarray:
    """How many of the words each text holds; Chinese and symbols anywhere, others as words."""
    parts = [
        rf"\b{re2.escape(word)}\b" if word.isascii() and word.isalpha() else re2.escape(word)
        for word in sorted(set(words) - {""})
    ]
    if not parts:
        return np.zeros(len(texts))
    pattern = re2.compile("|".join(parts))
    return np.array([len(pattern.findall(plain(text))) for text in texts])


def word_list(folder: Path, attribute: str, language: str) -> list[str]:
    if attribute in KEYWORDS:
        return KEYWORDS[attribute].split()
    return sorted(obscene_words(folder, language))
