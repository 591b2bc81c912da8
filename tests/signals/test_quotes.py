"""Quotes: what is marked as one, and what repeats the post that is answered."""

import time

import pytest

from comity.signals.quotes import Quotes, find_quotes

PARENT = "I do not think that the library is a good idea. Who would pay for it?"


@pytest.mark.parametrize(
    ("text", "answered", "quotes"),
    [
        ("No.", PARENT, Quotes(0, False)),
        ("> Who would pay for it?\nAll of us.", PARENT, Quotes(23, True)),
        (">> Who would\nAll of us.", PARENT, Quotes(12, True)),
        ("“a good idea”? It is.", PARENT, Quotes(13, True)),
        ("I do not think that the library is a good idea? I do.", PARENT, Quotes(46, True)),
        ("I do not think that\nthe library is a good idea", PARENT, Quotes(26, True)),
        ("> You are all fools\nIndeed.", PARENT, Quotes(19, False)),
        ("the library", PARENT, Quotes(0, False)),
        ("他说「图书馆」很好", "我们需要图书馆", Quotes(5, True)),
        (
            "我们的社区需要一座新的图书馆，我同意",
            "我们的社区需要一座新的图书馆。",
            Quotes(14, True),
        ),
    ],
)
def test_quotes_are_found(text: str, answered: str, quotes: Quotes) -> None:
    assert find_quotes(text, answered) == quotes


def test_whether_a_marked_quote_is_the_untold_parents_is_unknown() -> None:
    assert find_quotes("> so you say\nYes.", "") == Quotes(12, None)
    assert find_quotes("Yes.", "") == Quotes(0, False)


def test_a_post_that_answers_nothing_repeats_nothing() -> None:
    assert find_quotes("> a proverb\nYes.", None) == Quotes(11, False)


@pytest.mark.parametrize(
    "mark", [">", "「", "“", "«", '"', ">\n", "「」", " " * 30, "a" * 30 + "."]
)
def test_hostile_texts_take_no_longer_than_others(mark: str) -> None:
    text = mark * (50_000 // len(mark))
    began = time.process_time()
    find_quotes(text, "b" * 50_000)
    assert time.process_time() - began < 1
