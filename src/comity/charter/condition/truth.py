"""What a condition says of one event, and why: its meaning, written as plainly as it can be.

SQL's three-valued logic: true, false, and None for unknown. The compilers are tested against it.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from comity.charter.condition.functions import COALESCE, NULLIF
from comity.charter.condition.pattern import liker
from comity.charter.condition.tree import (
    Among,
    And,
    Arithmetic,
    Call,
    Choices,
    Compare,
    Comparison,
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
from comity.signals import Value as Measured

MIN_WHOLE: Final = -(2**63)
MAX_WHOLE: Final = 2**63 - 1
"""Whole numbers have 64 bits; a result beyond is unknown."""


def remainder(value: int, divisor: int) -> int:
    """Take the remainder as SQL does, with the sign of the value, by a divisor above 0."""
    return value % divisor if value >= 0 else -(-value % divisor)


_COMPARISONS: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_OPERATORS: Final[Mapping[Operator, Callable[[Any, Any], Any]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": remainder,
}

Values = Mapping[str, Measured]
Known = bool | int | float | str | tuple[str, ...]


def truth(predicate: Predicate, values: Values) -> bool | None:
    """Say whether a predicate is true of what was measured; None: unknown."""
    match predicate:
        case And():
            parts = [truth(part, values) for part in predicate.parts]
            return False if False in parts else None if None in parts else True
        case Or():
            parts = [truth(part, values) for part in predicate.parts]
            return True if True in parts else None if None in parts else False
        case Not():
            part = truth(predicate.part, values)
            return None if part is None else not part
        case IsTruth():
            return truth(predicate.part, values) is predicate.truth
        case IsNull():
            return value_of(predicate.value, values) is None
        case Compare():
            return _compare(predicate, values)
        case Among():
            value = value_of(predicate.value, values)
            return None if value is None else value in predicate.choices.values
        case Like():
            text = value_of(predicate.value, values)
            return None if text is None else liker(predicate.pattern)(str(text))
        case Name() | Constant() | Call():
            answer = value_of(predicate, values)
            return None if answer is None else bool(answer)


def value_of(value: Value, values: Values) -> Known | None:
    """Work out a value; None: unknown."""
    match value:
        case Name():
            return values.get(value.name)
        case Constant():
            return value.value
        case Arithmetic():
            result = _calculate(value, values)
            return result if result is not None and math.isfinite(result) else None
        case Call():
            answer: Known | None = _call(value, values)
            return answer


def evidence(predicate: Predicate, outcome: bool | None, values: Values) -> Iterator[str]:
    """Give the signals of the parts that made a predicate what it is; `outcome` is its truth."""
    match predicate:
        case And() | Or():
            # Where an `and` is true all its parts are, where an `or` is false none of them is.
            every = outcome is isinstance(predicate, And)
            for part in predicate.parts:
                if every or truth(part, values) is outcome:
                    yield from evidence(part, outcome, values)
        case Not():
            yield from evidence(predicate.part, None if outcome is None else not outcome, values)
        case IsTruth():
            yield from evidence(predicate.part, truth(predicate.part, values), values)
        case _:
            yield from names_in(predicate)


def is_plain(predicate: Predicate, outcome: bool = True) -> bool:
    """Whether a predicate with this outcome always has all the signals in it as its evidence."""
    match predicate:
        case And() | Or():
            every = outcome is isinstance(predicate, And)
            return every and all(is_plain(part, outcome) for part in predicate.parts)
        case Not():
            return is_plain(predicate.part, not outcome)
        case IsTruth():
            return False
        case _:
            return True


def names_in(part: Predicate | Value | Choices) -> Iterator[str]:
    """Give the signals that a part names, in order of appearance."""
    match part:
        case Name():
            yield part.name
        case And() | Or():
            for inner in part.parts:
                yield from names_in(inner)
        case Not() | IsTruth():
            yield from names_in(part.part)
        case Compare() | Arithmetic():
            yield from names_in(part.left)
            yield from names_in(part.right)
        case Among() | Like() | IsNull():
            yield from names_in(part.value)
        case Call():
            for argument in part.arguments:
                yield from names_in(argument)


def _compare(predicate: Compare, values: Values) -> bool | None:
    left: Any = value_of(predicate.left, values)
    right: Any = value_of(predicate.right, values)
    if left is None or right is None:
        return None
    if Kind.NUMBER in (predicate.left.kind, predicate.right.kind):
        left, right = float(left), float(right)
    return bool(_COMPARISONS[predicate.operator](left, right))


def _calculate(value: Value, values: Values) -> Any:
    """Calculate as IEEE 754 does, infinities included; only the whole result has to be finite."""
    if not isinstance(value, Arithmetic):
        return value_of(value, values)
    left, right = _calculate(value.left, values), _calculate(value.right, values)
    if left is None or right is None or (value.operator == "/" and not right):
        return None
    if value.kind is Kind.NUMBER:
        return _OPERATORS[value.operator](float(left), float(right))
    result = _OPERATORS[value.operator](left, right)
    return result if MIN_WHOLE <= result <= MAX_WHOLE else None


def _call(call: Call, values: Values) -> Any:
    arguments = [
        part.values if isinstance(part, Choices) else value_of(part, values)
        for part in call.arguments
    ]
    function = call.function
    if function is not COALESCE and function is not NULLIF and None in arguments:
        return None
    if function.prepare:
        arguments[-1] = function.prepare(arguments[-1])
    return function.apply(*arguments)
