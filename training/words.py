"""The stage `views`, second half: which words people write plainly, by hash and by how often."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from comity.signals.lookup import hash_word
from comity.signals.tables import Ints
from comity.signals.views import view

SHORTEST, LONGEST, RAREST = 3, 24, 6
NONE = [np.zeros(0, np.int32)] * 2
"""The sections of an empty list."""


def word_list(texts: Iterable[str], table: Ints) -> list[np.ndarray]:
    """Count words of letters only, none thrice in a row, that at least RAREST texts hold."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(_words(view(text, table).text)))
    hashes: dict[int, int] = {}
    for word, count in counts.items():
        if count >= RAREST:
            points = np.array([ord(char) for char in word], np.int32)
            key = int(hash_word(points, 0, points.size))
            hashes[key] = max(hashes.get(key, 0), count)
    keys = sorted(hashes)
    frequencies = [hashes[key].bit_length() for key in keys]
    return [np.array(keys, np.int32), np.array(frequencies, np.int32)]


def _words(text: str) -> Iterable[str]:
    for token in text.split():
        word = token.strip(".,;:!?\"'()[]{}*-_…“”‘’«»")
        if (
            SHORTEST <= len(word) <= LONGEST
            and word.isalpha()
            and not any(a == b == c for a, b, c in zip(word, word[1:], word[2:], strict=False))
        ):
            yield word
