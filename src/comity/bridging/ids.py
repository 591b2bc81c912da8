"""Ids of any type as places in a sorted list of them, so that no result hangs on the row order.

The verb is `coded`.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comity.bridging.kernel import compiled

Codes = NDArray[np.int32]


def coded(ids: Iterable[Any]) -> tuple[NDArray[Any], Codes]:
    """The different ids (K,) in their order, and for each row (R,) the place of its id in them.

    Whole numbers are ordered as numbers, texts by code points, and a mix of types by type first.
    """
    if isinstance(ids, np.ndarray) and ids.dtype.kind in "iu":
        return _coded_integers(ids)
    rows = ids.tolist() if isinstance(ids, np.ndarray) else list(ids)
    distinct = set(rows)
    try:
        ordered = sorted(distinct)
    except TypeError:
        ordered = sorted(distinct, key=lambda value: (type(value).__name__, repr(value)))
    names = np.empty(len(ordered), dtype=object)
    names[:] = ordered
    places = {name: place for place, name in enumerate(ordered)}
    return names, np.fromiter((places[row] for row in rows), np.int32, len(rows))


def _coded_integers(ids: NDArray[Any]) -> tuple[NDArray[Any], Codes]:
    if not len(ids):
        return ids, np.empty(0, np.int32)
    low, high = int(ids.min()), int(ids.max())
    if ids.dtype.kind == "u" and high < 1 << 62:
        ids = ids.astype(np.int64)
    if high - low < 4 * len(ids) + 1024 and high < 1 << 62:
        places = _places(ids, low, high - low + 1)
        return (np.flatnonzero(places[:-1] < places[1:]) + low).astype(ids.dtype), _looked_up(
            ids, low, places
        )
    names = np.unique(ids)
    return names, np.searchsorted(names, ids).astype(np.int32)


@compiled
def _places(ids: NDArray[Any], low: int, span: int) -> Codes:
    """How many different ids are below each number from `low` on."""
    places = np.zeros(span + 1, np.int32)
    for row in range(len(ids)):
        places[ids[row] - low + 1] = 1
    for number in range(span):
        places[number + 1] += places[number]
    return places


@compiled
def _looked_up(ids: NDArray[Any], low: int, places: Codes) -> Codes:
    codes = np.empty(len(ids), np.int32)
    for row in range(len(ids)):
        codes[row] = places[ids[row] - low]
    return codes
