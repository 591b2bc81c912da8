"""How each column of the table of events is made from what stands in a file.

The noun is `Column`: pieces of SQL, one set for each kind of signal.
"""

from dataclasses import dataclass
from typing import Final

from comity.signals import Kind, Signal

RULING: Final = "ruling"
"""The column that tells what a reviewer ruled; it becomes true (upheld) or false (lifted)."""

RULING_ARTICLE: Final = "ruling_article"
"""The column that tells which article a reviewer's ruling is about."""

_TYPES: Final = {
    Kind.BOOLEAN: "BOOLEAN",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.TEXT: "VARCHAR",
    Kind.TEXTS: "VARCHAR[]",
}
_EXPECTED: Final = {
    Kind.BOOLEAN: "true or false",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.TEXT: "text",
    Kind.TEXTS: 'a JSON list of texts, like ["a", "b"]',
}
_NUMERIC: Final = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE")


def extra(name: str) -> str:
    """What a column that is no signal is called in the table: never the name of a signal."""
    return f"column {name}"


def before(name: str) -> str:
    """What a counter as the old charter declares it is called in the table."""
    return f"before {name}"


def quoted(name: str) -> str:
    """A name as DuckDB reads it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column of the table is made, as SQL: `given` over the source, the rest over `{g}`.

    `value` is NULL where `given` is no value of this column; `odd` is true where it is NaN or
    infinite, which makes it unknown and not wrong.
    """

    name: str
    in_file: str
    expected: str
    given: str = "NULL"
    value: str = "{g}"
    odd: str = "FALSE"


def signal_column(signal: Signal, type_: str | None) -> Column:
    """`type_` is the type in the source, None where the source has no such column."""
    name, kind = signal.name, signal.kind
    expected = _EXPECTED[kind] + _range_words(signal)
    if type_ is None:
        return Column(name, name, expected, value=f"NULL::{_TYPES[kind]}")
    raw = quoted(name)
    filled = f"nullif(trim({raw}::VARCHAR), '')"
    match kind:
        case Kind.TEXT:
            return Column(name, name, expected, f"{raw}::VARCHAR")
        case Kind.TEXTS:
            if type_.endswith("[]"):
                return Column(name, name, expected, raw, "TRY_CAST({g} AS VARCHAR[])")
            value = "TRY_CAST(TRY_CAST({g} AS JSON) AS VARCHAR[])"
            return Column(name, name, expected, filled, value)
        case Kind.BOOLEAN:
            return Column(name, name, expected, filled, "TRY_CAST({g} AS BOOLEAN)")
        case _:
            given = raw if type_ in _NUMERIC else filled
            real = "TRY_CAST({g} AS DOUBLE)"
            possible = [f"isfinite({real})"]
            possible += [f"{real} >= {signal.low}"] if signal.low is not None else []
            possible += [f"{real} <= {signal.high}"] if signal.high is not None else []
            value = real
            if kind is Kind.INTEGER:
                # The cast alone would round 3.5 to 4.
                possible.append(f"{real} = trunc({real})")
                value = "TRY_CAST({g} AS BIGINT)"
            value = f"CASE WHEN {' AND '.join(possible)} THEN {value} END"
            return Column(name, name, expected, given, value, f"NOT isfinite({real})")


def extra_column(name: str, type_: str | None) -> Column:
    stored = extra(name)
    if type_ is None:
        kind = "BOOLEAN" if name == RULING else "VARCHAR"
        return Column(stored, name, "", value=f"NULL::{kind}")
    given = f"nullif(trim({quoted(name)}::VARCHAR), '')"
    if name != RULING:
        return Column(stored, name, "", given)
    value = (
        "CASE WHEN lower({g}) IN ('uphold', 'true', '1') THEN TRUE "
        "WHEN lower({g}) IN ('lift', 'false', '0') THEN FALSE END"
    )
    return Column(stored, name, "“uphold” or “lift” (or true or false)", given, value)


def _range_words(signal: Signal) -> str:
    if signal.low is not None and signal.high is not None:
        return f" from {signal.low:g} to {signal.high:g}"
    return f" of at least {signal.low:g}" if signal.low is not None else ""
