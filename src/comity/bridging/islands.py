"""Islands: raters and notes that no chain of ratings connects with the rest.

Nothing says which side of one island is like which of another, so the more there are, the less
"both sides" means. The verb is `islands`.
"""

import numpy as np

from comity.bridging.ids import Codes
from comity.bridging.kernel import compiled
from comity.bridging.ratings import Ratings
from comity.bridging.sweep import Counts


def islands(ratings: Ratings) -> Counts:
    """How many notes each island has, the largest first."""
    home = _homes(ratings.begin, ratings.note, len(ratings.notes))
    _, sizes = np.unique(home, return_counts=True)
    return np.sort(sizes)[::-1]


@compiled
def _homes(begin: Counts, note: Codes, notes: int) -> Codes:
    """For each note one note that stands for its island (union by path halving)."""
    parent = np.arange(notes).astype(np.int32)
    for u in range(len(begin) - 1):
        if begin[u] == begin[u + 1]:
            continue
        a = note[begin[u]]
        for k in range(begin[u], begin[u + 1]):
            while parent[a] != a:
                parent[a] = parent[parent[a]]
                a = parent[a]
            b = note[k]
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            parent[max(a, b)] = min(a, b)
            a = min(a, b)
    for n in range(notes):
        while parent[parent[n]] != parent[n]:
            parent[n] = parent[parent[n]]
    return parent
