"""A backtest and a diff as tables in the terminal.

All texts go in as Rich `Text`, so that nothing a charter or a post says is taken for markup.
"""

from collections.abc import Iterator
from typing import Final, Literal

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from comity.charter import Remedy
from comity.charter.backtest import Backtest, Words
from comity.charter.backtest.notes import blind_spots, differences, title_of
from comity.charter.backtest.result import ArticleResult, Breakdown, Change, Comparison
from comity.charter.backtest.texts import shorten
from comity.charter.backtest.words import number, percent
from comity.charter.diff import Diff
from comity.cli import output

MOST_GROUPS: Final = 6
"""Groups that fit beside each other."""
MOST_EXAMPLES: Final = 3


def print_backtest(result: Backtest, words: Words) -> None:
    console = output.tables()
    applied = words("to_events", n=result.events, file=result.file)
    console.print(Text(f"{words('title')}: {applied}"), style="bold")
    for line in _headline(result, words):
        console.print(Text(line))
    console.print()
    console.print(_remedies(result, words))
    console.print(_articles(result, words))
    if result.comparison:
        console.print(_changes(result.comparison, words))
    for breakdown in result.breakdowns:
        console.print(_groups(breakdown, result, words))
        told = [*differences(breakdown, result, words), *blind_spots(breakdown, result, words)]
        for line in told:
            console.print(Text(line))


def _remedies(result: Backtest, words: Words) -> Table:
    now = result.outcome.remedies
    was = result.comparison.outcome.remedies if result.comparison else None
    columns = [words("remedy"), words("events"), words("share")]
    table = _table(words("remedies"), *columns, *([words("before")] if was else []), figures=1)
    for remedy in reversed(Remedy):
        cells = [words.remedy(remedy), number(now[remedy]), percent(now[remedy] / result.events)]
        _row(table, *cells, *([number(was[remedy])] if was else []))
    return table


def _articles(result: Backtest, words: Words) -> Table:
    compared = [words("before")] if result.comparison else []
    table = _table(
        words("articles"),
        words("article"),
        words("remedy"),
        words("hits"),
        words("share"),
        words("interval"),
        words("abstained"),
        *compared,
        words("precision"),
        figures=2,
    )
    for found in result.articles:
        _row(table, *_article(found, bool(compared), words))
    return table


def _article(found: ArticleResult, compared: bool, words: Words) -> Iterator[str]:
    article, tally, change = found.article, found.tally, found.change
    remedy = words.remedy(article.remedy)
    yield words.of(article.title)
    yield f"{remedy} ({words('trial')})" if article.trial else remedy
    yield number(tally.hits)
    yield percent(tally.share.share)
    yield words.interval(tally.share)
    yield number(tally.abstained)
    if compared and change:
        yield f"{number(change.before)} +{number(change.gained)} −{number(change.lost)}"
    elif compared:
        yield words("new")
    precision = tally.precision
    yield f"{percent(precision.share)} ({tally.upheld}/{tally.ruled})" if precision.total else ""


def _changes(comparison: Comparison, words: Words) -> Table:
    table = _table(words("changes"), "", words("events"), words("examples"), figures=1)
    table.columns[2].justify = "left"
    kinds = {
        "caught": comparison.caught,
        "freed": comparison.freed,
        "stricter": comparison.stricter,
        "milder": comparison.milder,
    }
    for name, change in kinds.items():
        _row(table, words(name), number(change.count), "\n".join(_shown(change, words)))
    return table


def _shown(change: Change, words: Words) -> Iterator[str]:
    for example in change.examples[:MOST_EXAMPLES]:
        name = example.id or words("row", n=example.row)
        yield f"{shorten(name, 40)}: {shorten(example.text or words('no_text'), 60)}"


def _groups(breakdown: Breakdown, result: Backtest, words: Words) -> Table:
    """Articles downwards, the largest groups across."""
    groups = breakdown.groups[:MOST_GROUPS]
    names = [words.group(group.value) for group in groups]
    table = _table(title_of(breakdown, words), words("article"), *names, figures=1)
    for place, found in enumerate(result.articles):
        shares = [percent(group.tallies[place].share.share) for group in groups]
        _row(table, words.of(found.article.title), *shares)
    return table


def _headline(result: Backtest, words: Words) -> Iterator[str]:
    outcome, comparison = result.outcome, result.comparison
    acted = words("acted_of", share=percent(outcome.acted.share))
    was = words("acted_before", share=percent(comparison.outcome.acted.share)) if comparison else ""
    figures = " · ".join(filter(None, (number(outcome.acted.count), acted, was)))
    yield f"{words('acted')}: {figures}"
    yield f"{words('undecided')}: {number(outcome.undecided)} · {words('undecided_is')}"
    yield f"{words('precision')}: {words.precision(outcome.precision)}"


def print_diff(found: Diff) -> None:
    """Each change under its name: what was red, what is green."""
    console = output.tables()
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in found.changes:
        name = f"{change.part} {change.name}".rstrip()
        console.print(Text(f"{signs[change.kind]} {name}", style="bold"))
        for field in change.fields:
            console.print(Text(f"    {field.field}", style="dim"))
            if field.before is not None:
                console.print(Text(f"      - {field.before}", style="red"))
            if field.after is not None:
                console.print(Text(f"      + {field.after}", style="green"))
        console.print()


def _table(title: str, *columns: str, figures: int) -> Table:
    """A table of which the columns from `figures` on are numbers."""
    table = Table(title=Text(title), title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for place, column in enumerate(columns):
        justify: Literal["left", "right"] = "right" if place >= figures else "left"
        table.add_column(Text(column), justify=justify, overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(cell) for cell in cells))
