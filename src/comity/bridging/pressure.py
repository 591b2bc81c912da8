"""What a coordinated bloc could make of a note: a number to put beside its status.

The noun is `Pressure`, the verb `pressure`. Raters stay as fitted, as in final scoring: a bloc that
has built itself a place on the axis beforehand stands at most where the most extreme raters do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from comity.bridging.bounds import extremes, terms
from comity.bridging.fit import Fit
from comity.bridging.ratings import HELPFUL, NOT_HELPFUL, Ratings
from comity.bridging.status import Status, judge
from comity.bridging.sweep import Array, Counts
from comity.bridging.tally import NEGATIVE, POSITIVE, Tallies, places, tally


@dataclass(frozen=True, slots=True)
class Pressure:
    """The status of a note, and those that k raters could give it: `joining` where they are new,
    `turning` where they have rated it already, stand on one side, and change their minds.
    """

    status: Status
    joining: frozenset[Status]
    turning: frozenset[Status]


def pressure(fit: Fit, ratings: Ratings, note: int, k: int) -> Pressure:
    """The statuses within reach of at most k raters who act together; `note` is a place in
    `ratings.notes`.

    New raters all say the same, helpful or not, and are split in every way between two of the
    corners where raters stand. Raters who turn are those of one side whose turning moves the note's
    intercept the most.
    """
    one = np.zeros(len(ratings.notes), np.bool_)
    one[note] = True
    rated = ratings.select(one, np.ones(len(ratings.raters), np.bool_))
    tallies = tally(fit, rated)
    [now] = _judged(fit, [(tallies.sums[0], tallies.sides[0])])
    joining = _judged(fit, _joined(fit, tallies, k))
    turning = _judged(fit, _turned(fit, rated, tallies, k))
    return Pressure(now, frozenset({now, *joining}), frozenset({now, *turning}))


def _judged(fit: Fit, found: Iterable[tuple[Array, Counts]]) -> list[Status]:
    sums, sides = map(np.array, zip(*found, strict=True))
    intercepts, factors = Tallies(sums, sides).solved(fit.note_ridge)
    return list(judge(intercepts, factors, np.rint(sums[:, 0]).astype(np.int64), sides))


def _joined(fit: Fit, tallies: Tallies, k: int) -> Iterator[tuple[Array, Counts]]:
    """The tallies of the note after up to k new raters have come."""
    sums, sides = tallies.sums[0], tallies.sides[0]
    yield sums, sides
    for level, first, second in product((NOT_HELPFUL, HELPFUL), extremes(fit), extremes(fit)):
        for here, there in product(range(k + 1), repeat=2):
            if here + there <= k:
                more = here * terms(fit, first, level) + there * terms(fit, second, level)
                counts = sides.copy()
                _count(counts, first[1], level, here)
                _count(counts, second[1], level, there)
                yield sums + more, counts


def _turned(fit: Fit, rated: Ratings, tallies: Tallies, k: int) -> Iterator[tuple[Array, Counts]]:
    """The tallies of the note after one to k raters of one side have turned."""
    yield tallies.sums[0], tallies.sides[0]
    place = places(rated.raters, fit.raters)[rated.rater]
    level = rated.level[place >= 0].astype(np.int64)
    place = place[place >= 0]
    factor = fit.rater_factors[place]
    _, f, ff, _, _ = tallies.sums[0]
    for side, target in product((NEGATIVE, POSITIVE), (NOT_HELPFUL, HELPFUL)):
        change = (target - level) / 2
        # An intercept is linear in the ratings: this is how much one moves it, but for a factor.
        moved = np.abs(change * (ff + fit.note_ridge[1] - f * factor))
        on_side = factor > 0 if side == POSITIVE else factor < 0
        order = np.argsort(-np.where(on_side & (change != 0), moved, -1.0), kind="stable")
        sums, sides = tallies.sums[0].copy(), tallies.sides[0].copy()
        for turned in order[: min(k, int((on_side & (change != 0)).sum()))]:
            sums[3] += change[turned]
            sums[4] += change[turned] * factor[turned]
            sides[side, level[turned]] -= 1
            sides[side, target] += 1
            yield sums.copy(), sides.copy()


def _count(sides: Counts, factor: float, level: int, times: int) -> None:
    if factor:
        sides[int(factor > 0), level] += times
