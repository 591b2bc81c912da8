"""Final scoring: raters and μ stay as fitted, and each rating that arrives counts at once.

The noun is `FinalScoring`, the verb `update`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.bridging.fit import Fit
from comity.bridging.ratings import Ratings
from comity.bridging.status import Status, judge
from comity.bridging.tally import Tallies, tally
from comity.errors import InputError


@dataclass(frozen=True, slots=True)
class Rating:
    """That a rater finds a note 0 (not), 0.5 (somewhat) or 1 helpful; `instead_of` is what the same
    rater said of it before, None the first time.
    """

    note: Any
    rater: Any
    value: float
    instead_of: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """One note now; `counted` is how many ratings by raters of the model it has."""

    note: Any
    counted: int
    intercept: float
    factor: float
    status: Status


class FinalScoring:
    """Notes that change as ratings arrive, over a fit that does not."""

    def __init__(self, fit: Fit, ratings: Ratings) -> None:
        """Begin with the ratings that there are, which may be more than the fit has seen."""
        self._fit = fit
        self._raters = {name: place for place, name in enumerate(fit.raters.tolist())}
        tallies = tally(fit, ratings)
        self._tallies = {
            name: Tallies(tallies.sums[n : n + 1], tallies.sides[n : n + 1])
            for n, name in enumerate(ratings.notes.tolist())
        }
        self._status: dict[Any, Status] = {}

    def __iter__(self) -> Iterator[Score]:
        return (self.score(note) for note in self._tallies)

    def score(self, note: Any) -> Score:
        """A note's numbers and status; a note that nobody has rated has none to speak of."""
        tallies = self._tallies.get(note) or _empty()
        intercepts, factors = tallies.solved(self._fit.note_ridge)
        counted = tallies.sums[:, 0].astype(np.int64)
        before = np.empty(1, object)
        before[0] = self._status.get(note)
        [found] = judge(intercepts, factors, counted, tallies.sides, before)
        return Score(note, int(counted[0]), float(intercepts[0]), float(factors[0]), found)

    def update(self, rating: Rating) -> Score:
        """Count a rating, in constant time. One by a rater whom the model does not know changes
        nothing. Raises InputError for a value that is none of 0, 0.5 and 1.
        """
        tallies = self._tallies.setdefault(rating.note, _empty())
        levels = [_level(rating.value)]
        if rating.instead_of is not None:
            levels.append(_level(rating.instead_of))
        place = self._raters.get(rating.rater)
        if place is not None:
            for level, sign in zip(levels, (1, -1), strict=False):
                self._count(tallies, place, level, sign)
        score = self.score(rating.note)
        self._status[rating.note] = score.status
        return score

    def _count(self, tallies: Tallies, place: int, level: int, sign: int) -> None:
        factor = float(self._fit.rater_factors[place])
        rest = level / 2 - self._fit.mu - float(self._fit.rater_intercepts[place])
        terms = (1.0, factor, factor * factor, rest, rest * factor)
        tallies.sums[0] += sign * np.array(terms)
        if factor:
            tallies.sides[0, int(factor > 0), level] += sign


def _empty() -> Tallies:
    return Tallies(np.zeros((1, 5)), np.zeros((1, 2, 3), np.int64))


def _level(value: float) -> int:
    if value not in (0, 0.5, 1):
        raise InputError(f"the rating {value!r} is none of 0, 0.5 and 1")
    return int(2 * value)
