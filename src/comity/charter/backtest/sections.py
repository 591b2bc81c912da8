"""The sections of a report, each from one part of a backtest."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from comity.charter.backtest.charts import bar, dot, scale_of
from comity.charter.backtest.notes import blind_spots, differences, title_of
from comity.charter.backtest.parts import badge, examples, section, table, tag
from comity.charter.backtest.result import (
    ArticleResult,
    Backtest,
    Breakdown,
    Change,
    Group,
    Tally,
)
from comity.charter.backtest.words import Words, number, percent
from comity.charter.remedy import Remedy
from comity.markup import marked, node


def remedies(result: Backtest, words: Words) -> Element:
    """How many events each remedy befalls, now and before."""
    now = result.outcome.remedies
    was = result.comparison.outcome.remedies if result.comparison else {}
    # Most events are allowed; on their scale nothing else could be seen.
    acted = [
        counts[remedy] for counts in (now, was) for remedy in counts if remedy is not Remedy.ALLOW
    ]
    scale = max(*acted, 1) / result.events
    columns = [
        ("", words("remedy")),
        ("wide", ""),
        ("number", words("events")),
        ("number", words("share")),
        *([("number", words("before"))] if was else []),
    ]
    rows = []
    for remedy in reversed(Remedy):
        share = now[remedy] / result.events
        before = was[remedy] / result.events if was else None
        told = f"{words.remedy(remedy)}: {number(now[remedy])} ({percent(share)})"
        drawn = (
            None if remedy is Remedy.ALLOW else bar(told, share, scale, remedy.value, before=before)
        )
        rows.append(
            node(
                "tr",
                node("th", badge(remedy, words), scope="row"),
                node("td", drawn, class_="wide"),
                node("td", number(now[remedy]), class_="number"),
                node("td", percent(share), class_="number"),
                node("td", number(was[remedy]), class_="number quiet") if was else None,
            )
        )
    meaning = words("remedies_is") + (" " + words("mark_before") if was else "")
    return section(words("remedies"), meaning, table(columns, rows))


def changes(result: Backtest, words: Words) -> Element | None:
    """Which events fare otherwise than under the old charter."""
    comparison = result.comparison
    if comparison is None:
        return None
    titles = _titles(result, words)
    kinds = {
        "caught": comparison.caught,
        "freed": comparison.freed,
        "stricter": comparison.stricter,
        "milder": comparison.milder,
    }
    panels = [
        _change(name, change, titles, words) for name, change in kinds.items() if change.count
    ]
    if not panels:
        return section(words("changes"), words("nothing_changes"))
    gone = [
        node("li", titles.get(name, name), " · ", words("gone_hits", hits=hits))
        for name, hits in comparison.removed
    ]
    return section(
        words("changes"),
        words("changes_is"),
        node("div", *panels, class_="changes stack"),
        node("div", node("h3", words("gone")), node("ul", *gone), class_="panel") if gone else None,
    )


def _change(name: str, change: Change, titles: Mapping[str, str], words: Words) -> Element:
    agreed = change.precision
    return node(
        "div",
        node("h3", words(name)),
        node("p", number(change.count), class_="count"),
        node("p", words(f"{name}_is"), class_="quiet small"),
        node("p", words("ruled_so", count=agreed.count, total=agreed.total), class_="small")
        if agreed.total
        else None,
        examples(change.examples, titles, words),
        class_="panel",
    )


def articles(result: Backtest, words: Words) -> Element:
    """How often each article hits, with what it hits."""
    scale = scale_of([found.tally.share for found in result.articles])
    meaning = words("articles_is")
    if any(found.change for found in result.articles):
        meaning += " " + words("mark_before")
    return section(
        words("articles"),
        meaning,
        node("div", node("span", "0%"), node("span", percent(scale)), class_="scale"),
        node(
            "div",
            *(_article(found, scale, result, words) for found in result.articles),
            class_="stack",
        ),
    )


def _article(found: ArticleResult, scale: float, result: Backtest, words: Words) -> Element:
    article, share, change = found.article, found.tally.share, found.change
    tags = [badge(article.remedy, words)]
    tags += [tag(words("trial"))] if article.trial else []
    tags += [tag(words("new"))] if result.comparison and not change else []
    drawn = bar(
        f"{percent(share.share)} ({words.interval(share)})",
        share.share or 0.0,
        scale,
        "trial" if article.trial else article.remedy.value,
        interval=share.interval,
        before=change.before / share.total if change else None,
    )
    shown = node(
        "details",
        node("summary", f"{words('examples')} ({len(found.examples)})"),
        examples(found.examples, _titles(result, words), words),
    )
    return node(
        "article",
        node("div", node("h3", words.of(article.title)), *tags, class_="head"),
        drawn,
        node("p", *_figures(found, words), class_="figures small"),
        node("code", article.condition.text, class_="condition"),
        shown if found.examples else None,
        class_="panel",
    )


def _figures(found: ArticleResult, words: Words) -> Iterator[Element]:
    tally, change, expected = found.tally, found.change, found.article.expected_share
    share, interval = percent(tally.share.share), words.interval(tally.share)
    yield node("span", words("hits_of", hits=tally.hits, share=share, interval=interval))
    if change:
        was = words("was", before=change.before, gained=change.gained, lost=change.lost)
        yield node("span", was, class_="quiet")
    if tally.abstained:
        part = percent(tally.abstained / tally.events)
        yield node("span", words("abstained_on", n=tally.abstained, share=part), class_="quiet")
    if expected is not None and tally.share.interval[0] > expected:
        yield tag(words("above_expected", share=percent(expected)), "differs")
    elif expected is not None:
        yield node("span", words("expected", share=percent(expected)), class_="quiet")


def agreement(result: Backtest, words: Words) -> Element | None:
    """How often reviewers saw it as the articles do."""
    if not result.outcome.to_catch and not any(found.tally.ruled for found in result.articles):
        return None
    titles = _titles(result, words)
    reach = result.outcome.reach
    columns = [
        ("", words("article")),
        ("wide", "0% – 100%"),
        ("number", words("precision")),
        ("number extra", words("interval")),
        ("number extra", words("upheld")),
        ("number", words("ruled")),
    ]
    rows = [
        _precision(titles[found.article.id], found.tally, words)
        for found in result.articles
        if found.tally.ruled
    ]
    caught = words("reach", total=reach.total, count=reach.count, share=percent(reach.share))
    return section(
        words("agreement"),
        words("agreement_is"),
        node("p", caught, class_="lead") if reach.total else None,
        table(columns, rows) if rows else None,
    )


def _precision(title: str, tally: Tally, words: Words) -> Element:
    precision = tally.precision
    told = f"{title}: {percent(precision.share)} ({words.interval(precision)})"
    return node(
        "tr",
        node("th", title, scope="row"),
        node("td", dot(told, precision, 1.0), class_="wide"),
        node("td", percent(precision.share), class_="number"),
        node("td", words.interval(precision), class_="number extra quiet"),
        node("td", number(tally.upheld), class_="number extra"),
        node("td", number(tally.ruled), class_="number"),
    )


def groups(breakdown: Breakdown, result: Backtest, words: Words) -> Element:
    """How each article hits each group of events."""
    told = list(differences(breakdown, result, words))
    if not told:
        told = [words("alike" if breakdown.differences else "few")]
    told += blind_spots(breakdown, result, words)
    clear = {found.article for found in breakdown.differences if found.clear}
    titles = _titles(result, words)
    panels = [
        _groups_of(place, titles[found.article.id], found.article.id in clear, breakdown, words)
        for place, found in enumerate(result.articles)
        if found.tally.hits
    ]
    left_out = breakdown.left_out
    return section(
        title_of(breakdown, words),
        words("by_is"),
        node("ul", *(node("li", *marked(line)) for line in told), class_="told"),
        node("div", *panels, class_="stack"),
        node("p", words("left_out", n=left_out), class_="lead") if left_out else None,
    )


def _groups_of(place: int, title: str, clear: bool, breakdown: Breakdown, words: Words) -> Element:
    scale = scale_of([group.tallies[place].share for group in breakdown.groups])
    columns = [
        ("", words("group")),
        ("wide", f"0% – {percent(scale)}"),
        ("number", words("share")),
        ("number extra", words("interval")),
        ("number", words("hits")),
        ("number extra", words("abstained")),
    ]
    rows = [_group(group, place, scale, words) for group in breakdown.groups]
    return node(
        "details",
        node(
            "summary",
            node(
                "span",
                node("h3", title),
                tag(words("differs"), "differs") if clear else None,
                class_="head",
            ),
        ),
        table(columns, rows),
        class_="panel",
        open="open" if clear else None,
    )


def _group(group: Group, place: int, scale: float, words: Words) -> Element:
    name = words.group(group.value)
    tally = group.tallies[place]
    told = f"{name}: {percent(tally.share.share)} ({words.interval(tally.share)})"
    return node(
        "tr",
        node("th", name, scope="row"),
        node("td", dot(told, tally.share, scale), class_="wide"),
        node("td", percent(tally.share.share), class_="number"),
        node("td", words.interval(tally.share), class_="number extra quiet"),
        node("td", number(tally.hits), class_="number"),
        node("td", number(tally.abstained), class_="number extra"),
    )


def _titles(result: Backtest, words: Words) -> dict[str, str]:
    """The titles of all articles, those of the old charter that are gone too."""
    old = result.comparison.charter.articles if result.comparison else ()
    return {
        article.id: words.of(article.title)
        for article in (*old, *(found.article for found in result.articles))
    }
