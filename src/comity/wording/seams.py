"""Whether two English words can stand beside each other, by how often they do.

The noun is `Seams`: how often each pair of common words was met in polite comments, beside how
often chance alone would bring them together. `english.npz` holds it; `training/wording.py` counts.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

FILE: Final = "english.npz"
END: Final = "."
"""Stands for the beginning and the end of a text, and for every sign."""
RARE: Final = "?"
"""Stands for every word that is not common."""
_LEAST: Final = 0.25
"""How much rarer than by chance two words may be and still be neighbours."""
_PRIOR: Final = 0.5

Counts = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True)
class Seams:
    """Pairs of words as numbers, `first * size + second`, sorted, and how often each was met."""

    numbers: Mapping[str, int]
    singles: Counts
    pairs: Counts
    met: Counts

    def holds(self, before: str, behind: str) -> bool:
        """Whether `behind` may follow `before`; END and signs count as one."""
        first, second = self._number(before), self._number(behind)
        pair = first * len(self.numbers) + second
        at = int(np.searchsorted(self.pairs, pair))
        met = int(self.met[at]) if at < self.pairs.size and self.pairs[at] == pair else 0
        chance = int(self.singles[first]) * int(self.singles[second]) / int(self.singles.sum())
        return met + _PRIOR >= _LEAST * (chance + _PRIOR)

    def _number(self, word: str) -> int:
        if not word[0].isalnum():
            word = END
        return self.numbers.get(word, self.numbers[RARE])


@cache
def seams() -> Seams:
    content = files("comity.wording").joinpath(FILE).read_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return Seams(
            number(bytes(arrays["words"]).decode().split("\n")),
            arrays["singles"],
            np.cumsum(arrays["steps"].astype(np.int64)),
            arrays["met"],
        )


def number(words: Iterable[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(words)}
