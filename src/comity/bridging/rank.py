"""A thread or a feed in the order of what both sides value.

The noun is `Ranking`, the verb `rank`. A post's score is how many of its readers on each side of
the axis approve of it, multiplied, so that what one side dislikes stays low however large the other
is. A post that few have read yet leans on its civility: qualities that the caller has measured.
The neutral order and the weights stand in the result, so that nobody has to take it on trust.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.bridging.fit import Fit, fit
from comity.bridging.ids import coded
from comity.bridging.raters import place_raters
from comity.bridging.ratings import HELPFUL, Ratings
from comity.bridging.sweep import Array
from comity.bridging.tally import places
from comity.errors import InputError

UNKNOWN: Final = 0.5
"""The approval of a post of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post to be ranked, and when it was made."""

    id: Any
    created: datetime


@dataclass(frozen=True, slots=True)
class Weights:
    """What a ranking leans on: the prior weighs as much as `readers` reactions on each side, and
    each quality of `qualities` lifts it above one half by at most so much, all of them together by
    at most one half.
    """

    qualities: Mapping[str, float]
    readers: float = 5.0

    def __post_init__(self) -> None:
        lifts = list(self.qualities.values())
        if not (all(lift >= 0 for lift in lifts) and sum(lifts) <= 1 - UNKNOWN):
            raise InputError("the weights of qualities have to be 0 or more, and at most ½ in all")
        if not 0 < self.readers < float("inf"):
            raise InputError(f"the prior weighs {self.readers} readers; give a number above 0")

    @classmethod
    def even(cls, names: Sequence[str]) -> "Weights":
        """All qualities alike; a post that has all of them begins at an approval of ¾."""
        return cls({name: (1 - UNKNOWN) / 2 / len(names) for name in names})

    def prior(self, qualities: Mapping[str, float]) -> float:
        """The approval that a post with these qualities begins with."""
        return UNKNOWN + sum(w * qualities.get(name, 0.0) for name, w in self.qualities.items())


@dataclass(frozen=True, slots=True)
class Side:
    """The readers on one side who reacted, how many of them approved (a reader on neither side is
    half a reader on each), and the approval that this and the prior come to.
    """

    readers: float
    approving: float
    approval: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """One post: the score that it is ranked by, 0 to 1, the prior and the sides that it is of."""

    post: Any
    score: float
    prior: float
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Posts, the most valued by both sides first; their ids in the `neutral` order, newest first;
    and the weights that were used.
    """

    posts: tuple[Ranked, ...]
    neutral: tuple[Any, ...]
    weights: Weights


def rank(
    posts: Sequence[Post],
    reactions: Ratings,
    qualities: Mapping[Any, Mapping[str, float]],
    *,
    weights: Weights | None = None,
    fitted: Fit | None = None,
) -> Ranking:
    """Order posts by the geometric mean of the approval on both sides.

    The approval of a side is (approving + w·prior) / (readers + w) with w readers' worth of prior;
    a reaction of 1 approves, one of 0.5 or 0 does not. `reactions` may be, and had better be, of
    many more posts: from all of them it is learnt who stands on which side, unless `fitted` says
    so. `qualities` are numbers from 0 to 1 by post and name, gratitude say; one that is missing is
    0. Without `weights` all qualities weigh the same. Equal scores stand newest first.

    Raises InputError for a post that is there twice and a quality that cannot be.
    """
    names = sorted({name for of_post in qualities.values() for name in of_post})
    used = Weights.even(names) if weights is None else weights
    neutral = _newest_first(posts)
    readers, approving = _sides([post.id for post in neutral], reactions, fitted)
    ranked = [
        _ranked(post.id, _checked(post.id, qualities.get(post.id, {})), used, read, yes)
        for post, read, yes in zip(neutral, readers.tolist(), approving.tolist(), strict=True)
    ]
    ranked.sort(key=lambda post: -post.score)
    return Ranking(tuple(ranked), tuple(post.id for post in neutral), used)


def _newest_first(posts: Sequence[Post]) -> list[Post]:
    ids, place = coded([post.id for post in posts])
    if len(ids) < len(posts):
        again = ids[int(np.argmax(np.bincount(place)))]
        raise InputError(f"the post {again!r} is there twice; give each post once")
    # By id first, so that posts of the same moment keep one order whichever they came in.
    by_id = [posts[at] for at in np.argsort(place).tolist()]
    return sorted(by_id, key=lambda post: post.created, reverse=True)


def _checked(post: Any, qualities: Mapping[str, float]) -> Mapping[str, float]:
    for name, value in qualities.items():
        if not 0 <= value <= 1:
            raise InputError(f"the quality {name} of post {post!r} is {value}, and not from 0 to 1")
    return qualities


def _ranked(
    post: Any,
    qualities: Mapping[str, float],
    weights: Weights,
    readers: Sequence[float],
    approving: Sequence[float],
) -> Ranked:
    prior = weights.prior(qualities)
    one, other = (
        Side(read, yes, (yes + weights.readers * prior) / (read + weights.readers))
        for read, yes in zip(readers, approving, strict=True)
    )
    return Ranked(post, sqrt(one.approval * other.approval), prior, (one, other))


def _sides(posts: Sequence[Any], reactions: Ratings, fitted: Fit | None) -> tuple[Array, Array]:
    """Of each post (P, 2): how many reacted on each side of the axis, and how many approved."""
    _, factors = place_raters(fitted or fit(reactions.filtered()), reactions)
    rater = reactions.rater
    ids = np.empty(len(posts), object)
    ids[:] = posts
    place = places(reactions.notes, ids)[reactions.note]
    listed = place >= 0
    yes = listed & (reactions.level == HELPFUL)

    def counted(chosen: NDArray[np.bool_], side: int) -> Array:
        """How many of the chosen reactions each post has on a side."""
        shares = (1 + side * np.sign(factors[rater[chosen]])) / 2
        return np.bincount(place[chosen], shares, len(posts)).astype(np.float64)

    read, approved = (
        np.stack([counted(chosen, -1), counted(chosen, 1)], axis=1) for chosen in (listed, yes)
    )
    return read, approved
