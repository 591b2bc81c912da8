"""A month as it is published: the noun is `MonthlyReport`, the verb `monthly`.

After the Santa Clara Principles 2.0: numbers, notice, appeal. Every count in it is kept back where
it is small; no two tables of it can be subtracted so as to show one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from comity.measures.matter import Matter, Outcome
from comity.measures.summary import UNKNOWN_LANGUAGE, Summary, summarize
from comity.measures.suppression import SMALLEST, is_small, suppress
from comity.proportions import Proportion

VERSION: Final = 1
"""Counts up when the form of the report changes."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """One restriction of a post or an account, as far as numbers go."""

    remedy: str
    article: str
    account: str = ""
    language: str | None = None
    found_by: str = "software"
    """`software` or `report`."""
    decider: str = "software"
    """`software`, `reviewer` or `jury`."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts that add up to the total; None is kept back."""

    counts: Mapping[str, int | None]
    total: int | None

    @classmethod
    def of(cls, names: Iterable[str]) -> "Table":
        counted = Counter(names)
        # By name: an order by size would help to guess what is kept back.
        counts = suppress({name: counted[name] for name in sorted(counted)})
        return cls(counts, shown(counted.total()))


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its Wilson interval, of so many; all None where a count would be small."""

    total: int | None
    share: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, proportion: Proportion) -> "Share":
        rest = proportion.total - proportion.count
        if not proportion.total or is_small(proportion.count) or is_small(rest):
            return cls(shown(proportion.total), None, None, None)
        return cls(proportion.total, proportion.share, *proportion.interval)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Seconds until a decision: the median and the ninetieth percentile."""

    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """What a community publishes of a month; `month` is like 2026-11."""

    version: int
    community: str
    month: str
    posts: int | None
    restrictions: int | None
    remedies: Table
    accounts: Table
    articles: Table
    languages: Table
    found_by: Table
    deciders: Table
    statements: int | None
    """Restrictions that a statement of reasons was given for."""
    reports: int | None
    opened: int | None
    decided: int | None
    waiting: Waiting
    late: Share
    precision: Mapping[str, Share]
    appealed: int | None
    verdicts: Table
    overturned: Share
    reviewers_alpha: float | None
    jurors_alpha: float | None


def shown(count: int) -> int | None:
    return None if is_small(count) else count


def monthly(
    community: str,
    month: str,
    posts: int,
    reports: int,
    opened: int,
    restrictions: Sequence[Restriction],
    decided: Sequence[Matter],
    appeals: int,
    heard: Sequence[Matter],
    now: datetime,
) -> MonthlyReport:
    """Put the report together: `posts` that were decided on, `reports` filed, cases `opened`, what
    was restricted, the matters that people decided in the month, `appeals` filed in it, and the
    matters with a verdict of the month, whenever they were first decided."""
    summary, verdicts = summarize(decided, now), summarize(heard, now)
    posts_restricted = [each for each in restrictions if each.remedy]
    return MonthlyReport(
        version=VERSION,
        community=community,
        month=month,
        posts=shown(posts),
        restrictions=shown(len(restrictions)),
        remedies=Table.of(each.remedy for each in posts_restricted),
        accounts=Table.of(each.account for each in restrictions if each.account),
        articles=Table.of(each.article for each in restrictions),
        languages=Table.of(each.language or UNKNOWN_LANGUAGE for each in restrictions),
        found_by=Table.of(each.found_by for each in restrictions),
        deciders=Table.of(each.decider for each in restrictions),
        statements=shown(len(restrictions)),
        reports=shown(reports),
        opened=shown(opened),
        decided=shown(len(decided)),
        waiting=_waiting(summary),
        late=Share.of(summary.late),
        precision=_precision(summary),
        appealed=shown(appeals),
        verdicts=Table.of(m.verdict.value for m in heard if m.verdict is not None),
        overturned=Share.of(verdicts.overturned),
        reviewers_alpha=_agreement(summary.reviewers_alpha, [m.opinions for m in decided]),
        jurors_alpha=_agreement(verdicts.jurors_alpha, [m.votes for m in heard]),
    )


def _waiting(summary: Summary) -> Waiting:
    found = summary.decision
    if found.median is None or found.ninetieth is None or is_small(found.count):
        return Waiting(None, None)
    return Waiting(found.median.total_seconds(), found.ninetieth.total_seconds())


def _precision(summary: Summary) -> dict[str, Share]:
    """The share of each article; where its total is kept back, so is the share."""
    totals = suppress({each.article: each.precision.total for each in summary.articles})
    return {
        each.article: Share.of(each.precision)
        if totals[each.article] is not None
        else Share(None, None, None, None)
        for each in summary.articles
    }


def _agreement(alpha: float | None, units: Sequence[Sequence[Outcome]]) -> float | None:
    """Of few units alpha says little, and may tell what one person said."""
    pairs = sum(len(unit) > 1 for unit in units)
    return alpha if pairs >= SMALLEST else None
