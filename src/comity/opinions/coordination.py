"""Votes that look coordinated: people who arrive together and vote nearly the same.

The noun is `Ring`, the verb `find_rings`. Rings are reported; nobody's votes are dropped, for
friends at one table can look the same.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.ids import Id
from comity.opinions.kernel import compiled
from comity.opinions.representativeness import Tally
from comity.opinions.votes import ENOUGH, Votes

NEAR: Final = 50
"""Participants arrive together when at most so many arrive from the one to the other."""
SHARED: Final = 0.8
"""So much of what either voted on, both voted on."""
DIFFERING: Final = 0.05
"""At most so much of that they voted differently on."""
SMALLEST: Final = 3
"""Two may be one person's two devices; a ring has three."""
CHANCE: Final = 0.001
PRIOR: Final = 3.0
"""Everyone's rates weigh as much as so many votes of the group."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Participants of whom each is linked to another by near-identical votes.

    `chance` bounds how likely it is that any pair of the conversation is as alike as the least
    alike that are linked here, if people voted independently at the rates of their group.
    """

    participants: tuple[Id, ...]
    chance: float


def find_rings(votes: Votes, labels: NDArray[np.int64], tally: Tally) -> tuple[Ring, ...]:
    """Find rings of at least three, the largest first; none where it is not known who came when.

    Two participants are linked if they arrived together (at most 50 arrivals apart), voted on
    nearly the same statements and nearly the same on them, and if so few differences are expected
    less than once in a thousand conversations. What is expected are the rates of those in their
    group who did not arrive together with them, so that a ring does not vouch for itself; few of
    those are eked out with everyone's rates. `labels` (p,) and `tally` are of the groups.
    Source: the Chernoff bound for sums of independent Bernoulli variables, P(X <= d) <=
    exp(-(μ - d + d ln(d / μ))) for d < μ, and Bonferroni's correction for the pairs compared.
    """
    if not votes.timed:
        return ()
    counts = np.stack([tally.disagrees, tally.passes, tally.agrees], axis=2)
    everyone = counts.sum(axis=0) + 1
    rates = everyone / everyone.sum(axis=1, keepdims=True)
    pairs, compared = _pairs(
        votes.offsets, votes.columns, votes.values, labels, counts.astype(np.float64), rates
    )
    expected, differing = pairs[:, 2], pairs[:, 3]
    ratio = np.divide(differing, expected, out=np.ones(len(pairs)), where=expected > 0)
    logs = np.log(ratio, out=np.zeros(len(pairs)), where=ratio > 0)
    surprise = np.where(differing < expected, expected - differing + differing * logs, 0.0)
    chances = np.minimum(1.0, compared * np.exp(-surprise))
    linked = chances < CHANCE
    return _joined(votes, pairs[linked, :2].astype(np.int64), chances[linked])


def _joined(
    votes: Votes, links: NDArray[np.int64], chances: NDArray[np.float64]
) -> tuple[Ring, ...]:
    """Rings are the connected parts of the graph of links."""
    ring: dict[int, int] = {}

    def head(person: int) -> int:
        while ring.setdefault(person, person) != person:
            ring[person] = ring[ring[person]]
            person = ring[person]
        return person

    for one, other in links.tolist():
        ring[head(other)] = head(one)
    members: dict[int, list[int]] = {}
    for person in sorted(ring):
        members.setdefault(head(person), []).append(person)
    weakest: dict[int, float] = {}
    for (one, _), chance in zip(links.tolist(), chances.tolist(), strict=True):
        weakest[head(one)] = max(chance, weakest.get(head(one), 0.0))
    rings = [
        Ring(tuple(votes.participants[person] for person in people), weakest[first])
        for first, people in members.items()
        if len(people) >= SMALLEST
    ]
    return tuple(sorted(rings, key=lambda ring: -len(ring.participants)))


@compiled
def _pairs(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    labels: NDArray[np.int64],
    counts: NDArray[np.float64],
    rates: NDArray[np.float64],
) -> tuple[NDArray[np.float64], int]:
    """Rows of (one, other, differences expected, differences) for pairs that look alike.

    Also returns how many pairs were compared. `counts` (g, s, 3), of which those who arrive near
    the pair are taken out as the walk goes along, and `rates` (s, 3) of everyone, are of
    disagreement, passing and agreement.
    """
    found = np.empty((64, 4))
    size = 0
    compared = 0
    people = len(offsets) - 1
    for person in range(min(NEAR, people)):
        _add(offsets, columns, values, labels, counts, person, -1.0)
    for one in range(people):
        if one + NEAR < people:
            _add(offsets, columns, values, labels, counts, one + NEAR, -1.0)
        if one - NEAR - 1 >= 0:
            _add(offsets, columns, values, labels, counts, one - NEAR - 1, 1.0)
        if offsets[one + 1] - offsets[one] < ENOUGH:
            continue
        for other in range(one + 1, min(one + 1 + NEAR, people)):
            if offsets[other + 1] - offsets[other] < ENOUGH:
                continue
            compared += 1
            differing, expected = _compare(
                offsets, columns, values, labels, counts, rates, one, other
            )
            if differing < 0:
                continue
            if size == len(found):
                grown = np.empty((2 * size, 4))
                grown[:size] = found
                found = grown
            found[size, 0] = one
            found[size, 1] = other
            found[size, 2] = expected
            found[size, 3] = differing
            size += 1
    return found[:size].copy(), compared


@compiled
def _add(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    labels: NDArray[np.int64],
    counts: NDArray[np.float64],
    person: int,
    times: float,
) -> None:
    """Put a participant's votes into the counts of their group, or take them out of it."""
    if labels[person] >= 0:
        for vote in range(offsets[person], offsets[person + 1]):
            counts[labels[person], columns[vote], values[vote] + 1] += times


@compiled
def _compare(
    offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.int8],
    labels: NDArray[np.int64],
    counts: NDArray[np.float64],
    rates: NDArray[np.float64],
    one: int,
    other: int,
) -> tuple[int, float]:
    """How many votes of two participants differ, and would be expected to; -1 if not alike."""
    mine, theirs = offsets[one + 1] - offsets[one], offsets[other + 1] - offsets[other]
    most = max(mine, theirs)
    if min(mine, theirs) < SHARED * most:
        return -1, 0.0
    both, differing = 0, 0
    shared = np.empty(min(mine, theirs), np.int64)
    a, b = offsets[one], offsets[other]
    while a < offsets[one + 1] and b < offsets[other + 1]:
        if columns[a] < columns[b]:
            a += 1
        elif columns[a] > columns[b]:
            b += 1
        else:
            shared[both] = columns[a]
            both += 1
            if values[a] != values[b]:
                differing += 1
            a += 1
            b += 1
    if both < SHARED * most or differing > DIFFERING * both:
        return -1, 0.0
    expected = 0.0
    for column in shared[:both]:
        alike = 0.0
        seen = PRIOR
        for vote in range(3):
            seen += counts[labels[one], column, vote]
        for vote in range(3):
            rate = (counts[labels[one], column, vote] + PRIOR * rates[column, vote]) / seen
            alike += rate * rate
        expected += 1 - alike
    return differing, expected
