"""How differently an article hits groups of events: by language, community or any other column.

Groups differ for many reasons, and good ones too. What is found here is information, no verdict.
"""

from itertools import combinations
from typing import Final

import numpy as np

from comity.charter import Article, Charter
from comity.charter.backtest.profiles import UNKNOWN, YES, Answers, Labels, Profiles
from comity.charter.backtest.result import Breakdown, Difference, Group, Tally
from comity.proportions import chance_of_difference, difference_interval

MAX_GROUPS: Final = 30
"""More groups than this nobody reads."""
MIN_COMPARED: Final = 30
"""Events that a group needs before it is compared with another."""


def tally(
    article: Article, answers: Answers, profiles: Profiles, labels: Labels | None = None
) -> list[Tally]:
    """Count for each label; without labels, once for all events."""
    codes = labels.codes if labels else np.zeros(len(profiles.weight), dtype=np.intp)
    groups = len(labels.names) if labels else 1

    def count(where: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[int]:
        sums = np.bincount(codes[where], weights=profiles.weight[where], minlength=groups)
        return [int(total) for total in sums]

    hit = answers == YES
    ruled = hit & profiles.ruled(article.id)
    return [
        Tally(*counts)
        for counts in zip(
            count(np.ones_like(hit)),
            count(hit),
            count(answers == UNKNOWN),
            count(ruled),
            count(ruled & (profiles.ruling == YES)),
            strict=True,
        )
    ]


def is_telling(tally: Tally) -> bool:
    """Whether a share of these events can be compared with that of others."""
    return tally.events >= MIN_COMPARED and not tally.blind


def break_down(charter: Charter, profiles: Profiles, column: str) -> Breakdown:
    """Tally every article for every group of the column, and find where they differ."""
    labels = profiles.groups[column]
    tallies = [
        tally(article, answers, profiles, labels)
        for article, answers in zip(charter.articles, profiles.answers, strict=True)
    ]
    sizes = np.bincount(labels.codes, weights=profiles.weight, minlength=len(labels.names))
    groups = [
        Group(name, int(sizes[code]), tuple(of_article[code] for of_article in tallies))
        for code, name in enumerate(labels.names)
    ]
    groups.sort(key=lambda group: (-group.events, group.value is None, group.value or ""))
    shown = tuple(groups[:MAX_GROUPS])
    return Breakdown(column, shown, len(groups) - len(shown), _differences(charter, shown))


def _differences(charter: Charter, groups: tuple[Group, ...]) -> tuple[Difference, ...]:
    """The widest gap of each article that at least two groups can be compared by."""
    found = []
    for i, article in enumerate(charter.articles):
        compared = [
            group for group in groups if group.value is not None and is_telling(group.tallies[i])
        ]
        if len(compared) < 2:
            continue
        ordered = sorted(compared, key=lambda group: group.tallies[i].share.share or 0.0)
        least, most = ordered[0], ordered[-1]
        a, b = most.tallies[i].share, least.tallies[i].share
        looks = len(list(combinations(compared, 2))) * len(charter.articles)
        found.append(
            Difference(
                article.id,
                most,
                least,
                a.count / a.total - b.count / b.total,
                difference_interval(a, b),
                min(1.0, chance_of_difference(a, b) * looks),
            )
        )
    return tuple(found)
