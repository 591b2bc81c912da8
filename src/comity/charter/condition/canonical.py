"""The one text of a condition, whatever spaces, letter case and parentheses it was written with."""

from collections.abc import Mapping
from typing import Final

from comity.charter.condition.number import plain
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

_LOOSE: Final = (And, Or, Not, IsTruth, IsNull, Compare, Among, Like)
_BINDING: Final[Mapping[Operator, int]] = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}


def canonical(part: Predicate) -> str:
    """Write a predicate as the language has it: reading it again gives the same one."""
    match part:
        case And():
            return " and ".join(_within(inner, (Or,)) for inner in part.parts)
        case Or():
            return " or ".join(canonical(inner) for inner in part.parts)
        case Not():
            return f"not {_within(part.part, (And, Or))}"
        case IsTruth():
            return f"{_within(part.part, _LOOSE)} is {'true' if part.truth else 'false'}"
        case IsNull():
            return f"{_value(part.value)} is null"
        case Compare():
            return f"{_value(part.left)} {part.operator} {_value(part.right)}"
        case Among():
            return f"{_value(part.value)} in {_choices(part.choices, '()')}"
        case Like():
            return f"{_value(part.value)} like {_constant(part.pattern)}"
        case Name() | Constant() | Call():
            return _value(part)


def _within(part: Predicate, loose: tuple[type, ...]) -> str:
    written = canonical(part)
    return f"({written})" if isinstance(part, loose) else written


def _value(value: Value | Choices) -> str:
    match value:
        case Name():
            return value.name
        case Constant():
            return _constant(value.value)
        case Choices():
            return _choices(value, "[]")
        case Arithmetic():
            left = _operand(value.left, looser=_BINDING[value.operator])
            right = _operand(value.right, looser=_BINDING[value.operator] + 1)
            return f"{left} {value.operator} {right}"
        case Call():
            return f"{value.function.name}({', '.join(map(_value, value.arguments))})"


def _operand(value: Value, looser: int) -> str:
    loose = isinstance(value, Arithmetic) and _BINDING[value.operator] < looser
    return f"({_value(value)})" if loose else _value(value)


def _choices(choices: Choices, brackets: str) -> str:
    if choices.name is not None:
        return choices.name
    return brackets[0] + ", ".join(map(_constant, choices.values)) + brackets[1]


def _constant(value: bool | int | float | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return plain(value)
