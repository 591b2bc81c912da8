"""Languages: told where they can be, and honestly not told where they cannot."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.signals.language import LANGUAGES, UNDETERMINED, identify, main_language

SENTENCES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "sentences.tsv").read_text("utf-8").splitlines()
]
"""(language, sentence): six of each of thirty, written for this table."""

NEEDS_ROOM = {"da", "no"}
"""Twenty letters of them read alike more often than not."""


def cuts(sentence: str, length: int) -> Iterator[str]:
    """Every piece of that length that begins with a word."""
    for at in range(len(sentence) - length + 1):
        if at == 0 or not sentence[at - 1].isalpha():
            yield sentence[at : at + length]


def test_the_table_has_enough_languages() -> None:
    assert {language for language, _ in SENTENCES} <= set(LANGUAGES)
    assert len({language for language, _ in SENTENCES}) == 30


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_a_sentence_is_told(language: str, sentence: str) -> None:
    assert identify(sentence) == language
    assert identify(sentence.upper()) == language


@pytest.mark.parametrize(("length", "right", "wrong"), [(50, 0.95, 0.05), (20, 0.85, 0.10)])
def test_a_piece_of_a_sentence_is_told_or_not_but_hardly_ever_mistaken(
    length: int, right: float, wrong: float
) -> None:
    answers = defaultdict(list)
    for language, sentence in SENTENCES:
        for piece in cuts(sentence, length):
            answers[language].append(identify(piece))
    for language, given_answers in answers.items():
        if language in NEEDS_ROOM:
            continue
        share = given_answers.count(language) / len(given_answers)
        unknown = given_answers.count(UNDETERMINED) / len(given_answers)
        assert share >= right, language
        assert 1 - share - unknown <= wrong, language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "12:30",
        "👍👍",
        "ok",
        "haha",
        "Hello",
        "stupid",
        "no",
        "asdf jkl qwrt",
        "https://www.example.com/the/weather/is/nice",
        "@the_weather_is_nice #thebestday",
        "me@the.weather.example",
        "Сәлеметсіз бе достар",
        "Добар дан пријатељи",
    ],
)
def test_what_cannot_be_told_is_said_to_be_so(text: str) -> None:
    assert identify(text) == UNDETERMINED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("谢谢！", "zh"),
        ("這個手機iPhone很好の店", "zh"),
        ("今日は東京", "ja"),
        ("고마워", "ko"),
        ("ขอบคุณ", "th"),
        ("תודה", "he"),
        ("நன்றி", "ta"),
        ("შენ", "ka"),
        ("Thank you all so much, 谢谢", "en"),
        ("see https://beispiel.example/das/ist/gut and tell me what you think", "en"),
        ("You idiot", "en"),
    ],
)
def test_short_texts_are_told_where_their_letters_say_enough(text: str, language: str) -> None:
    assert identify(text) == language


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(categories=None), max_size=400))
@example("\ud800")
@example("a\u0301" * 200)
def test_any_text_gets_an_answer(text: str) -> None:
    assert identify(text) in (*LANGUAGES, UNDETERMINED)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-CN", "zh"),
        ("zh-Hant-TW", "zh"),
        ("EN", "en"),
        ("nb-NO", "no"),
        ("iw", "he"),
        ("und", None),
        (None, None),
    ],
)
def test_a_platforms_tag_is_taken_for_its_language(tag: str | None, language: str | None) -> None:
    assert main_language(tag) == language
