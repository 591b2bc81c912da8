"""A condition as SQL: for DuckDB over many events, and for a cluster's dialect."""

from collections.abc import Mapping
from typing import Final

import sqlglot
from sqlglot import exp

from comity.charter.condition.tree import (
    Among,
    And,
    Arithmetic,
    Call,
    Choices,
    Compare,
    Constant,
    IsNull,
    IsTruth,
    Like,
    Name,
    Not,
    Or,
    Predicate,
    Value,
)
from comity.signals import Kind

COLUMN_TYPES: Final[Mapping[Kind, str]] = {
    Kind.BOOLEAN: "BOOLEAN",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.TEXT: "VARCHAR",
    Kind.TEXTS: "VARCHAR[]",
}
"""What DuckDB's columns have to be for a signal of each kind."""


def duckdb(predicate: Predicate) -> str:
    """Write a predicate for DuckDB; every part stands in its own parentheses."""
    match predicate:
        case And():
            return "(" + " AND ".join(map(duckdb, predicate.parts)) + ")"
        case Or():
            return "(" + " OR ".join(map(duckdb, predicate.parts)) + ")"
        case Not():
            return f"(NOT {duckdb(predicate.part)})"
        case IsTruth():
            return f"({duckdb(predicate.part)} IS {'TRUE' if predicate.truth else 'FALSE'})"
        case IsNull():
            return _when_finite(f"({_value(predicate.value)} IS NULL)", predicate.value, "TRUE")
        case Compare():
            left, right = _value(predicate.left), _value(predicate.right)
            written = f"({left} {predicate.operator} {right})"
            return _when_finite(_when_finite(written, predicate.left), predicate.right)
        case Among():
            choices = ", ".join(_constant(choice) for choice in predicate.choices.values)
            return _when_finite(f"({_value(predicate.value)} IN ({choices}))", predicate.value)
        case Like():
            return f"({_value(predicate.value)} LIKE {_constant(predicate.pattern)})"
        case Name() | Constant() | Call():
            return _value(predicate)


def spark(predicate: Predicate) -> str:
    """Write a predicate for Spark SQL, by way of DuckDB's."""
    return sqlglot.transpile(duckdb(predicate), read="duckdb", write="spark")[0]


def _value(value: Value | Choices) -> str:
    match value:
        case Name():
            return exp.to_identifier(value.name, quoted=True).sql("duckdb")
        case Constant():
            return _constant(value.value)
        case Choices():
            return "[" + ", ".join(map(_constant, value.values)) + "]"
        case Arithmetic(kind=Kind.INTEGER):
            return f"TRY({_arithmetic(value)})"
        case Arithmetic():
            return _arithmetic(value)
        case Call():
            arguments = ", ".join(map(_value, value.arguments))
            return f"{value.function.name}({arguments})"


def _arithmetic(value: Arithmetic) -> str:
    sides = [
        f"CAST({_value(side)} AS DOUBLE)"
        if value.kind is Kind.NUMBER and side.kind is Kind.INTEGER
        else _value(side)
        for side in (value.left, value.right)
    ]
    return f"({sides[0]} {value.operator} {sides[1]})"


def _when_finite(written: str, value: Value, otherwise: str = "NULL") -> str:
    """Guard a predicate against a calculation that has no finite result."""
    if not isinstance(value, Arithmetic) or value.kind is not Kind.NUMBER:
        return written
    return f"CASE WHEN isfinite({_value(value)}) THEN {written} ELSE {otherwise} END"


def _constant(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    # An exponent makes it a DOUBLE; without one DuckDB reads an exact decimal.
    return f"{value!r}" if isinstance(value, int) or "e" in repr(value) else f"{value!r}e0"
