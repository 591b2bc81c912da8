"""Conditions: what they mean, what they tell about themselves."""

import pytest

from comity.charter.condition import compile_conditions
from tests.charter.condition.world import condition


@pytest.mark.parametrize(
    ("text", "values", "answer"),
    [
        ("insult >= 0.80", {"insult": 0.8}, True),
        ("insult >= 0.80", {"insult": 0.79}, False),
        ("insult >= 0.80", {"insult": None}, None),
        ("insult >= 0.80", {}, None),
        ("insult > 0.5 or quotes", {"insult": None, "quotes": True}, True),
        ("insult > 0.5 and quotes", {"insult": None, "quotes": False}, False),
        ("not insult > 0.5", {"insult": None}, None),
        ("insult is null", {}, True),
        ("(insult > 0.5) is not true", {}, True),
        ("links / nullif(words, 0) > 0.3", {"links": 2, "words": 4}, True),
        ("links / nullif(words, 0) > 0.3", {"links": 2, "words": 0}, None),
        ("links / (words + 1) > 0.3", {"links": 2, "words": 0}, True),
        ("words * words > 5", {"words": 2**40}, None),
        ("text like '%a_c'", {"text": "xa\nc"}, True),
        ("text not like 'a%'", {"text": "abc"}, False),
        ("language in ('en', 'zh')", {"language": "zh"}, True),
        ("text in shorteners", {"text": "bit.example"}, True),
        ("list_has_any(domains, shorteners)", {"domains": ("a", "tiny.example")}, True),
        ("contains(domains, 'a')", {"domains": ()}, False),
        ("coalesce(language, 'und') = 'und'", {}, True),
        ("regexp_matches(text, 'a+b')", {"text": "xaab"}, True),
        ("words between 2 and 3", {"words": 3}, True),
        ("quotes", {"quotes": True}, True),
        ("quotes <> reply", {"quotes": True, "reply": False}, True),
    ],
)
def test_a_condition_is_true_false_or_unknown(text, values, answer) -> None:
    asked = condition(text)
    assert asked.evaluate(values) is answer
    assert compile_conditions([asked])(values) == (int(answer is True), int(answer is None))


def test_one_function_answers_for_all_conditions() -> None:
    match = compile_conditions([condition("insult > 0.5"), condition("quotes"), condition("true")])
    assert match({"insult": None, "quotes": True}) == (0b110, 0b001)
    assert match({"insult": 0.9}) == (0b101, 0b010)


@pytest.mark.parametrize(
    ("text", "values", "signals"),
    [
        ("insult > 0.5 or words > 3", {"insult": 0.9, "words": 9}, ("insult", "words")),
        ("insult > 0.5 or words > 3", {"insult": 0.1, "words": 9}, ("words",)),
        ("words > 3 and insult > 0.5 or quotes", {"words": 9, "insult": 0.9}, ("words", "insult")),
        ("not (insult > 0.5 and words > 3)", {"insult": 0.9, "words": 1}, ("words",)),
        ("words > links and words > 0", {"words": 2, "links": 1}, ("words", "links")),
        ("words > 0 and (not quotes) is true", {"words": 2, "quotes": False}, ("words", "quotes")),
        ("not (quotes or words > 3)", {"words": 1, "quotes": False}, ("quotes", "words")),
        ("insult is null", {}, ("insult",)),
    ],
)
def test_evidence_names_what_made_it_true(text, values, signals) -> None:
    assert condition(text).evidence(values) == signals


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("insult>=0.80", "insult >= 0.8"),
        ("((insult) >= (0.8))", "insult >= 0.8"),
        ("quotes AND(reply AND\n words != 3)", "quotes and reply and words <> 3"),
        ("(quotes or reply) and true", "(quotes or reply) and true"),
        ("words between 1 and 2 and quotes", "words >= 1 and words <= 2 and quotes"),
        ("text NOT IN ('it''s')", "not text in ('it''s')"),
        ("not (quotes and reply)", "not (quotes and reply)"),
        ("0.00001 < insult", "0.00001 < insult"),
        ("(age - 1) - (age - (2)) > 0", "age - 1 - (age - 2) > 0"),
        ("(age + 1) * (age * 2) > 0", "(age + 1) * (age * 2) > 0"),
        ("quotes is not true", "not quotes is true"),
    ],
)
def test_the_canonical_text_forgets_how_it_was_written(text, canonical) -> None:
    assert condition(text).canonical == canonical
    assert condition(canonical).canonical == canonical


def test_a_condition_lists_its_signals() -> None:
    assert condition("words > 1 or insult > 0.5 or words > 5").signals == ("insult", "words")
