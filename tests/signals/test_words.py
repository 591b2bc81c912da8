"""Rude and kind words: what the lists hold, and how texts are searched for them."""

import pytest

from comity.signals.catalogue import WORD_LIST_LANGUAGES
from comity.signals.views import plain
from comity.signals.words import count_words, entries


@pytest.mark.parametrize("language", WORD_LIST_LANGUAGES)
@pytest.mark.parametrize("name", ["rude", "kind"])
def test_a_list_is_sorted_and_says_nothing_twice(language: str, name: str) -> None:
    words = entries(language, name)
    assert len(words) >= 30
    assert list(words) == sorted(set(words))
    assert all(word == word.strip().lower() and "*" not in word[:-1] for word in words)


@pytest.mark.parametrize("language", WORD_LIST_LANGUAGES)
def test_nothing_is_both_rude_and_kind(language: str) -> None:
    rude, kind = ({plain(word) for word in entries(language, name)} for name in ("rude", "kind"))
    assert not rude & kind


@pytest.mark.parametrize("language", WORD_LIST_LANGUAGES)
@pytest.mark.parametrize("name", ["rude", "kind"])
def test_every_entry_is_found_where_it_stands_alone(language: str, name: str) -> None:
    for word in entries(language, name):
        counts = count_words(plain(word.rstrip("*")), language)
        assert counts == ((1, 0) if name == "rude" else (0, 1)), word


@pytest.mark.parametrize(
    ("language", "text", "counts"),
    [
        ("en", "An idiot, an IDIOT and stupidity. Thanks!", (3, 1)),
        ("en", "Shut up.", (1, 0)),
        ("en", "We assess the class in Scunthorpe", (0, 0)),
        ("en", "You are an 1d1ot", (1, 0)),
        ("de", "Du Trottel! Vielen Dank auch.", (1, 1)),
        ("zh", "你真是個笨蛋，謝謝你", (1, 1)),
        ("zh", "妈妈的生日你记得吗", (0, 0)),
        ("ko", "정말 고맙습니다", (0, 1)),
        ("ar", "والأحمق", (1, 0)),
        ("tr", "Çok naziksiniz", (0, 1)),
        ("ja", "ありがとう", (None, None)),
        (None, "thanks", (None, None)),
        ("en", "", (0, 0)),
    ],
)
def test_words_are_counted(
    language: str | None, text: str, counts: tuple[int | None, int | None]
) -> None:
    assert count_words(plain(text), language) == counts
