"""What Spark answers to the Spark SQL of a condition is what the condition means."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comity.charter.condition import Condition, ConditionError
from comity.signals import Kind
from tests.charter.condition.grammar import conditions
from tests.charter.condition.world import ANYTHING, CATALOGUE, condition
from tests.spark import spark

__all__ = ["spark"]

EVENTS = [
    event
    for event in ANYTHING
    # Past that, Spark may calculate in another order, and overflow where we do not.
    if all(abs(event[name] or 0) <= 2**31 for name in ("words", "links"))
]
PATTERNS = r"""
    a$ ; ^a ; (?m)^b$ ; (?m)a$ ; a.b ; (?s)a.b ; a\.b ; (?i)k ; (?i)É ; (?i:s)\b ; \bé ; \b ; \Bb ;
    \s ; \S ; [\s] ; [^\S] ; \d ; \w ; \W ; \v ; \a ; \x41 ; \x{4e00} ; \101 ; \A\z ; \Qa.b\E ;
    [[:alpha:]] ; [[:^alpha:]] ; [[:punct:]é] ; []a] ; [^]a] ; [a[b] ; [a&&b] ; [a^] ; { ; a{2} ;
    a{,2} ; (?P<n>a)b ; (?U)a+b ; (?i-s:A.) ; (|a)b ; [^\x{0}-\x{7f}]
"""
TEXTS = """|a|A|ab|a\nb|a\n|\n|a\r|a\r\nb|a\u2028b|\x0b|\a|\0|it's|\\|a\\b|a.b|K|\u212a|ſ|é|É|
e\u0301|ß|谢谢|一|😀b|a b|é_a|{|a{,2}|[|]|a&b|^|aa|~|\x7f|A1"""

COLUMN_TYPES = {
    Kind.BOOLEAN: "boolean",
    Kind.INTEGER: "bigint",
    Kind.NUMBER: "double",
    Kind.TEXT: "string",
    Kind.TEXTS: "array<string>",
}


@pytest.fixture(scope="module")
def answers(spark):
    """What each of some conditions answers to each of some events, None for unknown."""
    schema = ", ".join(f"{name} {COLUMN_TYPES[it.kind]}" for name, it in CATALOGUE.items())

    def ask(asked: list[Condition], events: list[dict[str, Any]]) -> list[list[bool | None]]:
        rows = [tuple(event.get(name) for name in CATALOGUE) for event in events]
        # Kept in memory, so that Spark has to run the conditions and cannot fold them away.
        table = spark.createDataFrame(rows, schema).coalesce(1).cache()
        chosen = (f"{one.spark()} AS answer{place}" for place, one in enumerate(asked))
        found = table.selectExpr(*chosen).collect()
        table.unpersist()
        return [list(column) for column in zip(*found, strict=True)]

    return ask


def parsed(texts: list[str]) -> list[Condition]:
    found = []
    for text in texts:
        try:
            found.append(condition(text))
        except ConditionError:
            continue
    return found


def disagreements(answers: Any, asked: list[Condition], events: list[dict[str, Any]]) -> list[Any]:
    return [
        (one.text, event, answer)
        for one, column in zip(asked, answers(asked, events), strict=True)
        for event, answer in zip(events, column, strict=True)
        if answer is not one.evaluate(event)
    ]


@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(conditions, min_size=50, max_size=60))
def test_spark_agrees_on_every_event(answers, texts) -> None:
    asked = parsed(texts)
    assert asked
    assert disagreements(answers, asked, EVENTS) == []


def test_javas_patterns_find_what_ours_find(answers) -> None:
    patterns = [pattern.strip() for pattern in PATTERNS.split(";")]
    asked = [condition("regexp_matches(text, '" + pattern + "')") for pattern in patterns]
    assert disagreements(answers, asked, [{"text": text} for text in TEXTS.split("|")]) == []


def test_what_cannot_be_calculated_is_unknown(answers) -> None:
    asked = [condition(text) for text in ("links / (words + 1) > 0.3", "words * words > 5")]
    events = [{"links": 2, "words": -1}, {"links": 2, "words": 2**40}]
    assert answers(asked, events) == [[None, False], [False, None]]
