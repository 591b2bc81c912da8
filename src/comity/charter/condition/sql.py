"""A condition as SQL: for DuckDB over many events, and for Spark over more than one machine."""

import sys
from collections.abc import Iterable, Mapping
from typing import Final

from comity.charter.condition.java import for_java
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
    Operator,
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


class DuckDB:
    """Writes predicates for DuckDB, every part in its own parentheses."""

    def write(self, predicate: Predicate) -> str:
        match predicate:
            case And():
                return "(" + " AND ".join(map(self.write, predicate.parts)) + ")"
            case Or():
                return "(" + " OR ".join(map(self.write, predicate.parts)) + ")"
            case Not():
                return f"(NOT {self.write(predicate.part)})"
            case IsTruth():
                return f"({self.write(predicate.part)} IS {'TRUE' if predicate.truth else 'FALSE'})"
            case IsNull():
                written = f"({self.value(predicate.value)} IS NULL)"
                return self.when_finite(written, predicate.value, "TRUE")
            case Compare():
                left, right = self.value(predicate.left), self.value(predicate.right)
                written = f"({left} {predicate.operator} {right})"
                return self.when_finite(self.when_finite(written, predicate.left), predicate.right)
            case Among():
                choices = ", ".join(map(self.literal, predicate.choices.values))
                written = f"({self.value(predicate.value)} IN ({choices}))"
                return self.when_finite(written, predicate.value)
            case Like():
                return f"({self.value(predicate.value)} LIKE {self.literal(predicate.pattern)})"
            case Name() | Constant() | Call():
                return self.value(predicate)

    def value(self, value: Value | Choices) -> str:
        match value:
            case Name():
                return self.name(value.name)
            case Constant(kind=Kind.NUMBER):
                return self.literal(float(value.value))
            case Constant():
                return self.literal(value.value)
            case Choices():
                return self.array(map(self.literal, value.values))
            case Arithmetic(kind=Kind.INTEGER):
                sides = self.value(value.left), self.value(value.right)
                return self.whole(value.operator, *sides)
            case Arithmetic():
                return self.calculated(
                    value.operator, self.double(value.left), self.double(value.right)
                )
            case Call():
                return self.call(value)

    def when_finite(self, written: str, value: Value, otherwise: str = "NULL") -> str:
        """Guard a predicate against a calculation that has no finite result."""
        if not isinstance(value, Arithmetic) or value.kind is not Kind.NUMBER:
            return written
        finite = self.is_finite(self.value(value))
        return f"(CASE WHEN {finite} THEN {written} ELSE {otherwise} END)"

    def double(self, value: Value) -> str:
        written = self.value(value)
        return f"CAST({written} AS DOUBLE)" if value.kind is Kind.INTEGER else written

    def literal(self, value: bool | int | float | str) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, str):
            return self.text(value)
        # An exponent makes it a double; without one SQL reads an exact decimal.
        return f"{value!r}" if isinstance(value, int) or "e" in repr(value) else f"{value!r}e0"

    def name(self, name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    def text(self, text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    def array(self, items: Iterable[str]) -> str:
        return "[" + ", ".join(items) + "]"

    def whole(self, operator: Operator, left: str, right: str) -> str:
        return f"TRY({left} {operator} {right})"

    def calculated(self, operator: Operator, left: str, right: str) -> str:
        return f"({left} {operator} {right})"

    def is_finite(self, written: str) -> str:
        return f"isfinite({written})"

    def call(self, call: Call) -> str:
        return f"{call.function.name}({self.arguments(call)})"

    def arguments(self, call: Call) -> str:
        return ", ".join(map(self.value, call.arguments))


class Spark(DuckDB):
    """Writes them for Spark SQL, whose regular expressions are Java's and not RE2's."""

    _WHOLE: Final[Mapping[Operator, str]] = {
        "+": "try_add",
        "-": "try_subtract",
        "*": "try_multiply",
    }
    _CALLED: Final[Mapping[tuple[str, Kind], str]] = {
        ("contains", Kind.TEXTS): "array_contains",
        ("ends_with", Kind.TEXT): "endswith",
        ("length", Kind.TEXTS): "array_size",
        ("list_has_any", Kind.TEXTS): "arrays_overlap",
        ("starts_with", Kind.TEXT): "startswith",
    }

    def name(self, name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def text(self, text: str) -> str:
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def array(self, items: Iterable[str]) -> str:
        return "array(" + ", ".join(items) + ")"

    def whole(self, operator: Operator, left: str, right: str) -> str:
        function = self._WHOLE.get(operator)
        return f"{function}({left}, {right})" if function else f"({left} {operator} {right})"

    def calculated(self, operator: Operator, left: str, right: str) -> str:
        if operator == "/":
            return f"try_divide({left}, {right})"
        return super().calculated(operator, left, right)

    def is_finite(self, written: str) -> str:
        return f"abs({written}) <= {sys.float_info.max!r}"

    def call(self, call: Call) -> str:
        name, first = call.function.name, call.arguments[0]
        match call.arguments:
            case (text, Constant(value=str(pattern))) if name == "regexp_matches":
                return f"regexp_like({self.value(text)}, {self.text(for_java(pattern))})"
        kind = Kind.TEXTS if isinstance(first, Choices) else first.kind
        return f"{self._CALLED.get((name, kind), name)}({self.arguments(call)})"
