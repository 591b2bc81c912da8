"""The page: both languages, one file, and whatever a member wrote is only ever text on it."""

import re

import pytest

from comity.opinions import Conversation, Moderation
from comity.opinions.report import render
from comity.opinions.report.words import PHRASES

ROWS = [
    (p, s, 1 if s == 0 else -1 if s == 1 else 1 if (p + s) % 2 else -1, 9.0 * p + s)
    for p in range(30)
    for s in range(10)
]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Common ground"), ("zh-Hans", "兼顾所有人的选单")]
)
def test_the_page_says_it_in_both_languages(language, said) -> None:
    html = render(Conversation.from_votes(ROWS), {0: "Plant trees."}, language)
    assert f'lang="{language}"' in html
    assert said in html
    assert "Plant trees." in html


def test_common_ground_comes_before_what_divides() -> None:
    html = render(Conversation.from_votes(ROWS), {0: "all-agree", 1: "all-reject"}, "en")
    common, rest = html.split("What divides", 1)
    assert "all-agree" in common
    assert "all-reject" not in common
    assert "all-reject" in rest.split("What all groups reject", 1)[1]


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    html = render(Conversation.from_votes(ROWS), {}, "en")
    assert "default-src 'none'" in html
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|style=", html)


def test_what_members_wrote_is_only_text() -> None:
    html = render(Conversation.from_votes(ROWS), {0: "<script>alert(1)</script>\x00\u202e"}, "en")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "\x00" not in html
    assert "\u202e" not in html


def test_what_is_moderated_out_is_not_shown() -> None:
    conversation = Conversation.from_votes(ROWS, Moderation(out=frozenset({0})))
    assert "all-agree" not in render(conversation, {0: "all-agree"}, "en")


@pytest.mark.parametrize("rows", [[], [("p", "s", 1)], [(p, 1, 1) for p in range(30)]])
def test_votes_without_groups_make_a_page_too(rows) -> None:
    assert "too few or too much alike" in render(Conversation.from_votes(rows), {}, "en")


def test_every_phrase_is_in_both_languages() -> None:
    for phrases in PHRASES.values():
        assert set(phrases) == {"en", "zh-Hans"}
        fields = [set(re.findall(r"{(\w+)}", text)) for text in phrases.values()]
        assert fields[0] == fields[1]
