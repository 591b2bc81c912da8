"""What a backtest found, as data; to write it down for people or machines is somebody else's job.

Shares are of all events, and abstentions always stand beside them: where an article abstained it
said neither yes nor no, so up to `hits + abstained` events may be what it is about.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from comity.charter import Article, Charter
from comity.charter.remedy import Remedy
from comity.proportions import Proportion


@dataclass(frozen=True, slots=True)
class Tally:
    """How often an article hit among some events, and how often reviewers agreed with it.

    `ruled` counts the hits on which a reviewer ruled about this article, `upheld` those of them
    where the reviewer saw it the same way.
    """

    events: int
    hits: int
    abstained: int
    ruled: int = 0
    upheld: int = 0

    @property
    def share(self) -> Proportion:
        return Proportion(self.hits, self.events)

    @property
    def blind(self) -> bool:
        """Whether it could not tell more often than it could: its share says little then."""
        return 2 * self.abstained > self.events

    @property
    def precision(self) -> Proportion:
        return Proportion(self.upheld, self.ruled)


@dataclass(frozen=True, slots=True)
class Example:
    """One event; `row` counts from 1 in the file, `text` is shortened, `id` and `text` may lack."""

    row: int
    id: str | None
    text: str | None
    remedy: Remedy
    articles: tuple[str, ...]
    """All that hit, those on trial too."""
    before: Remedy | None
    """None where there is no old charter."""
    articles_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article of the same id in the old charter: its hits, and how they differ."""

    before: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class ArticleResult:
    article: Article
    tally: Tally
    change: ArticleChange | None
    """None where there is no old charter or it has no such article."""
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a charter as a whole does; articles on trial do nothing and count nowhere here."""

    remedies: Mapping[Remedy, int]
    """The strongest remedy of each event, every remedy named."""
    undecided: int
    """Events that no article hit and on which at least one abstained."""
    ruled: int
    """Events it acted on and a reviewer ruled about."""
    upheld: int
    to_catch: int
    """Events of which reviewers said that something was wrong with them, acted on or not."""

    @property
    def events(self) -> int:
        return sum(self.remedies.values())

    @property
    def acted(self) -> Proportion:
        return Proportion(self.events - self.remedies[Remedy.ALLOW], self.events)

    @property
    def precision(self) -> Proportion:
        return Proportion(self.upheld, self.ruled)

    @property
    def reach(self) -> Proportion:
        return Proportion(self.upheld, self.to_catch)


@dataclass(frozen=True, slots=True)
class Change:
    """Events that fare otherwise under the new charter, the first of them as examples."""

    count: int
    ruled: int
    upheld: int
    examples: tuple[Example, ...]

    @property
    def precision(self) -> Proportion:
        return Proportion(self.upheld, self.ruled)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The old charter's outcome, and the events whose remedy differs under the new one."""

    charter: Charter
    outcome: Outcome
    caught: Change
    """Allowed before, acted on now."""
    freed: Change
    """Acted on before, allowed now."""
    stricter: Change
    milder: Change
    removed: tuple[tuple[str, int], ...]
    """Articles that the new charter no longer has, with the hits they had."""


@dataclass(frozen=True, slots=True)
class Group:
    """Events with the same value in a column; None: unknown. A tally for each article, in order."""

    value: str | None
    events: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The two groups that an article hits most and least often, and how far apart they are.

    `chance`: how likely the groups would part like this if the article hit them all alike,
    corrected (Bonferroni) for having looked at every pair of groups and every article.
    """

    article: str
    most: Group
    least: Group
    difference: float
    interval: tuple[float, float]
    chance: float

    @property
    def clear(self) -> bool:
        return self.chance < 0.05


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Groups by one column, the largest first; of very many only the largest.

    Differences are between groups that are large enough and that the article is not blind in.
    """

    column: str
    groups: tuple[Group, ...]
    left_out: int
    """How many groups are not among `groups`."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a charter would have done to the events of a file."""

    charter: Charter
    file: str
    events: int
    outcome: Outcome
    articles: tuple[ArticleResult, ...]
    comparison: Comparison | None
    breakdowns: tuple[Breakdown, ...]
    measured: bool
    """Whether the signals were measured for this, and did not stand in the file."""
    texts_alone: bool
    """Whether the file told texts and hardly anything of their authors and threads."""
    unknown: tuple[str, ...]
    """Signals that the charters use and no event has: articles that need them abstain."""
    not_finite: int
    not_posts: int
    shared_counters: tuple[str, ...]
    """Counters that the charters declare differently, for which the file has one column only."""
    strangers: tuple[str, ...]
    """Articles named in rulings that neither charter has."""
