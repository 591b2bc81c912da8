"""The language as a whole: its functions, its names, and DuckDB's word on both."""

from pathlib import Path

import duckdb
import pytest
import re2

from comity.charter.condition import FUNCTIONS, Condition, ConditionError, compile_conditions
from comity.charter.condition.operators import OPERATORS
from comity.charter.condition.reference import reference_page
from comity.charter.condition.words import RESERVED
from comity.signals import CATALOGUE, Kind, Signal, Source
from tests.charter.condition.world import condition

LISTS = {"shorteners": ("bit.example",)}
EXAMPLES = [example for function in FUNCTIONS.values() for example in function.examples]


@pytest.fixture(scope="module")
def plain() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_a_function_is_explained_in_both_languages(function) -> None:
    assert set(function.meaning) == {"en", "zh-Hans"}
    assert function.examples
    assert all(f"{function.name}(" in example for example in function.examples)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_of_a_function_is_a_condition(example) -> None:
    asked = Condition.parse(example, CATALOGUE, LISTS)
    assert compile_conditions([asked])({}) in ((0, 0), (0, 1))
    assert not asked.remarks


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: row.written)
def test_an_example_of_an_operator_is_a_condition(row) -> None:
    assert set(row.meaning) == {"en", "zh-Hans"}
    assert not Condition.parse(row.example, CATALOGUE, LISTS).remarks


def test_the_reference_is_what_the_code_says() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "conditions.md"
    assert page.read_text("utf-8") == reference_page()


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_signal_can_be_named_in_a_condition_and_in_duckdb(name, plain) -> None:
    text = f"{name} is null"
    asked = Condition.parse(text, CATALOGUE)
    for written in (text, asked.duckdb()):
        row = plain.execute(f'SELECT {written} FROM (SELECT 1 AS "{name}")').fetchone()
        assert row == (False,)


def test_words_that_duckdb_reserves_are_refused_as_names(plain) -> None:
    rows = plain.execute("SELECT keyword_name, keyword_category FROM duckdb_keywords()").fetchall()
    ours = {"and", "or", "not", "in", "like", "is", "true", "false", "null"}
    taken = {word for word, category in rows if category in ("reserved", "type_function")}
    assert taken == RESERVED | ours
    for word, _ in rows:
        signal = Signal(word, Kind.INTEGER, Source.COUNTER, {"en": word})
        try:
            asked = Condition.parse(f"{word} > 0", {word: signal})
        except ConditionError:
            continue
        row = plain.execute(f'SELECT {asked.text} FROM (SELECT 1 AS "{word}")').fetchone()
        assert row == (True,), word


def test_letter_case_is_folded_alike_in_python_and_in_duckdb(plain) -> None:
    pairs = [
        (char, f"(?i)^{other}$")
        for char in map(chr, range(0x80, 0x1F000))
        for other in {char.lower(), char.upper(), char.casefold()} - {char}
        if len(other) == 1
    ]
    ours = [re2.search(pattern, char) is not None for char, pattern in pairs]
    columns = [list(column) for column in zip(*pairs, strict=True)]
    theirs = plain.execute("SELECT regexp_matches(unnest(?), unnest(?))", columns).fetchall()
    assert len(pairs) > 2_000
    assert ours == [answer for (answer,) in theirs]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quotes  AND reply", "quotes and (reply)"),
        ("words <> 3", "words != 3"),
        ("words between 2 and 3", "words >= 2 AND words <= 3"),
        ("insult > 0.50", "(insult) > 0.5"),
        ("(quotes or reply) or words = 1", "quotes or (reply or words = 1)"),
        ("text not in ('a')", "not (text in ('a'))"),
    ],
)
def test_two_ways_of_writing_the_same_have_one_canonical_text(one, other) -> None:
    assert condition(one).canonical == condition(other).canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("quotes or reply and words = 1", "(quotes or reply) and words = 1"),
        ("not quotes or reply", "not (quotes or reply)"),
        ("age - (age - 1) > 0", "age - age - 1 > 0"),
        ("text = 'a  b'", "text = 'a b'"),
        ("text in shorteners", "text in ('bit.example')"),
    ],
)
def test_what_differs_in_meaning_differs_in_its_canonical_text(one, other) -> None:
    assert condition(one).canonical != condition(other).canonical
