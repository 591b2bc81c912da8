"""What has to be said beside the figures, in plain words: for the page and for the terminal."""

from collections.abc import Iterator
from typing import Final

from comity.charter.backtest.breakdown import MIN_COMPARED
from comity.charter.backtest.result import Backtest, Breakdown
from comity.charter.backtest.texts import shorten
from comity.charter.backtest.words import Words, percent, points

MOST_NAMES: Final = 5


def notes(result: Backtest, words: Words) -> Iterator[str]:
    """What in the file may mislead."""
    if result.texts_alone:
        yield words("texts_alone", file=result.file)
    for name in result.unknown:
        yield words("not_measured" if result.measured else "not_in_file", name=name)
    if result.not_finite:
        yield words("not_finite", n=result.not_finite)
    if result.not_posts:
        yield words("not_posts", n=result.not_posts)
    for name in result.shared_counters:
        yield words("shared_counter", name=name)
    if result.strangers:
        names = [f"`{shorten(name, 40)}`" for name in result.strangers[:MOST_NAMES]]
        more = ["…"] if len(result.strangers) > MOST_NAMES else []
        yield words("strangers", names=", ".join(names + more))


def differences(breakdown: Breakdown, result: Backtest, words: Words) -> Iterator[str]:
    """Where groups part by more than chance: information, no verdict."""
    titles = {found.article.id: words.of(found.article.title) for found in result.articles}
    places = {found.article.id: place for place, found in enumerate(result.articles)}
    for difference in breakdown.differences:
        if difference.clear:
            place = places[difference.article]
            low, high = difference.interval
            yield words(
                "clear",
                article=titles[difference.article],
                most=words.group(difference.most.value),
                high=percent(difference.most.tallies[place].share.share),
                least=words.group(difference.least.value),
                low=percent(difference.least.tallies[place].share.share),
                difference=points(difference.difference),
                interval=f"{points(low)} – {points(high)}",
            )


def blind_spots(breakdown: Breakdown, result: Backtest, words: Words) -> Iterator[str]:
    """Where an article mostly cannot tell, so in practice does not apply."""
    for place, found in enumerate(result.articles):
        groups = [
            group
            for group in breakdown.groups
            if group.tallies[place].blind and group.events >= MIN_COMPARED
        ]
        # Blind everywhere is no difference between groups.
        if groups and not found.tally.blind:
            yield words(
                "blind",
                article=words.of(found.article.title),
                groups=", ".join(words.group(group.value) for group in groups),
            )


def title_of(breakdown: Breakdown, words: Words) -> str:
    if breakdown.column == "language":
        return words("by_language")
    return words("by", column=breakdown.column)
