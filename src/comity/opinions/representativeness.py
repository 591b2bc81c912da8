"""What each group stands for: the statements on which it differs from everyone else.

The noun is `Tally`, how a group voted on each statement. Passes count as seen.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.votes import AGREE, DISAGREE, Votes

SIGNIFICANT: Final = 1.2816
"""The z that a standard normal exceeds one time in ten."""
CHOSEN: Final = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """How g groups voted on s statements, each (g, s); passes are seen minus the other two."""

    agrees: NDArray[np.int64]
    disagrees: NDArray[np.int64]
    seen: NDArray[np.int64]

    @classmethod
    def count(cls, votes: Votes, labels: NDArray[np.int64], groups: int) -> "Tally":
        """Count the votes of each group; `labels` (p,) with -1 for participants of none."""
        size = len(votes.statements)
        group = labels[votes.rows]
        cell = group * size + votes.columns

        def count(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
            found = np.bincount(cell[chosen & (group >= 0)], minlength=groups * size)
            return found.astype(np.int64).reshape(groups, size)

        every = np.ones(len(votes), np.bool_)
        return cls(count(votes.values == AGREE), count(votes.values == DISAGREE), count(every))

    @property
    def passes(self) -> NDArray[np.int64]:
        return self.seen - self.agrees - self.disagrees

    def swapped(self) -> "Tally":
        """The same with agreement and disagreement in each other's place."""
        return Tally(self.disagrees, self.agrees, self.seen)


@dataclass(frozen=True, slots=True, eq=False)
class Representativeness:
    """How well agreement with each statement tells a group from the rest, each (g, s)."""

    share: Floats
    """p = (agrees + 1) / (seen + 2)"""
    z: Floats
    """whether more than half agree: 2 sqrt(seen + 1) ((agrees + 1) / (seen + 1) - 1/2)"""
    ratio: Floats
    """p over the p of everyone else"""
    ratio_z: Floats
    """whether more agree than among everyone else: a two-proportion z, one added to every count"""

    @classmethod
    def of(cls, tally: Tally) -> "Representativeness":
        agrees, seen = tally.agrees, tally.seen
        others, others_seen = agrees.sum(axis=0) - agrees, seen.sum(axis=0) - seen
        share = (agrees + 1) / (seen + 2)
        z = 2 * np.sqrt(seen + 1) * ((agrees + 1) / (seen + 1) - 0.5)
        ratio = share / ((others + 1) / (others_seen + 2))
        one, two = (agrees + 1) / (seen + 1), (others + 1) / (others_seen + 1)
        pooled = (agrees + others + 2) / (seen + others_seen + 2)
        spread = np.sqrt(pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (others_seen + 1)))
        ratio_z = np.divide(one - two, spread, out=np.zeros_like(share), where=spread > 0)
        return cls(share, z, ratio, ratio_z)

    @property
    def score(self) -> Floats:
        """What statements are ranked by: ratio · ratio_z · p · z."""
        score: Floats = self.ratio * self.ratio_z * self.share * self.z
        return score

    @property
    def significant(self) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (self.z > SIGNIFICANT) & (self.ratio_z > SIGNIFICANT)
        return found


@dataclass(frozen=True, slots=True)
class Stand:
    """One statement that a group stands for, or against: `column` is its place (of s)."""

    column: int
    agrees: bool
    votes: int
    seen: int
    share: float
    z: float
    ratio: float
    ratio_z: float
    score: float


def stands(tally: Tally, silent: NDArray[np.bool_]) -> tuple[tuple[Stand, ...], ...]:
    """Choose for each group the statements it stands for: at most five, the most telling first.

    They are those where both z exceed 1.2816, best score first. Above them all goes the one that
    the group agrees with most tellingly, even if it only nearly sets the group apart; and if there
    is nothing else, the one that comes nearest. Statements in `silent` (s,) are never chosen.
    """
    agree, disagree = Representativeness.of(tally), Representativeness.of(tally.swapped())
    return tuple(_choose(group, tally, agree, disagree, silent) for group in range(len(tally.seen)))


def _choose(
    group: int,
    tally: Tally,
    agree: Representativeness,
    disagree: Representativeness,
    silent: NDArray[np.bool_],
) -> tuple[Stand, ...]:
    voted = ~silent & (tally.agrees[group] + tally.disagrees[group] > 0)
    for_it = agree.ratio_z[group] > disagree.ratio_z[group]
    score = np.where(for_it, agree.score[group], disagree.score[group])
    enough = voted & np.where(for_it, agree.significant[group], disagree.significant[group])

    def stand(column: int, agrees: bool) -> Stand:
        side = agree if agrees else disagree
        votes = (tally.agrees if agrees else tally.disagrees)[group, column]
        return Stand(
            column,
            agrees,
            int(votes),
            int(tally.seen[group, column]),
            float(side.share[group, column]),
            float(side.z[group, column]),
            float(side.ratio[group, column]),
            float(side.ratio_z[group, column]),
            float(side.score[group, column]),
        )

    first = _most_agreed(group, agree, voted)
    ranked = [int(c) for c in np.argsort(-score, kind="stable") if enough[c] and c != first]
    chosen = [stand(c, bool(for_it[c])) for c in ranked[: CHOSEN - (first is not None)]]
    chosen.sort(key=lambda s: not s.agrees)
    if first is not None:
        chosen.insert(0, stand(first, True))
    if not chosen and voted.any():
        z = np.where(for_it, agree.ratio_z[group], disagree.ratio_z[group])
        nearest = int(np.where(voted, z, -np.inf).argmax())
        chosen.append(stand(nearest, bool(for_it[nearest])))
    return tuple(chosen)


def _most_agreed(group: int, agree: Representativeness, voted: NDArray[np.bool_]) -> int | None:
    """The statement whose agreement tells most, if the group agrees with any."""
    share, z = agree.share[group], agree.z[group]
    more = agree.ratio[group] > 1
    can = voted & ((z > SIGNIFICANT) | (more & (share > 0.5)))
    if (can & more).any():
        return int(np.where(can & more, agree.score[group], -np.inf).argmax())
    return int(np.where(can, share * z, -np.inf).argmax()) if can.any() else None
