"""One condition, one meaning: asked by itself, compiled to Python, to DuckDB, and as written."""

from hypothesis import given, reject, settings

from comity.charter.condition import Condition, ConditionError, compile_conditions
from tests.charter.condition.grammar import conditions
from tests.charter.condition.world import ANYTHING, TAME, condition


def answers(database, table: str, expression: str) -> list[bool | None]:
    rows = database.execute(f"SELECT ({expression}) FROM {table} ORDER BY rowid").fetchall()
    return [answer for (answer,) in rows]


def bits(answer: bool | None) -> tuple[int, int]:
    return int(answer is True), int(answer is None)


def parsed(text: str) -> Condition:
    try:
        return condition(text)
    except ConditionError:
        reject()


@settings(max_examples=200, deadline=None)
@given(conditions)
def test_all_compilations_agree_on_every_event(database, text) -> None:
    asked = parsed(text)
    expected = [asked.evaluate(event) for event in ANYTHING]
    match = compile_conditions([asked])
    assert [match(event) for event in ANYTHING] == [bits(answer) for answer in expected]
    assert answers(database, "anything", asked.duckdb()) == expected


@settings(max_examples=200, deadline=None)
@given(conditions)
def test_duckdb_reads_the_text_itself_the_same(database, text) -> None:
    asked = parsed(text)
    assert answers(database, "tame", text) == [asked.evaluate(event) for event in TAME]


@settings(max_examples=100, deadline=None)
@given(conditions)
def test_the_canonical_text_means_the_same_and_is_its_own(text) -> None:
    asked = parsed(text)
    again = condition(asked.canonical)
    assert again.canonical == asked.canonical
    assert again.signals == asked.signals
    assert [again.evaluate(event) for event in TAME] == [asked.evaluate(event) for event in TAME]


@settings(max_examples=100, deadline=None)
@given(conditions)
def test_what_is_no_evidence_had_no_part_in_it(text) -> None:
    asked = parsed(text)
    for event in filter(asked.evaluate, TAME[:50]):
        evidence = asked.evidence(event)
        assert set(evidence) <= set(asked.signals)
        # Without what is not named the answer stays the same.
        assert asked.evaluate({name: event[name] for name in evidence}) in (True, None)
