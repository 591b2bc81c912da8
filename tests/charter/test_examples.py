"""A charter's examples, run with a scorer that counts words: simple, but a scorer all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comity.charter import Charter, Result, run_examples
from comity.signals import ModelRef, Span
from tests.charter.charters import TOWN_SQUARE


@dataclass(frozen=True)
class WordScores:
    attributes: Mapping[str, float]
    language: str
    plain_text: str
    disguised: bool = False
    spans: tuple[Span, ...] = ()


class WordScorer:
    """Toxicity is 0.9 where `idiot` stands; English is all it knows."""

    model = ModelRef("words", "1", "sha256:0")

    def score(self, texts: Sequence[str], /) -> list[WordScores]:
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> WordScores:
        if not text.isascii():
            return WordScores({}, "zh", text)
        return WordScores({"toxicity": 0.9 if "idiot " in text else 0.1}, "en", text.lower())


def results(text: str) -> list[Result]:
    return [outcome.result for outcome in run_examples(Charter.parse(text), WordScorer())]


def examples(*, violates: str = "", allows: str = "") -> str:
    before, _, after = TOWN_SQUARE.partition("    examples:\n")
    _, _, after = after.partition("  - id: no-flooding")
    written = f"    examples:\n      violates: [{violates}]\n      allows: [{allows}]\n"
    return before + written + "  - id: no-flooding" + after


def test_each_example_is_asked_of_its_own_article() -> None:
    attack, argument = run_examples(Charter.parse(TOWN_SQUARE), WordScorer())
    assert (attack.article.id, attack.expected) == ("no-personal-attacks", "violates")
    assert attack.result is Result.PASSED
    assert attack.values["toxicity"] == 0.9
    assert (argument.expected, argument.result) == ("allows", Result.PASSED)


def test_an_example_that_goes_the_other_way_fails() -> None:
    assert results(examples(violates="Good morning")) == [Result.FAILED]
    assert results(examples(allows="What an idiot you are")) == [Result.FAILED]


def test_an_article_that_cannot_tell_for_want_of_a_score_fails_its_example() -> None:
    assert results(examples(violates="你这个笨蛋")) == [Result.FAILED]
    assert results(examples(allows="你好")) == [Result.PASSED]


def test_what_a_text_alone_does_not_tell_is_neither_passed_nor_failed() -> None:
    text = TOWN_SQUARE.replace("author_posts_1h > 20", "author_posts_1h > 20 and words > 1")
    text += "    examples: {violates: [Me again], allows: [Me again]}\n"
    *_, violates, allows = run_examples(Charter.parse(text), WordScorer())
    assert (violates.result, violates.unknown) == (Result.UNTOLD, ("author_posts_1h",))
    assert allows.result is Result.PASSED


def test_a_charter_without_examples_has_nothing_to_run() -> None:
    assert results(examples()) == []
