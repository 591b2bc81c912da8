"""The parts that sections of a report are made of."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from comity.charter.backtest.result import Example
from comity.charter.backtest.words import Words
from comity.charter.remedy import Remedy
from comity.markup import node

Column = tuple[str, str]
"""The class and the title of a table's column."""


def examples(examples: Sequence[Example], titles: Mapping[str, str], words: Words) -> Element:
    return node(
        "ul", *(_example(example, titles, words) for example in examples), class_="examples"
    )


def _example(example: Example, titles: Mapping[str, str], words: Words) -> Element:
    named = example.articles or example.articles_before
    shown = example.text or words("no_text")
    return node(
        "li",
        node("q", shown, dir="auto", class_=None if example.text else "quiet"),
        node(
            "p",
            *_course(example, words),
            node("span", " · ".join(titles[name] for name in named)),
            node("span", example.id or words("row", n=example.row)),
            class_="meta",
        ),
    )


def _course(example: Example, words: Words) -> list[Element]:
    """The remedy, behind the one before where it differs."""
    badges = [badge(example.remedy, words)]
    if example.before not in (None, example.remedy):
        badges[:0] = [badge(example.before, words), node("span", "→")]
    return badges


def badge(remedy: Remedy, words: Words) -> Element:
    return node("span", words.remedy(remedy), class_=f"badge {remedy.value}")


def tag(text: str, kind: str = "") -> Element:
    return node("span", text, class_=f"badge plain {kind}".rstrip())


def section(title: str, meaning: str, *content: Element | None) -> Element:
    return node("section", node("h2", title), node("p", meaning, class_="lead"), *content)


def table(columns: Sequence[Column], rows: Sequence[Element]) -> Element:
    head = (node("th", text, class_=kind or None, scope="col") for kind, text in columns)
    return node("table", node("thead", node("tr", *head)), node("tbody", *rows))
