"""What can be known about numbers before any event: results, bounds, zeros."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from comity.charter.condition.functions import COALESCE, NULLIF
from comity.charter.condition.tree import (
    Arithmetic,
    Call,
    Choices,
    Comparison,
    Constant,
    Name,
    Operator,
    Value,
)
from comity.signals import Signal

FLIPPED: Final[Mapping[Comparison, Comparison]] = {
    "=": "=",
    "<>": "<>",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}


def plain(value: float) -> str:
    """Write a number as authors do: no exponent, a point only where it is a fraction's type."""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(repr(value)), "f")


def number(constant: Constant) -> int | float:
    """Give the value of a constant that is numeric."""
    if isinstance(constant.value, str):
        raise TypeError(constant)
    return constant.value


def combine(operator: Operator, left: Constant, right: Constant) -> str:
    """Say what two written numbers come to, so that the author can write that."""
    a, b = (
        Fraction(plain(side.value)) for side in (left, right) if not isinstance(side.value, str)
    )
    if operator in "/%" and b == 0:
        return "nothing can be divided by 0"
    match operator:
        case "+":
            result = a + b
        case "-":
            result = a - b
        case "*":
            result = a * b
        case "/":
            result = a / b
        case _:
            result = a - b * int(a / b)
    exact = plain(int(result)) if result.denominator == 1 else f"{float(result):.6g}"
    return f"write the result: {exact}"


def is_never_zero(value: Value, catalogue: Mapping[str, Signal]) -> bool:
    """Say whether a divisor is certain to be no zero, as far as types and ranges tell."""
    match value:
        case Constant():
            return value.value != 0
        case Call() if value.function is NULLIF:
            nothing = value.arguments[1]
            return isinstance(nothing, Constant) and nothing.value == 0
        case Call() if value.function is COALESCE:
            return all(
                not isinstance(part, Choices) and is_never_zero(part, catalogue)
                for part in value.arguments
            )
    low = _low(value, catalogue)
    return low is not None and low > 0


def _low(value: Value, catalogue: Mapping[str, Signal]) -> float | None:
    """Give a bound below a value, if one is known."""
    match value:
        case Constant(value=int() | float()):
            return float(value.value)
        case Name():
            return catalogue[value.name].low
        case Arithmetic(operator="+"):
            left, right = _low(value.left, catalogue), _low(value.right, catalogue)
            return None if left is None or right is None else left + right
        case Call() if value.function.name == "length":
            return 0.0
    return None


def range_remark(signal: Signal, comparison: Comparison, bound: float) -> tuple[str, str] | None:
    """Remark on a comparison that the signal's range decides already: (message, hint)."""
    outcome = _decided(comparison, bound, signal.low, signal.high)
    if outcome is None:
        return None
    message = f"`{signal.name}` {_range(signal)}, so this is {outcome} true"
    if signal.high == 1 and isinstance(bound, int) and 1 < bound <= 100:
        return message, f"did you mean {plain(float(Decimal(bound) / 100))}?"
    return message, "compare with another value, or leave this out"


def _range(signal: Signal) -> str:
    if signal.low is None:
        return f"is never above {signal.high:g}"
    if signal.high is None:
        return f"is never below {signal.low:g}"
    return f"goes from {signal.low:g} to {signal.high:g}"


def _decided(
    comparison: Comparison, bound: float, low: float | None, high: float | None
) -> str | None:
    above = low is not None and low > bound
    below = high is not None and high < bound
    at_least = low is not None and low >= bound
    at_most = high is not None and high <= bound
    match comparison:
        case "=" | "<>" if above or below:
            return "never" if comparison == "=" else "always"
        case ">" if at_most or above:
            return "never" if at_most else "always"
        case ">=" if below or at_least:
            return "never" if below else "always"
        case "<" if at_least or below:
            return "never" if at_least else "always"
        case "<=" if above or at_most:
            return "never" if above else "always"
    return None
