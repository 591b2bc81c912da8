"""A conversation at one moment: who thinks alike, what divides the groups, what all share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.opinions.components import Components, find_components, positions
from comity.opinions.consensus import group_consensus, priorities
from comity.opinions.coordination import Ring, find_rings
from comity.opinions.groups import Groups, find_groups
from comity.opinions.ids import Id
from comity.opinions.islands import islands_of
from comity.opinions.representativeness import Representativeness, Stand, Tally, stands
from comity.opinions.slate import Seat, choose
from comity.opinions.votes import ENOUGH, Votes

SMALLEST: Final = 15
"""A conversation of fewer is topped up."""


@dataclass(frozen=True, slots=True)
class Moderation:
    """Statements that take no part: moderated out, or about the conversation itself (meta)."""

    out: frozenset[Id] = frozenset()
    meta: frozenset[Id] = frozenset()

    @property
    def silent(self) -> frozenset[Id]:
        return self.out | self.meta


@dataclass(frozen=True, eq=False)
class Conversation:
    """p participants and s statements; arrays are in the order of those of `votes`."""

    votes: Votes
    moderation: Moderation
    components: Components
    positions: NDArray[np.float64]
    """(p, 2) where each participant stands on the map"""
    inside: NDArray[np.bool_]
    """(p,) who is in the conversation"""
    groups: Groups

    @classmethod
    def from_votes(
        cls, votes: Votes | Iterable[tuple[Any, ...]], moderation: Moderation | None = None
    ) -> "Conversation":
        """Compute a conversation from votes alone; the same votes give the same conversation.

        Votes that are no `Votes` are rows as for `Votes.of`. Raises OpinionsError.
        """
        table = votes if isinstance(votes, Votes) else Votes.of(votes)
        return _compute(table, moderation or Moderation(), None)

    def update(
        self, votes: Votes | Iterable[tuple[Any, ...]], moderation: Moderation | None = None
    ) -> "Conversation":
        """Compute it anew with votes that came since, starting from what was found before.

        Groups keep their numbers, who is in stays in, and the number of groups changes only after
        four updates that agree. `moderation` replaces the one before. Raises OpinionsError.
        """
        more = votes if isinstance(votes, Votes) else Votes.of(votes)
        return _compute(self.votes.with_more(more), moderation or self.moderation, self)

    @cached_property
    def silent(self) -> NDArray[np.bool_]:
        """(s,) which statements take no part."""
        return self.components.silent

    @cached_property
    def tally(self) -> Tally:
        """How each group voted on each statement, (g, s)."""
        return Tally.count(self.votes, self.groups.labels, self.groups.count)

    @cached_property
    def representativeness(self) -> Representativeness:
        """How well agreement with each statement tells each group from the rest, (g, s)."""
        return Representativeness.of(self.tally)

    @cached_property
    def stands(self) -> tuple[tuple[Stand, ...], ...]:
        """For each group, the statements it stands for or against."""
        return stands(self.tally, self.silent)

    @cached_property
    def consensus(self) -> NDArray[np.float64]:
        """(s,) how far all groups agree with each statement, 0 to 1."""
        return group_consensus(self.tally)

    @cached_property
    def dissent(self) -> NDArray[np.float64]:
        """(s,) how far all groups disagree with each statement, 0 to 1."""
        return group_consensus(self.tally.swapped())

    @cached_property
    def priorities(self) -> NDArray[np.float64]:
        """(s,) the weight of each statement in the draw of the next to show; 0 if moderated out."""
        meta = _known(self.votes.statements, self.moderation.meta)
        weights = priorities(self.tally, self.components.extremity, meta)
        out = _known(self.votes.statements, self.moderation.out)
        return np.where(out, 0.0, weights)

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """Who arrived together and voted nearly the same; their votes count like all others."""
        return find_rings(self.votes, self.groups.labels, self.tally)

    @cached_property
    def islands(self) -> NDArray[np.int64]:
        """(p,) which island each participant is on, the largest 0; -1 who voted on nothing."""
        return islands_of(self.votes, self.silent)

    @property
    def island_sizes(self) -> list[int]:
        """How many of those in the conversation each island has, the largest first; an island of
        none, who cast a vote or two on what nobody else saw, has no say in any group.
        """
        sizes = np.bincount(self.islands[self.inside & (self.islands >= 0)])
        return sorted(sizes[sizes > 0].tolist(), reverse=True)

    def slate(self, size: int) -> tuple[Seat, ...]:
        """Choose up to `size` statements such that every cohesive group has its share of them."""
        return choose(self.votes, size, self.silent)

    def as_json(self) -> dict[str, Any]:
        """The document of `comity opinions`."""
        votes, labels = self.votes, self.groups.labels.tolist()
        everyone = Tally.count(votes, np.zeros(len(votes.participants), np.int64), 1)
        participants = [
            {"id": _plain(id_), "x": x, "y": y, "group": group if group >= 0 else None}
            for id_, (x, y), group in zip(
                votes.participants, self.positions.tolist(), labels, strict=True
            )
        ]
        statements = [
            {
                "id": _plain(id_),
                "agrees": int(everyone.agrees[0, s]),
                "disagrees": int(everyone.disagrees[0, s]),
                "passes": int(everyone.passes[0, s]),
                "consensus": float(self.consensus[s]),
                "groups": [
                    {
                        "group": g,
                        "agrees": int(self.tally.agrees[g, s]),
                        "disagrees": int(self.tally.disagrees[g, s]),
                        "seen": int(self.tally.seen[g, s]),
                        "representativeness": float(self.representativeness.ratio[g, s]),
                    }
                    for g in range(self.groups.count)
                ],
            }
            for s, id_ in enumerate(votes.statements)
        ]
        return {
            "groups": self.groups.count,
            "islands": self.island_sizes,
            "participants": participants,
            "statements": statements,
        }


def _compute(votes: Votes, moderation: Moderation, before: Conversation | None) -> Conversation:
    silent = _known(votes.statements, moderation.silent)
    inside = _inside(votes)
    if before is None:
        components = find_components(votes, silent)
        places = positions(votes, components)
        groups = find_groups(places, inside)
        return Conversation(votes, moderation, components, places, inside, groups)
    components = find_components(votes, silent, _start(before, votes))
    places = positions(votes, components)
    were = _places(before.votes.participants, votes.participants)
    inside |= (were >= 0) & before.inside[were]
    groups = find_groups(places, inside, before.groups.moved(were))
    return Conversation(votes, moderation, components, places, inside, groups)


def _inside(votes: Votes) -> NDArray[np.bool_]:
    """(p,) who voted on seven statements or all there are; the most active top it up to 15."""
    counts = votes.counts
    inside = counts >= min(ENOUGH, len(votes.statements))
    missing = max(SMALLEST - int(inside.sum()), 0)
    most_active = np.argsort(-counts, kind="stable")
    inside[most_active[~inside[most_active]][:missing]] = True
    return inside


def _start(before: Conversation, votes: Votes) -> NDArray[np.float64] | None:
    """The components found before, (2, s); None where one of them says nothing."""
    were = _places(before.votes.statements, votes.statements)
    start = np.where(were >= 0, before.components.vectors[:, were], 0.0)
    return start if (np.abs(start).sum(axis=1) > 0).all() else None


def _places(before: Sequence[Id], now: Sequence[Id]) -> NDArray[np.int64]:
    """Where each id of `now` (n,) stood before; -1 for a new one."""
    known = {id_: place for place, id_ in enumerate(before)}
    return np.fromiter((known.get(id_, -1) for id_ in now), np.int64, len(now))


def _known(ids: Sequence[Id], chosen: frozenset[Id]) -> NDArray[np.bool_]:
    return np.fromiter((id_ in chosen for id_ in ids), np.bool_, len(ids))


def _plain(id_: Id) -> Id:
    """An id as JSON can say it."""
    return id_ if isinstance(id_, str | int | float) else str(id_)
