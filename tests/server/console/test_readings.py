from collections.abc import Mapping

import pytest

from comity.charter import Condition
from comity.server.console.readings import Bar, Reading, readings, tokens
from comity.signals import CATALOGUE, Value

pytestmark = pytest.mark.usefixtures("django")

VALUES: Mapping[str, Value] = {
    "insult": 0.91,
    "toxicity": None,
    "links": 1,
    "quotes_parent": False,
    "language": "en",
}


def read(text: str) -> tuple[Reading, ...]:
    return readings(Condition.parse(text, CATALOGUE), CATALOGUE, VALUES)


def test_a_score_stands_beside_its_threshold() -> None:
    assert read("insult >= 0.80") == (
        Reading("insult", "0.910", "≥ 0.8", True, Bar(91.0, 80.0, 80.0, 20.0)),
    )


@pytest.mark.parametrize(
    ("text", "test", "met"),
    [
        ("insult < 0.5", "< 0.5", False),
        ("0.5 <= insult", "≥ 0.5", True),
        ("not insult >= 0.5", "< 0.5", False),
        ("links <> 1", "≠ 1", False),
        ("toxicity > 0.5", "> 0.5", None),
        ("quotes_parent", "yes", False),
        ("not quotes_parent", "no", True),
        ("language = 'en'", "= en", True),
        ("language in ('zh', 'en')", "one of zh, en", True),
        ("language not in ('zh', 'en')", "none of zh, en", False),
        ("toxicity is null", "unknown", True),
        ("toxicity is not null", "known", False),
    ],
)
def test_what_is_asked_is_said_in_a_word(text: str, test: str, met: bool | None) -> None:
    (reading,) = read(text)
    assert (reading.test, reading.met) == (test, met)


def test_each_comparison_of_a_longer_condition_is_read_in_its_order() -> None:
    found = read("insult >= 0.8 or (links > 2 and not quotes_parent)")
    assert [reading.signal for reading in found] == ["insult", "links", "quotes_parent"]


def test_coalesce_goes_by_the_first_that_is_known() -> None:
    first, rest = read("coalesce(toxicity, insult) >= 0.8")
    assert (first.signal, first.met) == ("insult", True)
    assert (rest.signal, rest.shown) == ("toxicity", "")


def test_what_takes_more_than_a_word_is_left_to_the_condition_itself() -> None:
    assert read("links / nullif(words, 0) > 0.5") == (
        Reading("links", "1", "", None),
        Reading("words", "", "", None),
    )


def test_a_scale_without_an_end_reaches_beyond_what_is_shown() -> None:
    (reading,) = read("links > 7")
    assert reading.bar is not None
    assert 0 < reading.bar.value < reading.bar.threshold < 100


def test_names_of_signals_are_told_from_what_stands_in_quotes() -> None:
    condition = Condition.parse("language = 'insult' and insult > 0.5", CATALOGUE)
    assert "".join(token.text for token in tokens(condition)) == condition.text
    assert [token.text for token in tokens(condition) if token.signal] == ["language", "insult"]


def test_the_post_itself_is_no_unknown() -> None:
    (reading,) = read("regexp_matches(plain_text, 'you')")
    assert (reading.signal, reading.shown, reading.met) == ("plain_text", "the post itself", None)
