"""The report of a backtest: one page of HTML that needs nothing else, made to be passed around.

The verb is `render`. No script, no file from elsewhere, and a policy in the page that forbids both.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from comity.charter.backtest import sections
from comity.charter.backtest.notes import notes
from comity.charter.backtest.result import Backtest
from comity.charter.backtest.words import Words, number, percent
from comity.markup import marked, node, page

_STYLE: Final = Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def render(result: Backtest, words: Words) -> str:
    """The whole page."""
    return page(
        node(
            "html",
            _head(result, words),
            node(
                "body",
                _opening(result, words),
                node(
                    "main",
                    sections.remedies(result, words),
                    sections.changes(result, words),
                    sections.articles(result, words),
                    sections.agreement(result, words),
                    *(sections.groups(by, result, words) for by in result.breakdowns),
                ),
                _foot(result, words),
            ),
            lang=words.language,
        )
    )


def _head(result: Backtest, words: Words) -> Element:
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=policy),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", f"{words('backtest')} · {result.charter.title}"),
        node("style", _STYLE),
    )


def _opening(result: Backtest, words: Words) -> Element:
    against = result.comparison and result.comparison.charter.title
    compared = None
    if against:
        same = against == result.charter.title
        compared = words("same_title") if same else words("against", title=against)
    applied = words("to_events", n=result.events, file=result.file)
    return node(
        "header",
        node("p", f"Comity · {words('backtest')} · {result.charter.title}", class_="kicker"),
        node("h1", words("title")),
        node("p", " · ".join(filter(None, (applied, compared))), class_="lead"),
        _headline(result, words),
        _notices(result, words),
    )


def _headline(result: Backtest, words: Words) -> Element:
    outcome, comparison = result.outcome, result.comparison
    acted = words("acted_of", share=percent(outcome.acted.share))
    if comparison:
        acted += " · " + words("acted_before", share=percent(comparison.outcome.acted.share))
    cards = [_card(words("acted"), number(outcome.acted.count), acted)]
    if comparison:
        for name, change in (("caught", comparison.caught), ("freed", comparison.freed)):
            cards.append(_card(words(name), number(change.count), words(f"{name}_is")))
    cards.append(_card(words("undecided"), number(outcome.undecided), words("undecided_is")))
    agreed = outcome.precision
    cards.append(_card(words("precision"), percent(agreed.share), words.precision(agreed)))
    return node("dl", *cards, class_="cards stack")


def _card(name: str, figure: str, meaning: str) -> Element:
    return node("div", node("dt", name), node("dd", figure, class_="figure"), node("dd", meaning))


def _notices(result: Backtest, words: Words) -> Element | None:
    told = list(notes(result, words))
    if not told:
        return None
    return node(
        "aside",
        node("h2", words("careful")),
        node("ul", *(node("li", *marked(line)) for line in told)),
        class_="notice",
    )


def _foot(result: Backtest, words: Words) -> Element:
    charters = {"now": result.charter}
    if result.comparison:
        charters["before"] = result.comparison.charter
    hashes = [
        node("p", f"{words(name)}: ", node("code", charter.sha256))
        for name, charter in charters.items()
    ]
    return node("footer", node("p", words("foot")), *hashes, class_="quiet small")
