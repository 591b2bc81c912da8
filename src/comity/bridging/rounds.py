"""Two rounds: fit, leave out the raters who were often wrong, and fit again.

The noun is `History`, what is known of the notes beside their ratings; the verb is `two_rounds`.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.descent import Watch
from comity.bridging.fit import Fit, fit
from comity.bridging.ratings import HELPFUL, NOT_HELPFUL, Mask, Ratings, Times
from comity.bridging.status import Scores, Status, Statuses, status
from comity.errors import InputError

VALID_WITHIN: Final = 48 * 3_600_000
"""Milliseconds from a note's creation within which a rating of it shows judgement."""

MIN_AGREEMENT: Final = 0.66
NOT_HELPFUL_COST: Final = 5
"""How many helpful notes of an author make up for one that is not."""
MIN_MEAN_INTERCEPT: Final = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Of each note (N,): when it was created and when it first got a status other than "needs more
    ratings", in milliseconds since 1970 (the largest number where it has none), the id of its
    author among the raters, or None, the status that it has now and whether that is final.
    """

    created: Times
    decided: Times
    authors: NDArray[Any]
    statuses: Statuses
    locked: Mask

    def select(self, notes: Mask) -> "History":
        """Of some notes (N,) only."""
        return History(
            self.created[notes],
            self.decided[notes],
            self.authors[notes],
            self.statuses[notes],
            self.locked[notes],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Rounds:
    """The first fit, which of its raters were kept, and the fit to what they said."""

    first: Fit
    kept: Mask
    second: Fit


def two_rounds(ratings: Ratings, history: History, watch: Watch | None = None) -> Rounds:
    """Fit, filter the raters and fit again, as the reference does before it scores the notes.

    `history` is of the notes of `ratings`, in their order; `watch` is as for `fit`.
    Raises InputError where the ratings have no times, by which alone it can be told who rated
    before the outcome was known.
    """
    if ratings.time is None:
        raise InputError("the rater filter needs to know when each rating was made")
    notes, _ = ratings.filter_masks()
    model = ratings.filtered()
    first = fit(model, watch=watch)
    kept = keep_raters(model, history.select(notes), status(first, model))
    left = model.select(np.ones(len(model.notes), np.bool_), kept)
    left = left.select(left.ratings_of_notes > 0, left.ratings_of_raters > 0)
    return Rounds(first, kept, fit(left, watch=watch))


def settle(scores: Scores, history: History) -> Scores:
    """The scores with the statuses that are final already as they are."""
    return replace(scores, statuses=np.where(history.locked, history.statuses, scores.statuses))


def keep_raters(ratings: Ratings, history: History, scores: Scores) -> Mask:
    """Which raters (U,) to keep: those who agreed with the outcome at least 66 % of the time and,
    where they wrote notes, whose notes were helpful often enough.

    Only ratings that say yes or no count, within 48 hours of the note and before its first status;
    who gave none that did is not kept.
    """
    valid, agreed = _agreement(ratings, history, scores.statuses)
    good_raters = agreed >= MIN_AGREEMENT * np.maximum(valid, 1)
    bad_authors = _bad_authors(history.authors, scores)
    return good_raters & ~np.array([u in bad_authors for u in ratings.raters.tolist()], np.bool_)


def _agreement(
    ratings: Ratings, history: History, statuses: Statuses
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many valid ratings each rater (U,) gave, and how many of them agree with the outcome."""
    if ratings.time is None:
        raise InputError("the rater filter needs to know when each rating was made")
    note, level = ratings.note, ratings.level
    early = ratings.time - history.created[note] <= VALID_WITHIN
    early &= ratings.time < history.decided[note]
    helpful, rejected = statuses == Status.HELPFUL, statuses == Status.NOT_HELPFUL
    says_yes, says_no = level == HELPFUL, level == NOT_HELPFUL
    valid = early & (says_yes | says_no) & (helpful | rejected)[note]
    agrees = valid & np.where(says_yes, helpful[note], rejected[note])
    raters, rater = len(ratings.raters), ratings.rater
    return (
        np.bincount(rater[valid], minlength=raters),
        np.bincount(rater[agrees], minlength=raters),
    )


def _bad_authors(authors: NDArray[Any], scores: Scores) -> set[Any]:
    notes: dict[Any, list[int]] = {}
    for n, author in enumerate(authors.tolist()):
        if author is not None:
            notes.setdefault(author, []).append(n)
    return {author for author, own in notes.items() if not _good_author(scores, own)}


def _good_author(scores: Scores, own: list[int]) -> bool:
    helpful = int(np.sum(scores.statuses[own] == Status.HELPFUL))
    rejected = int(np.sum(scores.statuses[own] == Status.NOT_HELPFUL))
    if float(scores.intercepts[own].mean()) < MIN_MEAN_INTERCEPT:
        return False
    return helpful - NOT_HELPFUL_COST * rejected >= 0
