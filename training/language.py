"""The stage `language`: the weights by which `comity.signals.guess` tells languages apart.

Made from how often words are used in each language (the package wordfreq, data under CC BY-SA 4.0):
texts are drawn word by word, as long as posts are, and a linear classifier is fitted to them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from comity.signals.alphabets import CLASS, NAMES, OTHER_LETTER, table
from comity.signals.characters import points_of
from comity.signals.guess import BUCKETS, letter_runs
from comity.signals.kernel import compiled

# fmt: off
LANGUAGES = {
    "Latn": (
        "cs", "da", "de", "en", "es", "fi", "fr", "hu", "id", "it", "nb", "nl", "pl", "pt", "ro",
        "sv", "tr", "vi",
    ),
    "Cyrl": ("bg", "ru", "uk"),
    "Arab": ("ar", "fa"),
}
# fmt: on
NEIGHBOURS = {
    "Latn": ("ca", "fil", "is", "lt", "lv", "sh", "sk", "sl"),
    "Cyrl": ("mk",),
    "Arab": ("ur",),
}
"""Learned only so as not to be taken for one of the others: rarer, so a third as many texts."""
TAGS = {"nb": "no"}
NO_LANGUAGE = "und"
FOREIGN = {
    "Latn": "əħŵŷĝĥĵŝŭĉǩǧ",
    "Cyrl": "ўђјљњћџәғқңөұүһӣӯҳҷ",
    "Arab": "ڕۆێەڵڤړښڼځڅټډږڪڳ",
}
"""Letters of languages that are not learned: words with them are in none of these."""
EVERYWHERE = "ah aha ha haha hahaha hahahaha hey hmm lmao lol mmm oh oho ok okay omg rofl uh www xd"
"""Words that say nothing about the language."""

TEXTS, WORDS = 6_000, 30_000
EPOCHS, RATE, DECAY = 4, 0.3, 1e-7
SEED = 20_261_123

Sample = tuple[Any, int, int]
"""Code points, script, place of the language."""


def make_language_model(path: Path) -> None:
    """Fit the model and write it."""
    random = np.random.default_rng(SEED)
    names = [*sum([*LANGUAGES.values(), *NEIGHBOURS.values()], ()), NO_LANGUAGE]
    samples = [*_in_a_language(random, names), *_gibberish(random, len(names) - 1)]
    points = np.concatenate([sample[0] for sample in samples])
    ends = np.cumsum([0] + [sample[0].size for sample in samples])
    scripts, labels = (np.array([sample[k] for sample in samples]) for k in (1, 2))
    weights = np.zeros((BUCKETS, len(names)), np.float32)
    squares = np.full_like(weights, 1e-3)
    bias = np.zeros(len(names), np.float32)
    for epoch in range(EPOCHS):
        order = random.permutation(len(samples))
        loss = _fit(points, ends, scripts, labels, order, table(), weights, squares, bias)
        print(f"language, epoch {epoch + 1} of {EPOCHS}: loss {loss:.4f}")
    step = float(np.quantile(np.abs(weights[weights != 0]), 0.9999)) / 127
    np.savez_compressed(
        path,
        weights=np.clip(np.round(weights / step), -127, 127).astype(np.int8),
        bias=bias,
        step=np.array(step),
        languages=np.array([TAGS.get(name, name) for name in names]),
    )


def _in_a_language(random: np.random.Generator, names: list[str]) -> Iterator[Sample]:
    for script, learned in LANGUAGES.items():
        number = NAMES.index(script)
        for language in (*learned, *NEIGHBOURS[script]):
            count = TEXTS if language in learned else TEXTS // 3
            for k, text in enumerate(_texts(random, language, number, count)):
                yield points_of(text), number, names.index(language)
                if k % (6 * len(learned)) == 0:
                    yield points_of(_spoil(random, text, FOREIGN[script])), number, len(names) - 1


def _texts(random: np.random.Generator, language: str, script: int, count: int) -> Iterator[str]:
    """Some have one or two words, few have thirty; some begin or end inside a word."""
    words, odds = _vocabulary(language, script)
    sizes = np.minimum(random.geometric(0.12, count), 30)
    drawn = random.choice(words, sizes.sum(), p=odds)
    cuts = random.integers(-9, 10, count)
    for part, cut in zip(np.split(drawn, np.cumsum(sizes)[:-1]), cuts, strict=True):
        text = " ".join(part).lower()
        yield text[cut:] if 0 < cut < 4 else text[:cut] if -4 < cut < 0 else text


def _vocabulary(language: str, script: int) -> tuple[Any, Any]:
    """Words of one script, and how often each is used."""
    try:
        from wordfreq import get_frequency_dict
    except ImportError:
        raise SystemExit("This stage needs wordfreq: pip install wordfreq==3.1.1") from None
    used = get_frequency_dict(language, wordlist="best")
    ranked = sorted(used, key=lambda word: (-used[word], word))[:WORDS]
    words = [word for word in ranked if _scripts(word) == {script}]
    odds = np.array([used[word] for word in words])
    return np.array(words), odds / odds.sum()


def _scripts(word: str) -> set[int]:
    classes = table()[points_of(word)] & CLASS
    return {int(klass) for klass in classes if 0 < klass <= OTHER_LETTER}


def _spoil(random: np.random.Generator, text: str, foreign: str) -> str:
    letters = list(foreign)
    return "".join(
        random.choice(letters) if char != " " and random.random() < 0.25 else char for char in text
    )


def _gibberish(random: np.random.Generator, label: int) -> Iterator[Sample]:
    letters, latin = list("abcdefghijklmnopqrstuvwxyz"), NAMES.index("Latn")
    for k in range(TEXTS // 2):
        sizes = random.integers(2, 9, random.integers(1, 5))
        text = " ".join("".join(random.choice(letters, size)) for size in sizes)
        yield points_of(text), latin, label
        if k % 4 == 0:
            text = " ".join(random.choice(EVERYWHERE.split(), random.integers(1, 3)))
            yield points_of(text), latin, label


@compiled
def _fit(points, ends, scripts, labels, order, classes, weights, squares, bias):  # type: ignore[no-untyped-def]
    """One epoch of Adagrad on the softmax loss, the sums scaled as the guess scales them."""
    loss = 0.0
    for t in order:
        text = points[ends[t] : ends[t + 1]]
        buckets = np.empty(4 * text.size, np.uint16)
        size = letter_runs(text, classes, scripts[t], buckets)
        if size == 0:
            continue
        scale = 1 / np.sqrt(size)
        scores = bias.astype(np.float64)
        for k in range(size):
            for c in range(bias.size):
                scores[c] += weights[buckets[k], c] * scale
        scores = np.exp(scores - scores.max())
        scores /= scores.sum()
        loss -= np.log(max(scores[labels[t]], 1e-9))
        scores[labels[t]] -= 1
        for c in range(bias.size):
            bias[c] -= 0.01 * RATE * scores[c]
        for k in range(size):
            row = buckets[k]
            for c in range(bias.size):
                slope = scores[c] * scale + DECAY * weights[row, c]
                squares[row, c] += slope * slope
                weights[row, c] -= RATE * slope / np.sqrt(squares[row, c])
    return loss / order.size
