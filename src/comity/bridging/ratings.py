"""Who found which note how helpful.

The noun is `Ratings`: each pair of rater and note once, grouped by rater, in the order of the ids,
whatever the order of the rows they were made from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.ids import Codes, coded
from comity.bridging.kernel import compiled
from comity.errors import Diagnostic, InputError

NOT_HELPFUL, SOMEWHAT_HELPFUL, HELPFUL = 0, 1, 2
"""The levels of a rating; half a level is its value."""

NO_LEVEL: Final = 255
"""What stands for a level where a row has none that is possible."""

MIN_RATERS_OF_NOTE: Final = 5
MIN_RATINGS_OF_RATER: Final = 10

Mask = NDArray[np.bool_]
Levels = NDArray[np.uint8]
Times = NDArray[np.int64]
Cargo = NDArray[np.uint32]
"""The place of a note or rater, up to 2³⁰, and in the two lowest bits a level."""


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """R ratings of N notes by U raters.

    `notes` (N,) and `raters` (U,) are the ids, sorted. The ratings of rater u are those at
    `begin[u]` to `begin[u + 1]` (U + 1,): `note` (R,) is the place of the note, ascending for
    each rater, `level` (R,) is 0, 1 or 2 for not, somewhat and helpful, and `time` (R,) tells when
    in milliseconds since 1970, where it is known.
    """

    notes: NDArray[Any]
    raters: NDArray[Any]
    begin: NDArray[np.int64]
    note: Codes
    level: Levels
    time: Times | None = None

    def __len__(self) -> int:
        return len(self.note)

    @classmethod
    def of(
        cls,
        notes: Iterable[Any],
        raters: Iterable[Any],
        values: Sequence[float] | NDArray[Any],
        times: Sequence[int] | NDArray[Any] | None = None,
    ) -> "Ratings":
        """Ratings from columns of equal length; a value is 0, 0.5 or 1.

        Of two ratings of one note by one rater the later counts, and the lower row where the times
        are the same or unknown. Raises InputError for a value that cannot be, with its row.
        """
        note_ids, note = coded(notes)
        rater_ids, rater = coded(raters)
        level = _levels(np.asarray(values))
        time = None if times is None else np.asarray(times, np.int64)
        if not len(note) == len(rater) == len(level) == (len(level) if time is None else len(time)):
            raise InputError("the columns of notes, raters, values and times differ in length")
        return cls.arranged(note_ids, rater_ids, note, rater, level, time)

    @classmethod
    def arranged(
        cls,
        notes: NDArray[Any],
        raters: NDArray[Any],
        note: Codes,
        rater: Codes,
        level: Levels,
        time: Times | None = None,
    ) -> "Ratings":
        """Ratings whose ids are places in `notes` and `raters` already."""
        when = np.empty(0, np.int64) if time is None else time
        begin, note, level, when = _arrange(len(notes), len(raters), note, rater, level, when)
        return cls(notes, raters, begin, note, level, None if time is None else when)

    @property
    def rater(self) -> Codes:
        """The place (R,) of the rater of each rating."""
        return np.repeat(np.arange(len(self.raters), dtype=np.int32), np.diff(self.begin))

    @property
    def ratings_of_notes(self) -> NDArray[np.int64]:
        """How many ratings each note has (N,)."""
        return np.bincount(self.note, minlength=len(self.notes))

    @property
    def ratings_of_raters(self) -> NDArray[np.int64]:
        """How many ratings each rater gave (U,)."""
        return np.diff(self.begin)

    def select(self, notes: Mask, raters: Mask) -> "Ratings":
        """Only the ratings of some notes (N,) by some raters (U,), and only these ids."""
        time = np.empty(0, np.int64) if self.time is None else self.time
        begin, note, level, time = _select(self.begin, self.note, self.level, time, notes, raters)
        known = None if self.time is None else time
        return Ratings(self.notes[notes], self.raters[raters], begin, note, level, known)

    def filter_masks(self) -> tuple[Mask, Mask]:
        """Which notes (N,) and raters (U,) the model is fitted to: notes with 5 raters, raters with
        10 ratings of such notes, and then again notes with 5 of these raters.
        """
        notes, raters = _kept(self.begin, self.note, len(self.notes))
        return notes, raters

    def filtered(self) -> "Ratings":
        """The ratings that the model is fitted to."""
        return self.select(*self.filter_masks())


def _levels(values: NDArray[Any]) -> Levels:
    try:
        doubled = values.astype(np.float64) * 2
    except (TypeError, ValueError):
        raise InputError("there is a rating that is no number; it has to be 0, 0.5 or 1") from None
    with np.errstate(invalid="ignore"):
        level = doubled.astype(np.uint8)
    level[(level != doubled) | (level > HELPFUL)] = NO_LEVEL
    if (level == NO_LEVEL).any():
        row = int(np.argmax(level == NO_LEVEL))
        raise InputError(
            [Diagnostic(f"the rating {values[row]!r} is none of 0, 0.5 and 1", line=row + 1)]
        )
    return level


def _arrange(
    notes: int, raters: int, note: Codes, rater: Codes, level: Levels, time: Times
) -> tuple[NDArray[np.int64], Codes, Levels, Times]:
    """Sort by note, keep the last rating of each pair, then sort by rater.

    Both sorts keep the order of equals, so that each rater's notes end up ascending. They carry
    the other place and the level as one number, because each thing carried is a cache missed.
    """
    cargo = rater.astype(np.uint32) << np.uint32(2) | level
    begin, cargo, time = _by_note(notes, note, cargo, time)
    _keep_last(raters, begin, cargo, time)
    return _by_rater(raters, begin, cargo, time)


@compiled
def _by_note(
    notes: int, note: Codes, cargo: Cargo, time: Times
) -> tuple[NDArray[np.int64], Cargo, Times]:
    """A counting sort: where each note begins (N + 1,), and the columns in the order of notes."""
    begin = np.zeros(notes + 1, np.int64)
    for row in range(len(note)):
        begin[note[row] + 1] += 1
    for n in range(notes):
        begin[n + 1] += begin[n]
    at = begin.copy()
    new_cargo, new_time = np.empty_like(cargo), np.empty_like(time)
    for row in range(len(note)):
        place = at[note[row]]
        at[note[row]] += 1
        new_cargo[place] = cargo[row]
        if len(time):
            new_time[place] = time[row]
    return begin, new_cargo, new_time


@compiled
def _by_rater(
    raters: int, begin_note: NDArray[np.int64], cargo: Cargo, time: Times
) -> tuple[NDArray[np.int64], Codes, Levels, Times]:
    """A counting sort of ratings grouped by note: where each rater begins (U + 1,), the notes, the
    levels and the times in the order of raters.
    """
    rows = begin_note[-1]
    begin = np.zeros(raters + 1, np.int64)
    for row in range(rows):
        begin[(cargo[row] >> np.uint32(2)) + 1] += 1
    for u in range(raters):
        begin[u + 1] += begin[u]
    at = begin.copy()
    new_cargo = np.empty(rows, np.uint32)
    new_time = np.empty(rows if len(time) else 0, np.int64)
    for n in range(len(begin_note) - 1):
        for row in range(begin_note[n], begin_note[n + 1]):
            u = cargo[row] >> np.uint32(2)
            place = at[u]
            at[u] += 1
            new_cargo[place] = np.uint32(n) << np.uint32(2) | cargo[row] & np.uint32(3)
            if len(time):
                new_time[place] = time[row]
    note, level = np.empty(rows, np.int32), np.empty(rows, np.uint8)
    for row in range(rows):
        note[row] = new_cargo[row] >> np.uint32(2)
        level[row] = new_cargo[row] & np.uint32(3)
    return begin, note, level, new_time


@compiled
def _keep_last(raters: int, begin: NDArray[np.int64], cargo: Cargo, time: Times) -> None:
    """Drop, in place, all but the last rating of each pair from ratings grouped by note."""
    seen = np.full(raters, -1, np.int64)
    kept = start = 0
    for n in range(len(begin) - 1):
        first, end = kept, begin[n + 1]
        for row in range(start, end):
            u = cargo[row] >> np.uint32(2)
            place = seen[u]
            if place < first:
                place = seen[u] = kept
                kept += 1
            elif len(time) and time[row] < time[place]:
                continue
            cargo[place] = cargo[row]
            if len(time):
                time[place] = time[row]
        start = end
        begin[n + 1] = kept


@compiled
def _kept(begin: NDArray[np.int64], note: Codes, notes: int) -> tuple[Mask, Mask]:
    """Which notes and raters the model is fitted to."""
    raters = len(begin) - 1
    count = np.zeros(notes, np.int64)
    for k in range(len(note)):
        count[note[k]] += 1
    enough = count >= MIN_RATERS_OF_NOTE
    keep_rater = np.zeros(raters, np.bool_)
    count[:] = 0
    for u in range(raters):
        given = 0
        for k in range(begin[u], begin[u + 1]):
            given += enough[note[k]]
        if given >= MIN_RATINGS_OF_RATER:
            keep_rater[u] = True
            for k in range(begin[u], begin[u + 1]):
                count[note[k]] += 1
    return enough & (count >= MIN_RATERS_OF_NOTE), keep_rater


@compiled
def _select(
    begin: NDArray[np.int64], note: Codes, level: Levels, time: Times, notes: Mask, raters: Mask
) -> tuple[NDArray[np.int64], Codes, Levels, Times]:
    place = np.cumsum(notes) - 1
    kept = 0
    for u in range(len(raters)):
        if raters[u]:
            for k in range(begin[u], begin[u + 1]):
                kept += notes[note[k]]
    new_begin = np.zeros(raters.sum() + 1, np.int64)
    new_note = np.empty(kept, np.int32)
    new_level = np.empty(kept, np.uint8)
    new_time = np.empty(kept if len(time) else 0, np.int64)
    at = v = 0
    for u in range(len(raters)):
        if raters[u]:
            for k in range(begin[u], begin[u + 1]):
                if notes[note[k]]:
                    new_note[at] = place[note[k]]
                    new_level[at] = level[k]
                    if len(time):
                        new_time[at] = time[k]
                    at += 1
            v += 1
            new_begin[v] = at
    return new_begin, new_note, new_level, new_time
