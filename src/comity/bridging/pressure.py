"""What a coordinated bloc could make of a note: a number to put beside its status.

The noun is `Pressure`, the verb `pressure`. Raters stay as fitted, as in final scoring: a bloc that
has built itself a place on the axis beforehand stands at most where the most extreme raters do.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

from comity.bridging.bounds import LEVELS, extremes, terms
from comity.bridging.fit import Fit
from comity.bridging.ratings import Ratings
from comity.bridging.status import Status, judge
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
    now = tally(fit, rated)
    [found] = _judged(fit, now)
    joining = [_judged(fit, tallies) for tallies in _joined(fit, now, k)]
    turning = [_judged(fit, tallies) for tallies in _turned(fit, rated, now, k)]
    return Pressure(found, frozenset({found}.union(*joining)), frozenset({found}.union(*turning)))


def _judged(fit: Fit, tallies: Tallies) -> frozenset[Status]:
    """The statuses that come of different tallies of one note."""
    counted = np.rint(tallies.sums[:, 0]).astype(np.int64)
    return frozenset(judge(*tallies.solved(fit.note_ridge), counted, tallies.sides).tolist())


def _joined(fit: Fit, now: Tallies, k: int) -> Iterator[Tallies]:
    """What the note comes to when up to k new raters say the same of it, from any two corners."""
    here, there = (grid.ravel() for grid in np.indices((k + 1, k + 1)))
    here, there = here[here + there <= k], there[here + there <= k]
    for level, corners in product(LEVELS, combinations(extremes(fit), 2)):
        sums, sides = now.sums, np.repeat(now.sides, len(here), axis=0)
        for many, corner in zip((here, there), corners, strict=True):
            sums = sums + np.outer(many, terms(fit, corner, level))
            if corner[1]:
                sides[:, POSITIVE if corner[1] > 0 else NEGATIVE, level] += many
        yield Tallies(sums, sides)


def _turned(fit: Fit, rated: Ratings, now: Tallies, k: int) -> Iterator[Tallies]:
    """What the note comes to when one to k of its raters on one side turn, all the same way."""
    place = places(rated.raters, fit.raters)[rated.rater]
    level = rated.level[place >= 0].astype(np.int64)
    factor = fit.rater_factors[place[place >= 0]]
    f, ff = now.sums[0, 1], now.sums[0, 2]
    for side, target in product((NEGATIVE, POSITIVE), LEVELS):
        # An intercept is linear in the ratings: this is how much one moves it, but for a divisor
        # that all have in common.
        change = (target - level) / 2
        moved = np.abs(change * (ff + fit.note_ridge[1] - f * factor))
        can = np.flatnonzero((change != 0) & (factor > 0 if side == POSITIVE else factor < 0))
        turned = can[np.argsort(-moved[can], kind="stable")][:k]
        if len(turned):
            sums, sides = np.zeros((len(turned), 5)), np.zeros((len(turned), 2, 3), np.int64)
            sums[:, 3], sums[:, 4] = change[turned], change[turned] * factor[turned]
            sides[np.arange(len(turned)), side, level[turned]] -= 1
            sides[:, side, target] += 1
            yield Tallies(now.sums + sums.cumsum(axis=0), now.sides + sides.cumsum(axis=0))
