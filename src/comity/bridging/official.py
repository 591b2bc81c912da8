"""The official Community Notes files beside the ratings: what became of each note, and which
raters the model is made of. The verbs are `read_history` and `read_core`.
"""

from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.ratings import Mask, Ratings
from comity.bridging.rounds import History
from comity.bridging.status import Status, undecided
from comity.bridging.table import connected, open_table, quoted

STATUSES: Final = {
    "CURRENTLY_RATED_HELPFUL": Status.HELPFUL,
    "CURRENTLY_RATED_NOT_HELPFUL": Status.NOT_HELPFUL,
}
"""What the official words mean; all others ask for more ratings."""

OTHERS: Final = ("EXPANSION", "EXPANSION_PLUS")
"""The populations beside the core, which the core model leaves out."""

NEVER: Final = np.iinfo(np.int64).max
UNKNOWN: Final = -(2**61)
"""When a note of which that is not known was created: so long ago that no rating of it is early."""


def read_history(path: Path, ratings: Ratings) -> History:
    """Read noteStatusHistory for the notes of `ratings`, in their order. Raises InputError.

    A note that is not in it has no author, no status, and no ratings that show judgement.
    """
    notes = len(ratings.notes)
    created, decided = np.full(notes, UNKNOWN), np.full(notes, NEVER)
    authors, statuses, locked = np.empty(notes, object), undecided(notes), np.zeros(notes, np.bool_)
    place = _by_name(ratings.notes, range(notes))
    raters = _by_name(ratings.raters, ratings.raters.tolist())
    rows = _rows(
        path,
        "noteId",
        "createdAtMillis",
        "noteAuthorParticipantId",
        "timestampMillisOfFirstNonNMRStatus",
        "timestampMillisOfStatusLock",
        "currentStatus",
        "lockedStatus",
    )
    for note, born, author, first, lock, now, final in rows:
        n = place.get(note)
        if n is None:
            continue
        created[n], decided[n] = _time(born, UNKNOWN), _time(first, NEVER)
        authors[n] = raters.get(author)
        locked[n] = _time(lock, NEVER) != NEVER
        statuses[n] = STATUSES.get(final if locked[n] else now, Status.NEEDS_MORE_RATINGS)
    return History(created, decided, authors, statuses, locked)


def read_core(path: Path, ratings: Ratings) -> Mask:
    """Read userEnrollment: which raters (U,) of `ratings` the core model is made of, those that no
    other population has. Raises InputError.
    """
    place = _by_name(ratings.raters, range(len(ratings.raters)))
    core = np.ones(len(ratings.raters), np.bool_)
    for rater, population in _rows(path, "participantId", "modelingPopulation"):
        if rater in place and population in OTHERS:
            core[place[rater]] = False
    return core


def _rows(path: Path, *names: str) -> list[tuple[Any, ...]]:
    """Some columns of a table as texts."""
    with connected(path) as connection:
        table = open_table(connection, path)
        columns = [table.needed((name,), f"the {name}") for name in names]
        chosen = ", ".join(f"{quoted(column)}::VARCHAR" for column in columns)
        return connection.execute(f"SELECT {chosen} FROM {table.source}").fetchall()


def _by_name(ids: NDArray[Any], values: Any) -> dict[str, Any]:
    """What stands beside each id, by its text: the files may disagree on what is a number."""
    return {str(id_): value for id_, value in zip(ids.tolist(), values, strict=True)}


def _time(text: str | None, without: int) -> int:
    """Milliseconds; the files leave a time empty, or write -1, where there is none."""
    try:
        time = int(float(text or 0))
    except (ValueError, OverflowError):
        return without
    return time if 0 < time < NEVER else without
