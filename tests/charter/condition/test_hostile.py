"""What someone may try who wishes the charter ill: each is refused, or harmless, at once."""

from collections.abc import Iterator
from time import process_time

import duckdb
import pytest

from comity.charter.condition import COLUMN_TYPES, Condition, ConditionError, compile_conditions
from comity.signals import CATALOGUE, Kind, Signal, Source
from tests.charter.condition.world import condition

REFUSED = {
    "a hundred thousand characters": "insult > 0.5 or " * 6_250,
    "a hundred thousand parentheses": "(" * 100_000,
    "as many brackets as may be": "[" * 4_000,
    "as many nots as may be": "not " * 1_000,
    "as many minus signs as may be": "links > " + "- " * 1_900 + "1",
    "as many calls as may be": "length(" * 570,
    "as many commas as may be": "links in (" + "," * 3_900 + ")",
    "as many quotes as may be": "'" * 3_999,
    "as many unknown signals as may be": " or ".join(["insulttt"] * 330),
    "one endless name": "insult" * 660,
    "one endless number": "links > " + "9" * 3_900,
    "a pattern that explodes": "regexp_matches(text, '((((a{50}){50}){50}){50})')",
    "a pattern of patterns": "regexp_matches(text, '" + "(a*)*" * 101 + "')",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_too_much_is_refused_at_once(text) -> None:
    start = process_time()
    with pytest.raises(ConditionError):
        Condition.parse(text, CATALOGUE)
    assert process_time() - start < 0.5


LARGEST = {
    "alternatives": " or ".join(["links=1"] * 249),
    "alternating": " and ".join(["is_reply or is_edit"] * 170)[:3_990].rpartition(" and ")[0],
    "values": "text in (" + ",".join(["'a'"] * 490) + ")",
    "depth": "(" * 16 + "is_reply" + ")" * 16,
    "nots in depth": "not (" * 15 + "not is_reply" + ")" * 15,
    "truths in depth": "(" * 15 + "is_reply" + " is true)" * 15,
    "arithmetic": "links" + " + links" * 32 + " > 1",
    "arithmetic in depth": "links + (" * 15 + "links" + ")" * 15 + " > 1",
    "divisions": "links" + " / (words + 1)" * 16 + " > 1",
    "calls in depth": "coalesce(" * 15 + "links" + ", 1)" * 15 + " > 1",
    "patterns": " or ".join(f"regexp_matches(text, '[^a]{{90}}{n}')" for n in range(90)),
    "remarks": " or ".join(["insult>2"] * 249),
}


@pytest.mark.parametrize("text", LARGEST.values(), ids=LARGEST)
def test_the_largest_that_is_allowed_is_quick_everywhere(text, one_event) -> None:
    start = process_time()
    asked = Condition.parse(text, CATALOGUE)
    match = compile_conditions([asked])
    match({})
    asked.evaluate({})
    Condition.parse(asked.canonical, CATALOGUE)
    one_event.execute(f"SELECT {asked.duckdb()} FROM event").fetchall()
    assert process_time() - start < 2


@pytest.fixture(scope="module")
def one_event() -> Iterator[duckdb.DuckDBPyConnection]:
    columns = ", ".join(f'"{name}" {COLUMN_TYPES[s.kind]}' for name, s in CATALOGUE.items())
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"CREATE TABLE event ({columns})")
        connection.execute("INSERT INTO event (links, words, text) VALUES (1, 2, 'a b c')")
        yield connection


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|a)*c",
        "(a*)*c",
        "((a|ab)(b|ba))*c",
        "^(([a-z])+.)+[A-Z]$",
        "[ab]*a[ab]{90}c",
        "(.*)(.*)x",
    ],
)
def test_matching_takes_time_linear_in_the_text(pattern) -> None:
    asked = condition(f"regexp_matches(text, '{pattern}')")
    start = process_time()
    assert asked.evaluate({"text": "ab" * 25_000}) is False
    assert process_time() - start < 1


@pytest.mark.parametrize("pattern", ["%a%a%a%a%a%a%b", "%" * 500, "%_" * 60 + "b"])
def test_like_takes_time_linear_in_the_text(pattern) -> None:
    asked = condition(f"text like '{pattern}'")
    start = process_time()
    asked.evaluate({"text": "a" * 50_000})
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "quoted",
    ["'); import os; ('", "{0}", "%s", "\\", "\n def f():", '__import__("os")', "{v0}", '"""'],
)
def test_nothing_that_is_written_becomes_code(quoted) -> None:
    written = quoted.replace("'", "''")
    for text in (f"text = '{written}'", f"text in ('{written}')", f"contains(text, '{written}')"):
        asked = condition(text)
        assert compile_conditions([asked])({"text": quoted}) == (1, 0)
        assert compile_conditions([asked])({"text": "else"}) == (0, 0)


def test_a_name_is_only_ever_a_key() -> None:
    name = "x__import__"
    odd = {name: Signal(name, Kind.BOOLEAN, Source.TEXT, {"en": name})}
    assert compile_conditions([Condition.parse(name, odd)])({name: True}) == (1, 0)


def test_two_thousand_conditions_make_one_function() -> None:
    match = compile_conditions([condition(f"words = {n}") for n in range(2_000)])
    assert match({"words": 1_999}) == (1 << 1_999, 0)
    assert match({}) == (0, (1 << 2_000) - 1)
