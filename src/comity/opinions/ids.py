"""Ids of any type as small numbers, the same whatever order they come in."""

from collections.abc import Hashable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.error import OpinionsError

Id = Hashable
_DENSE: Final = 4
"""Integers are looked up in a table when it has at most this many places for each of them."""


def number(ids: "Sequence[Id] | NDArray[Any]") -> tuple[tuple[Id, ...], NDArray[np.int32]]:
    """Return the distinct ids in order, and for each id given its place in that order (n,).

    Numbers come before texts and each sorts as its kind does; ids of other kinds sort by how they
    are written. Raises OpinionsError for an id that is NaN or cannot be compared for equality.
    """
    array = ids if isinstance(ids, np.ndarray) else None
    if array is None and len(ids) and all(type(id_) is int for id_ in ids):
        array = _integers(ids)
    if array is None or array.dtype.kind == "O":
        return _number_objects(list(ids))
    if array.dtype.kind == "f" and not np.isfinite(array).all():
        raise OpinionsError("an id is not a number; give each participant and statement an id")
    if array.dtype.kind in "iu" and array.size:
        low, high = int(array.min()), int(array.max())
        if high - low < _DENSE * array.size + 1024:
            return _number_dense(array, low, high)
    distinct, places = np.unique(array, return_inverse=True)
    return tuple(distinct.tolist()), places.astype(np.int32)


def _integers(ids: Any) -> NDArray[np.int64] | None:
    try:
        return np.asarray(ids, np.int64)
    except OverflowError:
        return None


def _number_dense(
    array: NDArray[Any], low: int, high: int
) -> tuple[tuple[Id, ...], NDArray[np.int32]]:
    offsets = (array - array.dtype.type(low)).astype(np.int64)
    present = np.zeros(high - low + 1, np.bool_)
    present[offsets] = True
    places = (np.cumsum(present) - 1).astype(np.int32)
    return tuple((np.flatnonzero(present) + low).tolist()), places[offsets]


def _number_objects(ids: list[Any]) -> tuple[tuple[Id, ...], NDArray[np.int32]]:
    try:
        distinct = dict.fromkeys(ids)
    except TypeError as error:
        raise OpinionsError(f"an id cannot be used as one: {error}") from None
    if any(id_ != id_ for id_ in distinct):
        raise OpinionsError("an id is not a number; give each participant and statement an id")
    for place, id_ in enumerate(sorted(distinct, key=_order)):
        distinct[id_] = place
    places = np.fromiter((distinct[id_] for id_ in ids), np.int32, len(ids))
    return tuple(sorted(distinct, key=_order)), places


def _order(id_: Any) -> tuple[int, Any, str]:
    if isinstance(id_, int | float):
        return 0, id_, ""
    if isinstance(id_, str):
        return 1, 0, id_
    return 2, 0, f"{type(id_).__name__} {id_!r}"
