"""How well the fast tier ranks comments of a corpus that it never learnt from.

Comments of one corpus share authors, matters and the way they were picked, so a random split
flatters. The noun is `Unseen`, the verb `unseen()`: toxicity is learnt anew without each corpus in
turn, and measured on its held-out comments beside what is learnt with the others of that corpus.
The full tier would have to be taught once for each corpus, an hour a time; so it is not measured.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from comity.signals.tables import shipped
from training.contrast import TIMES
from training.evaluate import FEWEST
from training.examples import TRAIN, Examples, buckets
from training.fit import fit, margins
from training.sources import TRUSTED


@dataclass(frozen=True, slots=True)
class Unseen:
    """AUCs of toxicity on the held-out comments of one corpus in one language."""

    corpus: str
    language: str
    comments: int
    positives: int

    seen: float
    """Where the corpus's other comments were learnt from, as in the shipped model."""

    unseen: float
    """Where none of the corpus was."""


def unseen(examples: Examples, bits: int) -> Iterator[Unseen]:
    """One for each corpus and language with enough held-out comments of either sort."""
    features = buckets(examples.texts, shipped(), bits)
    kin = examples.kin
    times = np.where(kin == "contrast", TIMES, 1) * (examples.split == TRAIN)

    def learnt(visits: np.ndarray) -> np.ndarray:
        labels, weights = examples.labels[:, :1], examples.weights[:, :1]
        return margins(*features, *fit(*features, labels, weights, kin, visits, bits))[:, 0]

    corpora = np.array([corpus_of(source) for source in examples.sources.tolist()])
    everything = learnt(times)
    for corpus in np.unique(corpora).tolist():
        if places := list(_places(examples, corpora == corpus)):
            without = learnt(times * (corpora != corpus))
        for language, here in places:
            truth = examples.labels[here, 0] >= 0.5
            seen, never = (
                float(roc_auc_score(truth, all_[here])) for all_ in (everything, without)
            )
            yield Unseen(corpus, language, truth.size, int(truth.sum()), seen, never)


def corpus_of(source: str) -> str:
    """Sources are named after what they were taken from: jigsaw_5k, cold_dev, contrast:report."""
    return source.partition(":")[0].partition("_")[0]


def _places(examples: Examples, corpus: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """The languages of a corpus, and which of its comments in each can be tested on."""
    held_out = corpus & (examples.split != TRAIN) & (examples.weights[:, 0] >= TRUSTED)
    for language in np.unique(examples.languages[held_out]).tolist():
        here = held_out & (examples.languages == language)
        truth = examples.labels[here, 0] >= 0.5
        if min(truth.sum(), (~truth).sum()) >= FEWEST:
            yield language, here
