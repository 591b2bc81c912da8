"""From a note's numbers to what happens to it: shown, rated not helpful, or open.

The noun is `Status`, the verb `status`. The thresholds are those of Community Notes.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.fit import Fit
from comity.bridging.ratings import HELPFUL, NOT_HELPFUL, Ratings
from comity.bridging.sweep import Array, Counts
from comity.bridging.tally import tally


class Status(StrEnum):
    NOT_HELPFUL = "not_helpful"
    NEEDS_MORE_RATINGS = "needs_more_ratings"
    HELPFUL = "helpful"


MIN_RATINGS: Final = 5
HELPFUL_INTERCEPT: Final = 0.40
HELPFUL_FACTOR: Final = 0.5
NOT_HELPFUL_INTERCEPT: Final = -0.05
NOT_HELPFUL_SLOPE: Final = -0.8
HYSTERESIS: Final = 0.01
"""How far past a threshold a note has to go before it loses the status it has."""

MIN_NET: Final = 4
MIN_NET_SHARE: Final = 0.05
AMPLE_NET: Final = 10
"""The net of helpful ratings on the weaker side that is enough whatever share it is."""

Statuses = NDArray[np.object_]


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """N notes with frozen raters: their ids, how many ratings each has (`ratings`) and how many of
    them are by raters of the model (`counted`), intercepts, factors, the counts by side and level
    (N, 2, 3), and what status follows.
    """

    notes: NDArray[Any]
    ratings: Counts
    counted: Counts
    intercepts: Array
    factors: Array
    sides: Counts
    statuses: Statuses


def status(fit: Fit, ratings: Ratings, before: Statuses | None = None) -> Scores:
    """Score every note of `ratings` with the raters and μ of `fit`, and say its status.

    The ratings may be more than the fit has seen; those by raters it does not know are not counted.
    A note without a counted rating has intercept and factor zero. `before` (N,) are the statuses
    that the notes have now, to which the thresholds stick a little.
    """
    tallies = tally(fit, ratings)
    intercepts, factors = tallies.solved(fit.note_ridge)
    counted = tallies.sums[:, 0].astype(np.int64)
    return Scores(
        ratings.notes,
        ratings.ratings_of_notes,
        counted,
        intercepts,
        factors,
        tallies.sides,
        judge(intercepts, factors, counted, tallies.sides, before),
    )


def judge(
    intercepts: Array,
    factors: Array,
    counted: Counts,
    sides: Counts,
    before: Statuses | None = None,
) -> Statuses:
    """The statuses (N,) that follow from the numbers of the notes, each array (N, …)."""
    was = undecided(len(counted)) if before is None else before
    stay = np.where(was == Status.HELPFUL, HYSTERESIS, 0.0)
    enough = counted >= MIN_RATINGS
    helpful = (
        (intercepts >= HELPFUL_INTERCEPT - stay)
        & (np.abs(factors) <= HELPFUL_FACTOR + stay)
        & supported(sides, counted)
    )
    stay = np.where(was == Status.NOT_HELPFUL, HYSTERESIS, 0.0)
    limit = NOT_HELPFUL_INTERCEPT + NOT_HELPFUL_SLOPE * np.abs(factors)
    found = undecided(len(counted))
    found[enough & (intercepts <= limit + stay)] = Status.NOT_HELPFUL
    found[enough & helpful] = Status.HELPFUL
    return found


def nets(sides: Counts) -> Counts:
    """Helpful less not helpful ratings on each side (N, 2)."""
    net: Counts = sides[:, :, HELPFUL] - sides[:, :, NOT_HELPFUL]
    return net


def supported(sides: Counts, counted: Counts) -> NDArray[np.bool_]:
    """Whether both sides find a note helpful on balance: the weaker side's net is at least 4 and
    5 % of the note's ratings, or at least 10.
    """
    net = nets(sides).min(axis=1)
    shared = (net >= MIN_NET) & (net >= MIN_NET_SHARE * counted)
    enough: NDArray[np.bool_] = shared | (net >= AMPLE_NET)
    return enough


def undecided(notes: int) -> Statuses:
    """The statuses of notes of which nothing is known."""
    statuses = np.empty(notes, object)
    statuses[:] = [Status.NEEDS_MORE_RATINGS] * notes
    return statuses
