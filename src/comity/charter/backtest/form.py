"""A backtest in machine form: what `--json` prints. Keys are only ever added.

`charter`, `against`: title and hash; `against` is null without an old charter.
`file`, `events`: what it was applied to; `measured`: the signals were measured for it;
  `texts_alone`: from texts, without their threads; `not_posts`: raw events without a text, not
  judged.
`remedies`, `before.remedies`: events by their strongest remedy, articles on trial left out.
`acted`, `precision`, `reach`, `share`: a proportion `{count, total, share, low, high}`, with the
  bounds of a 95 % interval; `share` is null where `total` is 0. `precision`: how much of what was
  hit and ruled on reviewers upheld. `reach`: how much of what reviewers upheld was hit.
`undecided`: events that no article hit and at least one abstained on.
`articles`: each with `hits` and `abstained`, and the hits as a `share` of all events; `change`
  against the old article of the same id: hits `before`, `gained`, `lost`; null where none was.
`changes`: null without an old charter; else `caught`, `freed`, `stricter`, `milder`, each with
  `count`, `precision` and `examples`, and `removed`, the hits of articles that are gone.
`by`: for each column its `groups`, the largest first, and the `differences` between the groups that
  an article hits most and least: `p` is Fisher's exact test, corrected for the number of looks.
"""

from typing import Any

from comity.charter import Charter
from comity.charter.backtest.result import (
    ArticleResult,
    Backtest,
    Breakdown,
    Change,
    Comparison,
    Example,
    Outcome,
    Tally,
)
from comity.proportions import Proportion


def as_json(result: Backtest) -> dict[str, Any]:
    """The whole of it, as what JSON can hold."""
    comparison = result.comparison
    return {
        "charter": _charter(result.charter),
        "against": _charter(comparison.charter) if comparison else None,
        "file": result.file,
        "events": result.events,
        "measured": result.measured,
        "texts_alone": result.texts_alone,
        "not_posts": result.not_posts,
        "not_finite": result.not_finite,
        "unknown_signals": list(result.unknown),
        "shared_counters": list(result.shared_counters),
        "unknown_ruling_articles": list(result.strangers),
        **_outcome(result.outcome),
        "before": _outcome(comparison.outcome) if comparison else None,
        "articles": [_article(article) for article in result.articles],
        "changes": _changes(comparison) if comparison else None,
        "by": [_breakdown(breakdown, result) for breakdown in result.breakdowns],
    }


def _charter(charter: Charter) -> dict[str, Any]:
    return {"title": charter.title, "sha256": charter.sha256}


def _proportion(proportion: Proportion) -> dict[str, Any]:
    low, high = proportion.interval
    return {
        "count": proportion.count,
        "total": proportion.total,
        "share": proportion.share,
        "low": low,
        "high": high,
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "remedies": {remedy.value: count for remedy, count in outcome.remedies.items()},
        "acted": _proportion(outcome.acted),
        "undecided": outcome.undecided,
        "precision": _proportion(outcome.precision),
        "reach": _proportion(outcome.reach),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "hits": tally.hits,
        "abstained": tally.abstained,
        "share": _proportion(tally.share),
        "precision": _proportion(tally.precision),
    }


def _article(result: ArticleResult) -> dict[str, Any]:
    article, change = result.article, result.change
    return {
        "id": article.id,
        "title": dict(article.title),
        "remedy": article.remedy.value,
        "trial": article.trial,
        "condition": article.condition.text,
        "expected_share": article.expected_share,
        **_tally(result.tally),
        "change": change
        and {"before": change.before, "gained": change.gained, "lost": change.lost},
        "examples": [_example(example) for example in result.examples],
    }


def _example(example: Example) -> dict[str, Any]:
    return {
        "row": example.row,
        "id": example.id,
        "text": example.text,
        "remedy": example.remedy.value,
        "articles": list(example.articles),
        "before": example.before and example.before.value,
        "articles_before": list(example.articles_before),
    }


def _changes(comparison: Comparison) -> dict[str, Any]:
    return {
        "caught": _change(comparison.caught),
        "freed": _change(comparison.freed),
        "stricter": _change(comparison.stricter),
        "milder": _change(comparison.milder),
        "removed": [{"id": name, "hits": hits} for name, hits in comparison.removed],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "count": change.count,
        "precision": _proportion(change.precision),
        "examples": [_example(example) for example in change.examples],
    }


def _breakdown(breakdown: Breakdown, result: Backtest) -> dict[str, Any]:
    ids = [article.article.id for article in result.articles]
    return {
        "column": breakdown.column,
        "groups": [
            {
                "value": group.value,
                "events": group.events,
                "articles": {
                    name: _tally(tally) for name, tally in zip(ids, group.tallies, strict=True)
                },
            }
            for group in breakdown.groups
        ],
        "groups_left_out": breakdown.left_out,
        "differences": [
            {
                "article": difference.article,
                "most": difference.most.value,
                "least": difference.least.value,
                "difference": difference.difference,
                "low": difference.interval[0],
                "high": difference.interval[1],
                "p": difference.chance,
                "clear": difference.clear,
            }
            for difference in breakdown.differences
        ],
    }
