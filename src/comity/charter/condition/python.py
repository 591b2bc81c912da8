"""All conditions of a charter as one Python function, for one event at a time.

For each condition two questions are written as plain Python: "is it true?" and "is it false?".
What is neither is unknown, which is all there is to three-valued logic. Where every signal of a
condition is known the second question needs no asking, and the first no checks for None.

Names in the generated code are ours and constants are handed over as objects, so nothing that
an author wrote is ever read as Python.
"""

from collections.abc import Callable, Sequence
from itertools import count
from math import isfinite
from typing import Any, Final

from comity.charter.condition.condition import Condition
from comity.charter.condition.functions import COALESCE, NULLIF
from comity.charter.condition.pattern import liker
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
from comity.charter.condition.truth import MAX_WHOLE, MIN_WHOLE, Values, remainder
from comity.signals import Kind

Bits = tuple[int, int]
"""Bit i of the first is set where condition i is true, of the second where it is unknown."""
Guarded = tuple[list[str], str]
"""A Python expression, and what has to hold, in this order, for it to have a value."""

_SIGNS: Final = {"=": "==", "<>": "!="}


def compile_conditions(conditions: Sequence[Condition]) -> Callable[[Values], Bits]:
    """Make one function of all conditions: from what was measured to (true bits, unknown bits).

    A signal that is missing in what was measured is unknown.
    """
    names = sorted({name for condition in conditions for name in condition.signals})
    writer = _Writer(names)
    lines = ["def match(values):", " true = unknown = 0", " try:", "  pass"]
    lines += [f"  {local} = values[{writer.keep(name)}]" for name, local in writer.locals.items()]
    lines += [" except KeyError:", "  return match({**nothing, **values})"]
    for index, condition in enumerate(conditions):
        lines += writer.condition(condition, 1 << index)
    lines.append(" return true, unknown")
    scope = {**writer.constants, "nothing": dict.fromkeys(names)}
    exec(compile("\n".join(lines), "<conditions>", "exec"), scope)  # noqa: S102 - our own code
    match: Callable[[Values], Bits] = scope["match"]
    return match


class _Writer:
    """Writes conditions as Python; `known` while every signal is taken to be known."""

    def __init__(self, names: Sequence[str]) -> None:
        self.locals = {name: f"v{index}" for index, name in enumerate(names)}
        self.constants: dict[str, Any] = {"isfinite": isfinite, "remainder": remainder}
        self.fresh = count()
        self.known = False
        self.certain = True

    def condition(self, condition: Condition, bit: int) -> list[str]:
        tree = condition.tree
        self.known = self.certain = True
        at_once = self.true(tree)
        self.known = False
        lines = [
            f" if {self.true(tree)}: true |= {bit}",
            f" elif not {self.false(tree)}: unknown |= {bit}",
        ]
        if not self.certain:
            return lines
        measured = " and ".join(f"{self.locals[name]} is not None" for name in condition.signals)
        lines[0] = lines[0].replace(" if", " elif", 1)
        return [f" if {measured or True}:", f"  if {at_once}: true |= {bit}", *lines]

    def true(self, part: Predicate) -> str:
        """Write the question whether a part is true."""
        match part:
            case And():
                return _joined(" and ", map(self.true, part.parts))
            case Or():
                return _joined(" or ", map(self.true, part.parts))
            case Not():
                return self.false(part.part)
            case IsTruth():
                return self.true(part.part) if part.truth else self.false(part.part)
            case IsNull():
                return f"(not {self.is_known(part.value)})"
        guards, test = self.atom(part)
        return _joined(" and ", [*guards, test])

    def false(self, part: Predicate) -> str:
        """Write the question whether a part is false, which is not the same as not true."""
        match part:
            case And():
                return _joined(" or ", map(self.false, part.parts))
            case Or():
                return _joined(" and ", map(self.false, part.parts))
            case Not():
                return self.true(part.part)
            case IsTruth():
                return f"(not {self.true(part)})"
            case IsNull():
                return self.is_known(part.value)
        guards, test = self.atom(part)
        return _joined(" and ", [*guards, f"not {test}"])

    def is_known(self, value: Value) -> str:
        guards, _ = self.value(value)
        return _joined(" and ", guards or ["True"])

    def atom(self, part: Predicate) -> Guarded:
        match part:
            case Compare():
                return self.compare(part)
            case Among():
                guards, value = self.value(part.value)
                return guards, f"({value} in {self.keep(frozenset(part.choices.values))})"
            case Like():
                guards, value = self.value(part.value)
                return guards, f"{self.keep(liker(part.pattern))}({value})"
            case Name() | Constant() | Call():
                return self.value(part)
        raise AssertionError(part)

    def compare(self, part: Compare) -> Guarded:
        (guards, left), (more, right) = self.value(part.left), self.value(part.right)
        if Kind.NUMBER in (part.left.kind, part.right.kind):
            left, right = _as_double(part.left, left), _as_double(part.right, right)
        return guards + more, f"({left} {_SIGNS.get(part.operator, part.operator)} {right})"

    def value(self, value: Value) -> Guarded:
        """Write a value: the expression is only to be evaluated once its guards held."""
        match value:
            case Name():
                local = self.locals[value.name]
                return ([] if self.known else [f"{local} is not None"]), local
            case Constant():
                number = value.kind is Kind.NUMBER
                return [], self.keep(float(value.value) if number else value.value)
            case Arithmetic(kind=Kind.NUMBER):
                guards, expression = self.arithmetic(value)
                name = self.temporary()
                return [*guards, f"isfinite({name} := {expression})"], name
            case Arithmetic():
                return self.arithmetic(value)
            case Call():
                return self.call(value)

    def arithmetic(self, value: Value) -> Guarded:
        """Write a calculation whose doubles may be infinite, as IEEE 754 has it."""
        if not isinstance(value, Arithmetic):
            return self.value(value)
        (guards, left), (more, right) = self.arithmetic(value.left), self.arithmetic(value.right)
        guards = guards + more
        self.certain = False
        if value.kind is Kind.NUMBER:
            left, right = _as_double(value.left, left), _as_double(value.right, right)
            if value.operator == "/" and not isinstance(value.right, Constant):
                name = self.temporary()
                guards, right = [*guards, f"({name} := {right})"], name
            return guards, f"({left} {value.operator} {right})"
        whole = f"{left} {value.operator} {right}"
        if value.operator == "%":
            whole = f"remainder({left}, {right})"
        name = self.temporary()
        return [*guards, f"({MIN_WHOLE} <= ({name} := {whole}) <= {MAX_WHOLE})"], name

    def call(self, call: Call) -> Guarded:
        if call.function is COALESCE:
            return self.first_known(call)
        if call.function is NULLIF:
            return self.unless_equal(call)
        guards: list[str] = []
        written: list[str] = []
        for argument in call.arguments:
            if isinstance(argument, Choices):
                written.append(self.keep(frozenset(argument.values)))
                continue
            if isinstance(argument, Constant) and call.function.prepare:
                written.append(self.keep(call.function.prepare(argument.value)))
                continue
            more, expression = self.value(argument)
            guards += more
            written.append(expression)
        return guards, f"({call.function.inline.format(*written)})"

    def first_known(self, call: Call) -> Guarded:
        expression = ""
        for argument in _values(call):
            guards, value = self.value(argument)
            if not guards:
                return [], f"({expression}{value})"
            expression += f"{value} if {' and '.join(guards)} else "
        name = self.temporary()
        return [f"({name} := ({expression}None)) is not None"], name

    def unless_equal(self, call: Call) -> Guarded:
        (guards, value), (_, nothing) = map(self.value, _values(call))
        self.certain = False
        name = self.temporary()
        return [*guards, f"({name} := {value}) != {nothing}"], name

    def temporary(self) -> str:
        return f"t{next(self.fresh)}"

    def keep(self, constant: object) -> str:
        """Hand a constant over to the code, under a name of ours."""
        name = f"c{len(self.constants)}"
        self.constants[name] = constant
        return name


def _joined(word: str, parts: Any) -> str:
    return "(" + word.join(parts) + ")"


def _values(call: Call) -> list[Value]:
    return [argument for argument in call.arguments if not isinstance(argument, Choices)]


def _as_double(value: Value, written: str) -> str:
    """Python compares whole numbers with doubles exactly; SQL makes doubles of both."""
    whole = value.kind is Kind.INTEGER and not isinstance(value, Constant)
    return f"float({written})" if whole else written
