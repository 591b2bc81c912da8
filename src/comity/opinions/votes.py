"""Who voted what on which statement: the last vote of each participant on each statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.error import OpinionsError
from comity.opinions.ids import Id, number
from comity.opinions.kernel import compiled

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1
ENOUGH: Final = 7
"""With so many votes one is in the conversation."""


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """A sparse table of p participants and s statements.

    Participants are in the order in which they cast their seventh vote (their last, if they have
    fewer); statements, and participants of unknown time, are in the order of their ids. The votes
    of participant i are `values[offsets[i]:offsets[i + 1]]` (1 agree, 0 pass, -1 disagree) on the
    statements `columns[…]`, which are in order.
    """

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    offsets: NDArray[np.int64]
    """(p + 1,)"""
    columns: NDArray[np.int32]
    """(votes,)"""
    values: NDArray[np.int8]
    """(votes,)"""
    times: NDArray[np.float64]
    """(votes,) when each vote was cast; zeros where that is not known"""
    timed: bool = False
    """Whether it is known in which order the votes came."""

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]]) -> "Votes":
        """Make a table of rows (participant, statement, vote) or (…, vote, time)."""
        table = list(rows)
        lengths = {len(row) for row in table}
        if not lengths <= {3} and not lengths <= {4}:
            raise OpinionsError(
                "each vote needs participant, statement, vote; and all or none time"
            )
        if not table:
            return cls.from_columns((), (), ())
        who, what, values, *times = zip(*table, strict=True)
        return cls.from_columns(who, what, values, *times)

    @classmethod
    def from_columns(
        cls,
        participants: "Sequence[Id] | NDArray[Any]",
        statements: "Sequence[Id] | NDArray[Any]",
        values: "Sequence[int] | NDArray[Any]",
        times: "Sequence[float] | NDArray[Any] | None" = None,
    ) -> "Votes":
        """Make a table of columns of one length (votes,); ids are of any type.

        Of several votes of a participant on a statement the last counts: by time, or without
        times by row. Votes cast at the same time that contradict each other: the lowest counts,
        so that the order of rows changes nothing. Raises OpinionsError.
        """
        cast = np.asarray(values)
        if len({len(participants), len(statements), len(cast)}) > 1:
            raise OpinionsError("participants, statements and votes are not equally many")
        valid = cast.dtype.kind in "iufb" and bool(np.isin(cast, (AGREE, PASS, DISAGREE)).all())
        if cast.size and not valid:
            raise OpinionsError("a vote is none of 1 (agree), 0 (pass) and -1 (disagree)")
        when = np.zeros(len(cast)) if times is None else np.asarray(times, np.float64)
        if len(when) != len(cast) or not np.isfinite(when).all():
            raise OpinionsError("a vote has no time; give every vote one, or none")
        who, rows = number(participants)
        what, columns = number(statements)
        return _table(who, what, rows, columns, cast.astype(np.int8), when, times is not None)

    def __len__(self) -> int:
        return len(self.values)

    @property
    def counts(self) -> NDArray[np.int64]:
        """(p,) how many statements each participant voted on."""
        return np.diff(self.offsets)

    @property
    def rows(self) -> NDArray[np.int32]:
        """(votes,) the participant of each vote."""
        return np.repeat(np.arange(len(self.participants), dtype=np.int32), self.counts)

    def with_more(self, more: "Votes") -> "Votes":
        """Add votes that came later; of those both know, `more` has the last."""
        if not len(more):
            return self
        timed = self.timed and more.timed
        who, rows = number([*self.participants, *more.participants])
        what, columns = number([*self.statements, *more.statements])
        p, s = len(self.participants), len(self.statements)
        return _table(
            who,
            what,
            np.concatenate([rows[:p][self.rows], rows[p:][more.rows]]),
            np.concatenate([columns[:s][self.columns], columns[s:][more.columns]]),
            np.concatenate([self.values, more.values]),
            # Which came first is known even where the times are not.
            np.concatenate([self.times, more.times])
            if timed
            else np.repeat([0.0, 1.0], [len(self), len(more)]),
            timed,
        )


def _table(
    who: tuple[Id, ...],
    what: tuple[Id, ...],
    rows: NDArray[np.int32],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    times: NDArray[np.float64],
    timed: bool,
) -> Votes:
    order = _by_key(columns, np.arange(len(rows)), len(what))
    order = _by_key(rows, order, len(who))
    kept = _last(order, rows, columns, values, times, timed)
    counts = np.bincount(rows[kept], minlength=len(who))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    if timed:
        arrival = np.argsort(_joining(offsets, times[kept]), kind="stable")
        kept = kept[_moved(offsets, arrival)]
        offsets = np.concatenate([[0], np.cumsum(counts[arrival])]).astype(np.int64)
        who = tuple(who[i] for i in arrival.tolist())
    return Votes(who, what, offsets, columns[kept], values[kept], times[kept], timed)


@compiled
def _by_key(keys: NDArray[np.int32], order: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """Sort `order` by the keys it points at, stably: a counting sort, O(n + size)."""
    starts = np.zeros(size + 1, np.int64)
    for key in keys:
        starts[key + 1] += 1
    for key in range(size):
        starts[key + 1] += starts[key]
    result = np.empty_like(order)
    for item in order:
        key = keys[item]
        result[starts[key]] = item
        starts[key] += 1
    return result


@compiled
def _last(
    order: NDArray[np.int64],
    rows: NDArray[np.int32],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    times: NDArray[np.float64],
    timed: bool,
) -> NDArray[np.int64]:
    """Keep of each run of equal (row, column) the vote that counts."""
    kept = np.empty_like(order)
    count = 0
    for item in order:
        if count:
            best = kept[count - 1]
            if rows[best] == rows[item] and columns[best] == columns[item]:
                later = times[item] > times[best]
                tied = times[item] == times[best]
                if later or (tied and (not timed or values[item] < values[best])):
                    kept[count - 1] = item
                continue
        kept[count] = item
        count += 1
    return kept[:count].copy()


@compiled
def _joining(offsets: NDArray[np.int64], times: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each participant cast the vote that made them one: the seventh, or else the last."""
    joined = np.zeros(len(offsets) - 1)
    for row in range(len(joined)):
        own = np.sort(times[offsets[row] : offsets[row + 1]])
        joined[row] = own[min(ENOUGH, len(own)) - 1]
    return joined


@compiled
def _moved(offsets: NDArray[np.int64], arrival: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the votes stand, participant by participant in the order `arrival`."""
    moved = np.empty(offsets[-1], np.int64)
    count = 0
    for row in arrival:
        for vote in range(offsets[row], offsets[row + 1]):
            moved[count] = vote
            count += 1
    return moved
