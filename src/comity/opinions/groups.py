"""Who thinks alike: base clusters of neighbours on the map, and groups of those.

The noun is `Groups`, the verb `find_groups`. The ones found before, if any, are where the search
for the next ones starts, so that groups stay what they were while votes arrive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.kmeans import cluster, distinct, silhouette, spread

BASE_CLUSTERS: Final = 100
MAX_GROUPS: Final = 5
PATIENCE: Final = 4
"""So many updates in a row have to prefer another number of groups before it changes."""
_OUTSIDE: Final = -1

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Where each of p participants belongs; -1 is outside the conversation."""

    base: Labels
    """(p,) the base cluster"""
    centers: NDArray[np.float64]
    """(b, 2) where the base clusters are"""
    labels: Labels
    """(p,) the group, from 0"""
    partitions: Mapping[int, Labels] = field(default_factory=dict)
    """for each number of groups tried, the group of each participant (p,)"""
    silhouettes: Mapping[int, float] = field(default_factory=dict)
    """for each number of groups tried, how well it separates the base clusters, -1 to 1"""
    count: int = 0
    """how many groups there are"""
    preferred: int = 0
    """the number of groups that the last updates preferred,"""
    streak: int = 0
    """and how many of them in a row"""

    def moved(self, places: NDArray[np.int64]) -> "Groups":
        """The same for a longer list of participants: `places` (q,) says who each of them was.

        -1 stands for someone new.
        """
        new = places == _OUTSIDE

        def move(labels: Labels) -> Labels:
            return np.where(new, _OUTSIDE, labels[places])

        return Groups(
            base=move(self.base),
            centers=self.centers,
            labels=move(self.labels),
            partitions={k: move(labels) for k, labels in self.partitions.items()},
            silhouettes=self.silhouettes,
            count=self.count,
            preferred=self.preferred,
            streak=self.streak,
        )


def find_groups(
    positions: NDArray[np.float64], inside: NDArray[np.bool_], before: Groups | None = None
) -> Groups:
    """Group the participants who are inside (p,) by their positions (p, 2).

    Base clusters are found by k-means from the first 100 distinct positions, or from where the
    members of the ones before now stand. Groups are found by k-means of those, weighted by size,
    for every number from 2 to min(5, 2 + base clusters / 12); the number with the best silhouette
    counts, and replaces another only after four updates in a row that agree.
    """
    points = positions[inside]
    if not len(points):
        nobody = np.full(len(positions), _OUTSIDE)
        return Groups(nobody, np.empty((0, 2)), nobody.copy())
    start = distinct(points, BASE_CLUSTERS)
    if before is not None and before.count:
        start = spread(points, _middles(points, before.base[inside]), BASE_CLUSTERS)
    base, centers = cluster(points, np.ones(len(points)), start)
    sizes = np.bincount(base).astype(np.float64)
    partitions, silhouettes = {1: np.zeros(len(centers), np.int64)}, {1: 0.0}
    for k in range(2, min(MAX_GROUPS, 2 + len(centers) // 12, len(centers)) + 1):
        start = distinct(centers, k)
        if before is not None and k in before.partitions:
            start = spread(centers, _middles(points, before.partitions[k][inside]), k)
        found, _ = cluster(centers, sizes, start)
        partitions[k], silhouettes[k] = found, silhouette(centers, found)
    preferred = max(silhouettes, key=lambda k: (k > 1, silhouettes[k], -k))
    streak = before.streak + 1 if before and before.preferred == preferred else 1
    count = preferred
    if before and before.count in partitions and before.count > 1 and streak < PATIENCE:
        count = before.count
    labels = _named(partitions[count][base], before.labels[inside] if before else None)

    def everyone(found: Labels) -> Labels:
        whole = np.full(len(positions), _OUTSIDE)
        whole[inside] = found
        return whole

    return Groups(
        base=everyone(base),
        centers=centers,
        labels=everyone(labels),
        partitions={k: everyone(found[base]) for k, found in partitions.items()},
        silhouettes=silhouettes,
        count=int(labels.max()) + 1,
        preferred=preferred,
        streak=streak,
    )


def _middles(points: NDArray[np.float64], labels: Labels) -> NDArray[np.float64]:
    """Where the members of each cluster stand on average; clusters without any are left out."""
    known = labels != _OUTSIDE
    sizes = np.bincount(labels[known])
    sums = [np.bincount(labels[known], points[known, axis]) for axis in (0, 1)]
    middles = np.stack(sums, axis=1)[sizes > 0] / sizes[sizes > 0][:, None]
    return distinct(middles, len(middles))


def _named(labels: Labels, before: Labels | None) -> Labels:
    """Give groups the numbers of those that they share most members with."""
    if before is None or not len(labels):
        return labels
    known = before != _OUTSIDE
    size = max(labels.max(), before.max()) + 1
    shared = np.zeros((size, size), np.int64)
    np.add.at(shared, (labels[known], before[known]), 1)
    groups = labels.max() + 1
    best = max(permutations(range(groups)), key=lambda p: shared[range(groups), p].sum())
    return np.array(best)[labels]
