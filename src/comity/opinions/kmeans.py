"""Lloyd's k-means in the plane, with weights, from given centres: nothing random in it."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.kernel import compiled

ITERATIONS: Final = 20
_CLOSE: Final = 0.01
"""Centres that all moved less than this are where they belong, as in Polis."""


def distinct(points: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the first `count` distinct points (≤ count, 2), in their order."""
    seen = dict.fromkeys(map(tuple, points[: 2 * count].tolist()))
    if len(seen) < count < len(points):
        for point in map(tuple, points[2 * count :].tolist()):
            seen[point] = None
            if len(seen) == count:
                break
    return np.array(list(seen)[:count]).reshape(-1, 2)


@compiled
def cluster(
    points: NDArray[np.float64], weights: NDArray[np.float64], centers: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Partition points (n, 2) with weights (n,), from k centres (k, 2).

    Returns the cluster of each point (n,) and the centres that are left; an empty cluster goes.
    A point as near to two centres belongs to the first. Source: Lloyd, Least squares quantization
    in PCM (1982).
    """
    labels = np.zeros(len(points), np.int64)
    for _ in range(ITERATIONS):
        sums = np.zeros((len(centers), 3))
        for i in range(len(points)):
            x, y = points[i]
            best = np.inf
            for j in range(len(centers)):
                dx, dy = x - centers[j, 0], y - centers[j, 1]
                distance = dx * dx + dy * dy
                if distance < best:
                    best, labels[i] = distance, j
            sums[labels[i], 0] += weights[i] * x
            sums[labels[i], 1] += weights[i] * y
            sums[labels[i], 2] += weights[i]
        left = 0
        renamed = np.zeros(len(centers), np.int64)
        moved = 0.0
        for j in range(len(centers)):
            renamed[j] = left
            if sums[j, 2] > 0:
                x, y = sums[j, 0] / sums[j, 2], sums[j, 1] / sums[j, 2]
                moved = max(moved, (x - centers[j, 0]) ** 2 + (y - centers[j, 1]) ** 2)
                centers[left] = x, y
                left += 1
        if left < len(centers):
            for i in range(len(labels)):
                labels[i] = renamed[labels[i]]
            centers = centers[:left].copy()
        elif moved < _CLOSE * _CLOSE:
            break
    return labels, centers


def silhouette(points: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """How well separated clusters are, -1 to 1: the mean silhouette; 0 if there is but one.

    Source: Rousseeuw, Silhouettes (1987). A point alone in its cluster has 0.
    """
    sizes = np.bincount(labels)
    if len(sizes) < 2:
        return 0.0
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    sums = np.stack([apart[:, labels == j].sum(axis=1) for j in range(len(sizes))], axis=1)
    own = np.arange(len(points)), labels
    inside = sums[own] / np.maximum(sizes[labels] - 1, 1)
    means = sums / sizes
    means[own] = np.inf
    outside = means.min(axis=1)
    scale = np.maximum(inside, outside)
    scores = np.divide(outside - inside, scale, out=np.zeros_like(scale), where=scale > 0)
    return float(np.where(sizes[labels] > 1, scores, 0.0).mean())


@compiled
def spread(
    points: NDArray[np.float64], centers: NDArray[np.float64], count: int
) -> NDArray[np.float64]:
    """Add to centres (k, 2) the point farthest from all of them, until they are `count` (≤, 2).

    Ends early when every point lies on a centre.
    """
    grown = np.empty((max(count, len(centers)), 2))
    grown[: len(centers)] = centers
    size = len(centers)
    nearest = np.full(len(points), np.inf)
    measured = 0
    while size < count:
        farthest = -1
        for i in range(len(points)):
            for j in range(measured, size):
                dx, dy = points[i, 0] - grown[j, 0], points[i, 1] - grown[j, 1]
                nearest[i] = min(nearest[i], dx * dx + dy * dy)
            if nearest[i] > 0 and (farthest < 0 or nearest[i] > nearest[farthest]):
                farthest = i
        if farthest < 0:
            break
        measured = size
        grown[size] = points[farthest]
        size += 1
    return grown[:size].copy()
