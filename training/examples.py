"""The comments as a learner wants them: merged by text, split for good, turned into numbers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from comity.signals.linear import extract
from comity.signals.tables import Ints
from comity.signals.views import view
from training.sources import ATTRIBUTES, Comment, bias_of

PARTS = ("train", "tune", "test")
TRAIN, TUNE, TEST = range(3)
BATCH = 2_000


@dataclass(slots=True)
class Examples:
    """n texts; labels and weights are [n, attributes], NaN and 0 where nothing is known."""

    texts: list[str]
    languages: np.ndarray
    sources: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    split: np.ndarray
    """TRAIN (80 %), TUNE (10 %: calibration, choices) or TEST (10 %), by the hash of the text."""

    @property
    def kin(self) -> np.ndarray:
        """The name [n] that each comment's source has in common with those of the same bias."""
        return np.array([bias_of(source) for source in self.sources.tolist()])

    @property
    def ours(self) -> np.ndarray:
        """Which comments [n] are sentences written for this project."""
        return np.char.startswith(self.sources.astype(str), "contrast")

    def where(self, chosen: np.ndarray) -> "Examples":
        texts = [self.texts[k] for k in np.flatnonzero(chosen)]
        rest = (self.languages, self.sources, self.labels, self.weights, self.split)
        return Examples(texts, *(part[chosen] for part in rest))


def gather(comments: Iterable[Comment]) -> Examples:
    """Merge comments that say the same once folded, so that none straddles the split."""
    merged: dict[str, Comment] = {}
    for comment in comments:
        key = " ".join(word for word in view(comment.text).text.split() if word[0] != "@")
        if not key:
            continue
        known = merged.setdefault(key, comment)
        for name, (share, weight) in comment.labels.items():
            old, trust = known.labels.get(name, (0.0, 0.0))
            total = trust + weight
            known.labels[name] = ((old * trust + share * weight) / total, max(trust, weight))
    chosen = list(merged.values())
    labels = np.full((len(chosen), len(ATTRIBUTES)), np.nan, np.float32)
    weights = np.zeros_like(labels)
    for k, comment in enumerate(chosen):
        for name, (share, weight) in comment.labels.items():
            labels[k, ATTRIBUTES.index(name)] = share
            weights[k, ATTRIBUTES.index(name)] = weight
    return Examples(
        [comment.text for comment in chosen],
        np.array([comment.language for comment in chosen]),
        np.array([comment.source for comment in chosen]),
        labels,
        weights,
        np.array([_split(key, comment.part) for key, comment in merged.items()], np.int8),
    )


def _split(key: str, part: str) -> int:
    if part:
        return PARTS.index(part)
    tenth = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4).digest()[0] % 10
    return {0: TEST, 1: TUNE}.get(tenth, TRAIN)


def join(texts: list[str]) -> tuple[Ints, Ints]:
    """Texts as one run of code points, and where each begins."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.int32)
    bounds = np.zeros(len(texts) + 1, np.int32)
    np.cumsum([len(text) for text in texts], out=bounds[1:])
    return points, bounds


def buckets(texts: list[str], table: Ints, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """The distinct n-gram buckets of each text, end to end, and where each text's begin."""
    parts, begins = [], [np.zeros(1, np.int64)]
    total = 0
    for start in range(0, len(texts), BATCH):
        found, bounds = extract(*join(texts[start : start + BATCH]), table, (1 << bits) - 1)
        parts.append(found)
        begins.append(bounds[1:].astype(np.int64) + total)
        total += found.size
    return np.concatenate(parts), np.concatenate(begins)
