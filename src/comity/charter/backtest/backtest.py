"""The run: what a charter would have done to a year of events, and what it would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.charter import Charter
from comity.charter.backtest.breakdown import break_down, tally
from comity.charter.backtest.needs import redefined_counters, signals_of
from comity.charter.backtest.profiles import (
    EXAMPLES,
    UNKNOWN,
    YES,
    Answers,
    Profiles,
    ask,
)
from comity.charter.backtest.result import (
    ArticleChange,
    ArticleResult,
    Backtest,
    Change,
    Comparison,
    Example,
    Outcome,
)
from comity.charter.backtest.table import EventTable
from comity.charter.backtest.texts import shorten
from comity.charter.remedy import Remedy

EXAMPLE_LENGTH: Final = 200

_LADDER: Final = tuple(Remedy)

Where = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Side:
    """One charter's answers, and what it makes of them; articles on trial do nothing."""

    charter: Charter
    answers: Answers
    rank: NDArray[np.int8]
    """The place on the ladder of the strongest remedy, 0: allow."""
    torn: Where
    """Where an article abstained."""
    judged: Where
    """Where it acted and a ruling tells whether an article that hit was right to."""

    @classmethod
    def of(cls, charter: Charter, answers: Answers, profiles: Profiles) -> "_Side":
        count = len(profiles.weight)
        rank = np.zeros(count, dtype=np.int8)
        torn, judged = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
        for article, answer in zip(charter.articles, answers, strict=True):
            if article.trial:
                continue
            hit = answer == YES
            rank[hit] = np.maximum(rank[hit], article.remedy.rank)
            torn |= answer == UNKNOWN
            judged |= hit & profiles.ruled(article.id)
        return cls(charter, answers, rank, torn, judged & (rank > 0))

    def articles(self, profile: int) -> tuple[str, ...]:
        """The articles that hit, those on trial too."""
        return tuple(
            article.id
            for article, answer in zip(self.charter.articles, self.answers, strict=True)
            if answer[profile] == YES
        )


def backtest(
    charter: Charter,
    table: EventTable,
    *,
    against: Charter | None = None,
    by: Sequence[str] = (),
) -> Backtest:
    """Apply a charter to a table of events; compare with another charter and between groups.

    The table has to hold EXTRAS and the columns `by` as extras. Raises InputError.
    """
    profiles = ask(table, charter, against, by)
    new = _Side.of(charter, profiles.answers, profiles)
    old = _Side.of(against, profiles.old_answers, profiles) if against else None
    teller = _Teller(table, profiles, new, old)
    return Backtest(
        charter=charter,
        file=table.name,
        events=table.rows,
        outcome=_outcome(new, profiles),
        articles=_articles(new, old, profiles, teller),
        comparison=_compare(new, old, profiles, teller) if old else None,
        breakdowns=tuple(break_down(charter, profiles, column) for column in by),
        measured=table.measured,
        texts_alone=table.texts_alone,
        unknown=tuple(sorted(name for name in signals_of(charter, against) if not table.has(name))),
        not_finite=table.not_finite,
        not_posts=table.not_posts,
        shared_counters=() if table.redefined else redefined_counters(charter, against),
        strangers=_strangers(new, old, profiles),
    )


def _outcome(side: _Side, profiles: Profiles) -> Outcome:
    upheld = profiles.ruling == YES
    return Outcome(
        remedies={remedy: profiles.count(side.rank == rank) for rank, remedy in enumerate(_LADDER)},
        undecided=profiles.count((side.rank == 0) & side.torn),
        ruled=profiles.count(side.judged),
        upheld=profiles.count(side.judged & upheld),
        to_catch=profiles.count(upheld),
    )


def _articles(
    new: _Side, old: _Side | None, profiles: Profiles, teller: "_Teller"
) -> tuple[ArticleResult, ...]:
    before = _hits(old) if old else {}
    results = []
    for article, answers in zip(new.charter.articles, new.answers, strict=True):
        [counts] = tally(article, answers, profiles)
        hit = answers == YES
        change = None
        if (was := before.get(article.id)) is not None:
            change = ArticleChange(
                before=profiles.count(was),
                gained=profiles.count(hit & ~was),
                lost=profiles.count(was & ~hit),
            )
        results.append(ArticleResult(article, counts, change, teller.examples(hit)))
    return tuple(results)


def _hits(side: _Side) -> dict[str, Where]:
    return {
        article.id: answers == YES
        for article, answers in zip(side.charter.articles, side.answers, strict=True)
    }


def _compare(new: _Side, old: _Side, profiles: Profiles, teller: "_Teller") -> Comparison:
    def change(where: Where, judged: Where) -> Change:
        ruled = where & judged
        upheld = ruled & (profiles.ruling == YES)
        return Change(
            profiles.count(where),
            profiles.count(ruled),
            profiles.count(upheld),
            teller.examples(where),
        )

    both = (old.rank > 0) & (new.rank > 0)
    kept = {article.id for article in new.charter.articles}
    return Comparison(
        charter=old.charter,
        outcome=_outcome(old, profiles),
        caught=change((old.rank == 0) & (new.rank > 0), new.judged),
        freed=change((old.rank > 0) & (new.rank == 0), old.judged),
        stricter=change(both & (new.rank > old.rank), new.judged),
        milder=change(both & (new.rank < old.rank), new.judged),
        removed=tuple(
            (name, profiles.count(hit)) for name, hit in _hits(old).items() if name not in kept
        ),
    )


def _strangers(new: _Side, old: _Side | None, profiles: Profiles) -> tuple[str, ...]:
    known = {article.id for side in (new, old) if side for article in side.charter.articles}
    named = {name for name in profiles.about.names if name is not None}
    return tuple(sorted(named - known))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Shows events: always the first ones of the file, so that every run shows the same."""

    table: EventTable
    profiles: Profiles
    new: _Side
    old: _Side | None

    def examples(self, where: Where) -> tuple[Example, ...]:
        chosen = np.flatnonzero(where)
        first = nsmallest(
            EXAMPLES,
            chain.from_iterable(
                ((row, i) for row in self.profiles.rows[i]) for i in map(int, chosen)
            ),
        )
        texts = self.table.texts([row for row, _ in first])
        return tuple(self._example(row, profile, *texts[row]) for row, profile in first)

    def _example(self, row: int, profile: int, id_: str | None, text: str | None) -> Example:
        return Example(
            row=row + 1,
            id=id_,
            text=None if text is None else shorten(text, EXAMPLE_LENGTH),
            remedy=_LADDER[self.new.rank[profile]],
            articles=self.new.articles(profile),
            before=_LADDER[self.old.rank[profile]] if self.old else None,
            articles_before=self.old.articles(profile) if self.old else (),
        )
