"""The page and the machine form of a backtest."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from string import Formatter

import pytest

from comity.charter.backtest import Words, as_json, render
from comity.charter.backtest.charts import scale_of
from comity.charter.backtest.words import PHRASES, percent
from comity.markup import marked, node, page
from comity.proportions import Proportion
from tests.charter.backtest.charters import article, charter, posts_within

HOSTILE = "</style><script>alert(1)</script> \"quoted\" & 'such' <img src=x onerror=y>"
LANGUAGES = ("en", "zh-Hans")

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would make of a page: its elements, its texts, and whether tags match."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.texts, self.open, self.crossed = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def found(run):
    counters = [posts_within(1)]
    new = charter(
        article("attacks", "insult >= 0.8", title={"en": HOSTILE, "zh-Hans": "攻击"}),
        article("links", "links > 2", "remove", expected_share=0.01),
        article("flood", "author_posts > 5", "limit", counters=counters, trial=True),
        article("threats", "threat > 0.5"),
        title=HOSTILE,
        counters=counters,
    )
    old = charter(article("links", "links > 1", "nudge"), article("gone", "spam > 0.5", "label"))
    rows = [
        {
            "id": f"e{n}",
            "text": f"\u202e{HOSTILE}\x1b[31m" if n % 3 else None,
            "language": ("en", "zh", f"\u202e{HOSTILE}", None)[n % 4],
            "insult": None if n % 4 == 1 else (n % 10) / 10,
            "links": n % 4 if n % 4 != 1 else 2,
            "spam": (n % 7) / 7,
            "author_posts": n % 9,
            "ruling": ("uphold", "lift", None)[n % 3],
            "ruling_article": (None, "links", "elsewhere")[n % 5 % 3],
        }
        for n in range(400)
    ]
    return run(new, rows, against=old, by=("language",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_needs_nothing_from_elsewhere(found, language):
    text = render(found, Words(language))
    seen = Page(text)
    assert seen.crossed == []
    assert seen.open == []
    assert seen.all("html") == [{"lang": language}]
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {
        tag for tag, _ in seen.elements
    }
    addresses = {"src", "href", "srcset", "style", "action", "data", "xlink:href"}
    assert not [a for _, a in seen.elements if addresses & a.keys()]
    assert not [a for _, a in seen.elements if any(name.startswith("on") for name in a)]
    assert not re.search(r"url\(|@import|https?:", text)


def test_the_page_forbids_all_but_its_own_style(found):
    text = render(found, Words("en"))
    style = text.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    [policy] = [
        a["content"]
        for a in Page(text).all("meta")
        if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{digest}'" in policy


def test_texts_of_strangers_are_only_ever_text(found):
    text = render(found, Words("en"))
    assert any("</style><script>alert(1)</script>" in part for part in Page(text).texts)
    assert "\u202e" not in text
    assert "\x1b" not in text


def test_every_drawing_says_what_it_shows(found):
    drawings = Page(render(found, Words("en"))).all("svg")
    assert len(drawings) > 10
    assert all(a["role"] == "img" and re.search(r"\d", a["aria-label"]) for a in drawings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_shows_every_part_of_the_result(found, language):
    words = Words(language)
    text = " ".join(Page(render(found, words)).texts)
    for phrase in ("caught", "freed", "articles", "agreement", "by_language", "gone", "trial"):
        assert words(phrase) in text
    assert f"{found.outcome.acted.count:,}" in text
    assert f"{found.comparison.caught.count:,}" in text
    assert "threat" in text
    assert words.language == "en" or "攻击" in text


def test_a_page_without_old_charter_rulings_and_groups_leaves_those_parts_out(run):
    words = Words("en")
    text = render(run(charter(article("a", "links > 2")), [{"links": 3}]), words)
    for phrase in ("changes", "agreement", "caught", "mark_before"):
        assert words(phrase) not in text


def test_a_page_says_when_nothing_changes(run):
    same = charter(article("a", "links > 2"))
    text = render(run(same, [{"links": 3}], against=same), Words("en"))
    assert Words("en")("nothing_changes") in text


def test_the_same_result_gives_the_same_page(found):
    assert render(found, Words("en")) == render(found, Words("en"))


def test_the_json_form_is_json_and_adds_up(found):
    form = json.loads(json.dumps(as_json(found), allow_nan=False))
    assert sum(form["remedies"].values()) == form["events"] == 400
    assert form["acted"]["count"] == 400 - form["remedies"]["allow"]
    assert [one["id"] for one in form["articles"]] == ["attacks", "links", "flood", "threats"]
    assert form["articles"][3]["share"]["share"] == 0
    assert form["articles"][3]["abstained"] == 400
    assert form["articles"][0]["change"] is None
    assert form["changes"]["removed"] == [{"id": "gone", "hits": 171}]
    [by] = form["by"]
    assert sum(group["events"] for group in by["groups"]) == 400
    for group in by["groups"]:
        assert list(group["articles"]) == ["attacks", "links", "flood", "threats"]
    assert form["unknown_signals"] == ["threat"]
    assert form["unknown_ruling_articles"] == ["elsewhere"]


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_is_there_in_both_languages_with_the_same_values(name):
    texts = PHRASES[name]
    assert set(texts) == set(LANGUAGES)
    values = [
        {field for _, field, _, _ in Formatter().parse(text) if field} for text in texts.values()
    ]
    assert values[0] == values[1]


def test_shares_are_written_with_digits_that_tell_something():
    shares = [None, 0, 1, 0.5, 0.0123, 0.00456, 0.000123, 0.0000001, 0.9995]
    assert [percent(share) for share in shares] == [
        *("–", "0%", "100%", "50.0%", "1.2%", "0.46%", "0.012%", "<0.001%", "99.950%")
    ]


def test_a_scale_is_round_and_holds_the_highest_share():
    assert scale_of([Proportion(1, 50), Proportion(3, 100)]) == 0.05
    assert scale_of([Proportion(95, 100)]) == 1.0
    assert scale_of([Proportion(0, 100)]) > 0
    assert scale_of([]) > 0


def test_markup_keeps_texts_and_elements_in_order():
    tree = node("p", "a < b ", node("b", "& c"), None, " d", *marked("e `f<g>` h"), class_="x")
    assert page(tree) == (
        '<!doctype html>\n<p class="x">a &lt; b <b>&amp; c</b> de <code>f&lt;g&gt;</code> h</p>\n'
    )
