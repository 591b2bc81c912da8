"""Characters: what one pass over a text counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.signals.characters import Characters, count_characters

ANY_TEXT = st.text(st.characters(categories=None))  # lone surrogates included


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, don't e-mail!", 3),
        ("l'amour – toujours", 2),
        ("- -- '", 0),
        ("2024 mp3", 2),
        ("你好，世界", 4),
        ("iPhone手机2台", 5),
        ("한국어 단어 셋", 3),
        ("ไทย", 3),
        ("किताबें अच्छी", 2),
        ("", 0),
    ],
)
def test_words_are_counted_as_each_script_writes_them(text: str, words: int) -> None:
    assert count_characters(text).words == words


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("👍👍🏽", 2),
        ("👨‍👩‍👧‍👦", 1),
        ("🇫🇷🇯🇵", 2),
        ("1️⃣ #️⃣", 2),
        ("❤️ ©️", 2),
        ("© ™ 1 # *", 0),
        ("🏴‍☠️", 1),
    ],
)
def test_an_emoji_counts_once_however_it_is_joined(text: str, emoji: int) -> None:
    assert count_characters(text).emoji == emoji


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Hello мир", "Latn"),
        ("Привет", "Cyrl"),
        ("漢字", "Hani"),
        ("漢字と", "Jpan"),
        ("ありがとう", "Jpan"),
        ("감사", "Hang"),
        ("شكرا", "Arab"),
        ("धन्यवाद", "Deva"),
        ("ᏣᎳᎩ", "Zzzz"),
        ("123 !?", None),
    ],
)
def test_the_script_is_that_of_most_letters(text: str, script: str | None) -> None:
    assert count_characters(text).script == script


def test_capitals_are_a_share_of_letters_with_two_cases() -> None:
    assert count_characters("ABcd 漢字 12").caps_share == 0.5
    assert count_characters("ПРИвет").caps_share == 0.5
    assert count_characters("漢字 12").caps_share == 0.0


def test_lines_end_as_every_system_ends_them() -> None:
    assert count_characters("a\r\nb\rc\nd\u2028e\n").lines == 6
    assert count_characters("one").lines == 1
    assert count_characters("").lines == 0


def test_exclamation_marks_count_in_both_widths() -> None:
    assert count_characters("No!！").exclamations == 2


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_nothing_is_counted_that_is_not_there(text: str) -> None:
    characters = count_characters(text)
    assert isinstance(characters, Characters)
    assert 0 <= characters.upper + characters.lower <= characters.letters <= len(text)
    assert characters.words <= len(text)
    assert characters.emoji + characters.exclamations <= len(text)
    assert (characters.script is None) == (characters.letters == 0)
    assert 0.0 <= characters.caps_share <= 1.0
