"""The reference page of conditions, written from the tables that read and compile them."""

from collections.abc import Iterable
from typing import Final

from comity.charter.condition.functions import FUNCTIONS, Function
from comity.charter.condition.operators import OPERATORS
from comity.charter.condition.order import MAX_ARITHMETIC, MAX_DEPTH, MAX_DIGITS
from comity.charter.condition.pattern import MAX_PATTERN
from comity.charter.condition.scan import MAX_LENGTH, MAX_TOKENS
from comity.charter.condition.sql import COLUMN_TYPES
from comity.signals import Kind

_PAGE: Final = """\
# Conditions

<!-- Written by scripts/reference.py. Change the code it comes from instead. -->

The `when:` of an article is a condition: an expression over signals, the lists and the counters of
the charter that is true, false or unknown of a post. It is written in SQL, with the few operators
and functions of this page, and DuckDB reads it as it stands.

条款的 `when:` 是一个条件：由信号、公约的列表和计数器组成的表达式，对每个帖子得出真、假或未知。
它用 SQL 书写，只含本页所列的运算符和函数，可原样交给 DuckDB 执行。

```sql
insult >= 0.80 or (identity_attack >= 0.70 and not quotes_parent)
```

Numbers are written `12` or `0.5`, text in single quotes (`'it''s'`), and `true` and `false` as they
are. A signal that is true or false is a condition by itself: `is_reply`. The letter case of `AND`
and spaces do not matter; that of names and texts does.

## Operators

{operators}

## Functions

{functions}

## What is unknown

A signal is unknown where it was not measured: the score of a language that the model has not
learnt, the age of an account that the platform did not tell. A comparison with it is neither true
nor false, and it stays so as SQL has it: `unknown and false` is false, `unknown or true` is true,
everything else with an unknown in it is unknown. An article whose condition is unknown abstains,
and the abstention is counted and shown. To decide it yourself, write `coalesce(insult, 0)`,
`insult is null` or `(insult > 0.8) is not true`.

信号未被测量时为未知（例如模型未学过的语言）。含未知值的比较既不为真也不为假：`未知 and 假` 为假，
`未知 or 真` 为真，其余为未知。条件未知时，条款弃权；弃权会计数并公开。

## What is not there, and why

- `lower`, `upper`, `ilike`: letter case changes with the version of Unicode. `plain_text` is in
  lower case already.
- `greatest`, `least`: they pass over what is unknown. Join comparisons with `or` and `and`.
- Division by what may be 0: write `nullif(words, 0)`, and the answer is unknown then.
- `words * 0.1`: an exact decimal to one reader, a rounded double to another. Divide instead.
- `\\p{{…}}` in patterns: which characters it means changes with the version of Unicode.
- Names in double quotes, comments, casts, `case`, sub-selects and everything else of SQL.

## Limits

A condition has at most {length:,} characters, {tokens:,} words and signs, {depth} levels of
parentheses and `not`, and {arithmetic} signs of arithmetic; a number has at most {digits} digits,
a pattern at most {pattern} characters. Matching takes time linear in the text, whatever the
pattern.

## Beyond one event

`Condition.duckdb()` writes a condition for a table with a column for each signal:

{columns}

Given the text itself, DuckDB answers the same, but stops with an error where whole numbers grow
past 64 bits, and counts with infinity where others grow past what a double holds.

`Condition.spark()` writes it for Spark SQL (of Spark 3.5 or newer), and patterns for Java's regular
expressions. The answers are the same, but for two edges: with `(?i)` Java takes `İ` and `ı` for an
`i`, and `\\B` sees no place within a character. Java's time is not always linear in the text.
"""


def reference_page() -> str:
    """The page, in Markdown."""
    return _PAGE.format(
        operators=_table(
            ("written", "meaning", "含义", "example"),
            (
                (row.written, row.meaning["en"], row.meaning["zh-Hans"], f"`{row.example}`")
                for row in OPERATORS
            ),
        ),
        functions=_table(
            ("function", "gives", "meaning", "含义", "example"),
            map(_function, FUNCTIONS.values()),
        ),
        columns=_table(
            ("kind of signal", "column"),
            ((kind.value, f"`{column}`") for kind, column in COLUMN_TYPES.items()),
        ),
        length=MAX_LENGTH,
        tokens=MAX_TOKENS,
        depth=MAX_DEPTH,
        arithmetic=MAX_ARITHMETIC,
        digits=MAX_DIGITS,
        pattern=MAX_PATTERN,
    )


def _function(function: Function) -> tuple[str, ...]:
    forms = [
        ", ".join(parameter.kind.value for parameter in form.parameters) + ", …" * form.more
        for form in function.forms
    ]
    results = dict.fromkeys(_gives(form.result) for form in function.forms)
    return (
        "<br>".join(f"`{function.name}({form})`" for form in forms),
        "<br>".join(results),
        function.meaning["en"],
        function.meaning["zh-Hans"],
        "<br>".join(f"`{example}`" for example in function.examples),
    )


def _gives(kind: Kind) -> str:
    return "true or false" if kind is Kind.BOOLEAN else kind.value


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
