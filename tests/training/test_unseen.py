"""Leaving out a corpus: what others say too is known, and what only that one shows is missed."""

import pytest

from training.examples import Examples, gather
from training.sources import Comment
from training.unseen import Unseen, corpus_of, unseen

RUDE = {"farm_a": "you rotten turnip", "farm_b": "what a turnip", "sea": "you slimy herring"}
KIND = {"farm_a": "a lovely garden", "farm_b": "see the garden", "sea": "a lovely harbour"}


def comments(source: str, language: str = "en", count: int = 300) -> list[Comment]:
    """Half of them rude, in the words of this corpus."""
    return [
        Comment(f"{words[source]}, {number} said", language, source, {"toxicity": (toxic, 1.0)})
        for number in range(count)
        for toxic, words in ((1.0, RUDE), (0.0, KIND))
    ]


@pytest.fixture(scope="module")
def world() -> Examples:
    """Two villages that swear alike, and a port that swears in its own way."""
    return gather([*comments("farm_a"), *comments("farm_b"), *comments("sea")])


@pytest.fixture(scope="module")
def found(world: Examples) -> dict[str, Unseen]:
    return {each.corpus: each for each in unseen(world, bits=12)}


def test_sources_of_one_corpus_are_left_out_together(found: dict[str, Unseen]) -> None:
    assert set(found) == {"farm", "sea"}
    assert corpus_of("jigsaw_5k") == corpus_of("jigsaw_six")
    assert corpus_of("contrast:report") == "contrast"


def test_what_is_learnt_from_a_corpus_ranks_its_other_comments(found: dict[str, Unseen]) -> None:
    assert min(each.seen for each in found.values()) > 0.95


def test_words_that_no_other_corpus_has_are_missed(found: dict[str, Unseen]) -> None:
    assert found["farm"].unseen < 0.9
    assert found["farm"].unseen < found["farm"].seen


def test_words_that_another_corpus_has_are_known() -> None:
    renamed = [
        Comment(each.text + " here", "en", "village", each.labels) for each in comments("farm_b")
    ]
    found = {each.corpus: each for each in unseen(gather([*comments("farm_a"), *renamed]), 12)}
    assert found["village"].unseen > 0.95


def test_a_corpus_is_measured_in_each_of_its_languages() -> None:
    examples = gather([*comments("farm_a"), *comments("sea", "fr"), *comments("farm_b", "fr")])
    assert [(each.corpus, each.language) for each in unseen(examples, 12)] == [
        ("farm", "en"),
        ("farm", "fr"),
        ("sea", "fr"),
    ]


def test_a_corpus_that_is_all_of_one_sort_tells_nothing() -> None:
    rude = [each for each in comments("sea") if each.labels["toxicity"][0] == 1]
    assert [each.corpus for each in unseen(gather([*comments("farm_a"), *rude]), 12)] == ["farm"]
