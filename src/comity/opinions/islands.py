"""Islands: voters whom no chain of common statements connects with the rest.

Nothing tells how people of one island would vote on what another was asked, so groups that span
islands say less than they seem to. The verb is `islands_of`.
"""

import numpy as np
from numpy.typing import NDArray

from comity.opinions.kernel import compiled
from comity.opinions.votes import Votes


def islands_of(votes: Votes, silent: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The island (p,) of each participant, the largest 0, the next 1, …; -1 for who voted on
    nothing but `silent` (s,) statements. Islands of the same size are in the order of their first
    participants.
    """
    home = _homes(votes.offsets, votes.columns, silent)
    known = home >= 0
    homes, first, place, sizes = np.unique(
        home[known], return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(homes), np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(homes))
    islands = np.full(len(home), -1, np.int64)
    islands[known] = rank[place]
    return islands


@compiled
def _homes(
    offsets: NDArray[np.int64], columns: NDArray[np.int32], silent: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """For each participant a statement that stands for their island (union by path halving)."""
    parent = np.arange(len(silent))
    home = np.full(len(offsets) - 1, -1, np.int64)
    for person in range(len(home)):
        for vote in range(offsets[person], offsets[person + 1]):
            a, b = home[person], np.int64(columns[vote])
            if silent[b]:
                continue
            while parent[b] != b:
                parent[b] = parent[parent[b]]
                b = parent[b]
            if a >= 0:
                while parent[a] != a:
                    parent[a] = parent[parent[a]]
                    a = parent[a]
                parent[max(a, b)] = min(a, b)
                b = min(a, b)
            home[person] = b
    for person in range(len(home)):
        if home[person] >= 0:
            while parent[home[person]] != home[person]:
                home[person] = parent[home[person]]
    return home
