"""The page itself, section by section."""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from comity.bridging.explain import Explanation, explain
from comity.bridging.fit import Fit
from comity.bridging.gaussian import curves
from comity.bridging.islands import islands
from comity.bridging.ratings import Ratings
from comity.bridging.report.picture import MAX_DOTS, axis, curve
from comity.bridging.report.words import Language, Words, name
from comity.bridging.status import MIN_RATINGS, Scores, Status, status
from comity.markup import node, page

LISTED: Final = 10
"""How many notes a section names."""

_STYLE: Final = Path(__file__).with_name("report.css").read_text(encoding="utf-8")

Places = NDArray[np.intp]


def render(fit: Fit, ratings: Ratings, scores: Scores, language: Language) -> str:
    """The whole page: a fit, all ratings, and the scores of their notes."""
    words = Words(language)
    sections = [
        _listed(key, _foremost(scores, key), fit, ratings, words)
        for key in ("bridging", "nearly", "divides")
    ]
    body = node(
        "body",
        _opening(ratings, scores, words),
        node("main", _map(fit, scores, words), *sections),
        node("footer", node("p", words("foot"), class_="quiet small")),
    )
    return page(node("html", _head(words), body, lang=language))


def _head(words: Words) -> Element:
    digest = b64encode(sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return node(
        "head",
        node("meta", charset="utf-8"),
        node("meta", http_equiv="Content-Security-Policy", content=policy),
        node("meta", name="viewport", content="width=device-width, initial-scale=1"),
        node("title", words("title")),
        node("style", _STYLE),
    )


def _opening(ratings: Ratings, scores: Scores, words: Words) -> Element:
    counts = {"ratings": len(ratings), "notes": len(ratings.notes), "raters": len(ratings.raters)}
    cards = [
        node(
            "div",
            node("dt", words(found)),
            node("dd", f"{int((scores.statuses == found).sum()):,}", class_=f"figure {found}"),
            node("dd", words(f"{found}_is"), class_="quiet small"),
        )
        for found in (Status.HELPFUL, Status.NEEDS_MORE_RATINGS, Status.NOT_HELPFUL)
    ]
    return node(
        "header",
        node("p", f"Comity · {words('kicker')}", class_="kicker"),
        node("h1", words("title")),
        node("p", words("lead", **counts), class_="quiet"),
        node("dl", *cards, class_="cards"),
        _notice(ratings, words),
    )


def _notice(ratings: Ratings, words: Words) -> Element | None:
    apart = len(islands(ratings.filtered()))
    if apart == 1:
        return None
    told = words("islands", n=apart) if apart else words("nothing")
    return node("aside", node("h2", words("careful")), node("p", told), class_="notice")


def _map(fit: Fit, scores: Scores, words: Words) -> Element:
    drawn = words("most_rated", n=MAX_DOTS) if len(scores.notes) > MAX_DOTS else None
    return node(
        "section",
        node("h2", words("map")),
        node("p", words("map_is"), class_="quiet"),
        node("figure", axis(fit, scores, words)),
        node("p", drawn, class_="quiet small") if drawn else None,
    )


def _foremost(scores: Scores, key: str) -> Places:
    """The notes that a section names, the foremost first."""
    enough = scores.counted >= MIN_RATINGS
    match key:
        case "bridging":
            chosen, rank = scores.statuses == Status.HELPFUL, scores.intercepts
        case "nearly":
            chosen = enough & (scores.statuses == Status.NEEDS_MORE_RATINGS)
            rank = scores.intercepts
        case _:
            chosen, rank = enough, np.abs(scores.factors)
    places = np.flatnonzero(chosen)
    return places[np.argsort(-rank[places], kind="stable")[:LISTED]]


def _listed(key: str, notes: Places, fit: Fit, ratings: Ratings, words: Words) -> Element:
    # Only what is named is explained: a curve is a hundred numbers for each rating.
    chosen = np.zeros(len(ratings.notes), np.bool_)
    chosen[notes] = True
    few = ratings.select(chosen, np.ones(len(ratings.raters), np.bool_))
    scores, drawn = status(fit, few), curves(fit, few)
    order = np.searchsorted(np.flatnonzero(chosen), notes).tolist()
    items = [_note(explain(scores, drawn, n), int(scores.ratings[n]), words) for n in order]
    return node(
        "section",
        node("h2", words(key)),
        node("p", words(f"{key}_is"), class_="quiet"),
        node("ul", *items, class_="notes") if items else node("p", words("none")),
    )


def _note(told: Explanation, ratings: int, words: Words) -> Element:
    figures = words(
        "figures",
        intercept=f"{told.intercept:.2f}",
        factor=f"{told.factor:.2f}",
        ratings=ratings,
    )
    return node(
        "li",
        node("p", name(told.note), class_="name"),
        node("p", told.sentence[words.language]),
        node(
            "p",
            node("span", words(told.status), class_=told.status),
            f" · {figures}",
            class_="small",
        ),
        curve(told.curve, words),
    )
