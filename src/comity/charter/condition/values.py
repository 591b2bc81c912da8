"""From a syntax tree to values: signals, constants, arithmetic and functions, each of a kind."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from sqlglot import exp

from comity.charter.condition.functions import FUNCTIONS, NULLIF, Form, Function, Parameter
from comity.charter.condition.number import combine, is_never_zero, number
from comity.charter.condition.parse import Places
from comity.charter.condition.problem import Problem
from comity.charter.condition.tree import Arithmetic, Call, Choices, Constant, Name, Operator, Value
from comity.signals import Kind, Signal

KINDS: Final[Mapping[Kind, str]] = {
    Kind.BOOLEAN: "true or false",
    Kind.INTEGER: "a whole number",
    Kind.NUMBER: "a number",
    Kind.TEXT: "text",
    Kind.TEXTS: "a list of texts",
}
"""The kinds as messages name them."""
NUMERIC: Final = (Kind.INTEGER, Kind.NUMBER)

_OPERATORS: Final[Mapping[type[exp.Expr], Operator]] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.Mod: "%",
}
_PLAIN: Final = frozenset(
    {"this", "expression", "expressions", "low", "high", "field", "is_string", "negate"}
)


class Mistake(Exception):  # noqa: N818 - it never leaves this package
    """Carries a problem up to the nearest part of a condition that can do without."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class Values:
    """Reads the values of one condition."""

    def __init__(
        self,
        places: Places,
        catalogue: Mapping[str, Signal],
        lists: Mapping[str, tuple[str, ...]],
    ) -> None:
        self.places = places
        self.catalogue = catalogue
        self.lists = lists
        self.signals: set[str] = set()

    def read(self, node: exp.Expr) -> Value:
        """Read a value, or raise the Mistake in it."""
        self.only_plain(node)
        match node:
            case exp.Paren():
                return self.read(node.this)
            case exp.Literal():
                return _literal(node)
            case exp.Boolean():
                return Constant(bool(node.this), Kind.BOOLEAN)
            case exp.Column(this=exp.Identifier()):
                return self.name(node)
            case exp.Neg():
                return self.negative(node)
            case exp.Anonymous():
                return self.call(node)
            case exp.Null():
                raise self.mistake(
                    node, "null is no value here", "ask `x is null` or `x is not null`"
                )
        if type(node) in _OPERATORS:
            return self.arithmetic(node)
        if isinstance(node, exp.Predicate | exp.Connector | exp.Not):
            raise self.mistake(
                node,
                f"`{self.places.snippet(node)}` is a condition where a value belongs",
                "comparisons cannot be chained; join them with `and` or `or`",
            )
        raise self.stranger(node)

    def name(self, node: exp.Expr) -> Name:
        name = node.name
        if signal := self.catalogue.get(name):
            self.signals.add(name)
            return Name(name, signal.kind)
        if name in self.lists:
            hint = f"write `language in {name}` or `list_has_any(link_domains, {name})`"
            raise self.mistake(node, f"`{name}` is a list of the charter, not a signal", hint)
        close = get_close_matches(name.lower(), self.catalogue, n=1)
        hint = f"did you mean `{close[0]}`?" if close else "see the list of signals; text is quoted"
        raise self.mistake(node, f"unknown signal `{name}`", hint)

    def negative(self, node: exp.Expr) -> Constant:
        value = self.read(node.this)
        if not isinstance(value, Constant) or value.kind not in NUMERIC:
            snippet = self.places.snippet(node.this)
            raise self.mistake(node, f"a minus stands before `{snippet}`", f"write `0 - {snippet}`")
        return Constant(0 - number(value), value.kind)

    def arithmetic(self, node: exp.Expr) -> Arithmetic:
        """Read + - * / %, held to what exact decimals and doubles agree on."""
        operator = _OPERATORS[type(node)]
        left, right = self.read(node.args["this"]), self.read(node.args["expression"])
        for part, value in ((node.args["this"], left), (node.args["expression"], right)):
            if value.kind not in NUMERIC:
                message = f"`{self.places.snippet(part)}` is {KINDS[value.kind]}"
                raise self.mistake(
                    part, f"{message} and cannot be calculated with", "use numbers only"
                )
        if isinstance(left, Constant) and isinstance(right, Constant):
            raise self.mistake(node, "this needs no calculation", combine(operator, left, right))
        if operator == "%":
            return self.remainder(node, left, right)
        if operator == "/":
            if not is_never_zero(right, self.catalogue):
                raise self.zero(node.args["expression"], right)
            return Arithmetic(operator, left, right, Kind.NUMBER)
        if left.kind is right.kind:
            return Arithmetic(operator, left, right, left.kind)
        whole, fraction = (left, right) if left.kind is Kind.INTEGER else (right, left)
        if isinstance(fraction, Constant) and not isinstance(whole, Constant):
            raise self.mistake(
                node,
                f"whole numbers and the fraction {fraction.value} do not mix exactly here",
                "divide instead: `links / nullif(words, 0) > 0.3`",
            )
        return Arithmetic(operator, left, right, Kind.NUMBER)

    def zero(self, node: exp.Expr, divisor: Value) -> Mistake:
        snippet = self.places.snippet(node)
        if isinstance(divisor, Constant):
            return self.mistake(node, "nothing can be divided by 0", "divide by another number")
        hint = "divide by a signal that is not 0, as in `links / nullif(words, 0)`"
        if isinstance(divisor, Name):
            hint = f"write `nullif({snippet}, 0)`, which makes the answer unknown then"
        return self.mistake(node, f"`{snippet}` may be 0, and nothing can be divided by 0", hint)

    def remainder(self, node: exp.Expr, left: Value, right: Value) -> Arithmetic:
        positive = isinstance(right, Constant) and isinstance(right.value, int) and right.value > 0
        if left.kind is Kind.INTEGER and right.kind is Kind.INTEGER and positive:
            return Arithmetic("%", left, right, Kind.INTEGER)
        message = "`%` is the remainder of a whole signal divided by a whole number above 0"
        raise self.mistake(node, message, "write it like `author_posts_1h % 5 = 0`")

    def call(self, node: exp.Expr) -> Call:
        function = FUNCTIONS.get(str(node.this))
        if function is None:
            raise self.stranger(node)
        parts: list[exp.Expr] = node.expressions
        first = self.read(parts[0])
        form = next((f for f in function.forms if f.parameters[0].kind is first.kind), None)
        if form is None or not _takes(form, len(parts)):
            raise self.mistake(
                node,
                f"`{function.name}` does not take {_described(first, parts)}",
                f"write it like `{function.examples[0]}`",
            )
        parameters = form.parameters + form.parameters[-1:] * (len(parts) - len(form.parameters))
        rest = zip(parts[1:], parameters[1:], strict=True)
        arguments = (first, *(self.argument(part, wanted, function) for part, wanted in rest))
        if all(isinstance(argument, Constant) for argument in arguments):
            raise self.mistake(node, "this names no signal", "write its result instead")
        for part, argument in zip(parts, arguments, strict=True):
            if isinstance(argument, Arithmetic) and argument.kind is Kind.NUMBER:
                hint = f"calculate with what `{function.name}` gives: `coalesce(insult, 0) * 2`"
                message = f"`{function.name}` takes no calculation with fractions"
                raise self.mistake(part, message, hint)
        if function is NULLIF and _has_nullif(parts[0]):
            raise self.mistake(
                node, "`nullif` stands within `nullif`", "use it once, around a signal"
            )
        return Call(function, arguments, form.result)

    def argument(self, part: exp.Expr, wanted: Parameter, function: Function) -> Value | Choices:
        if wanted.kind is Kind.TEXTS and wanted.fixed:
            return self.choices(part, Kind.TEXT)
        value = self.read(part)
        if isinstance(value, Constant) and (value.kind, wanted.kind) == NUMERIC:
            value = Constant(value.value, Kind.NUMBER)
        hint = f"write it like `{function.examples[0]}`"
        if wanted.fixed and not isinstance(value, Constant):
            raise self.mistake(part, f"`{function.name}` needs a fixed value here", hint)
        if value.kind is not wanted.kind:
            message = f"`{self.places.snippet(part)}` is {KINDS[value.kind]}"
            raise self.mistake(
                part, f"{message}; `{function.name}` needs {KINDS[wanted.kind]} here", hint
            )
        if (
            function.fault
            and isinstance(value, Constant)
            and (fault := function.fault(value.value))
        ):
            raise self.mistake(part, *fault)
        return value

    def choices(self, node: exp.Expr, kind: Kind) -> Choices:
        """Read a list: one of the charter's by its name, or values in brackets."""
        self.only_plain(node)
        if isinstance(node, exp.Column):
            return self.named_list(node, kind)
        if not isinstance(node, exp.Array):
            raise self.mistake(node, "a list belongs here", "write its name, or ['a', 'b']")
        return self.as_choices(node.expressions, kind)

    def named_list(self, node: exp.Expr, kind: Kind) -> Choices:
        name = node.name
        if name not in self.lists:
            close = get_close_matches(name, self.lists, n=1)
            hint = f"did you mean `{close[0]}`?" if close else "declare it under `lists`"
            if name in self.catalogue and self.catalogue[name].kind is Kind.TEXTS:
                hint = f"`{name}` is a signal: write `contains({name}, 'x')`"
            raise self.mistake(node, f"the charter has no list `{name}`", hint)
        if kind is not Kind.TEXT:
            raise self.mistake(
                node, f"`{name}` is a list of texts", f"compare {KINDS[kind]} with numbers"
            )
        if not self.lists[name]:
            raise self.mistake(
                node, f"the list `{name}` is empty", "put something in, or leave it out"
            )
        return Choices(tuple(self.lists[name]), name)

    def as_choices(self, parts: Sequence[exp.Expr], kind: Kind) -> Choices:
        values: list[int | float | str] = []
        for part in parts:
            value = self.read(part)
            if not isinstance(value, Constant) or isinstance(value.value, bool):
                snippet = self.places.snippet(part)
                hint = "text is put in single quotes; signals are compared with `=`"
                raise self.mistake(part, f"`{snippet}` is no fixed value", hint)
            if value.kind is not kind and not (value.kind in NUMERIC and kind in NUMERIC):
                message = f"`{self.places.snippet(part)}` is {KINDS[value.kind]}"
                raise self.mistake(part, f"{message}, not {KINDS[kind]}", "list values of one kind")
            values.append(value.value)
        return Choices(tuple(values))

    def only_plain(self, node: exp.Expr) -> None:
        """Refuse what SQLGlot may hang on a part that we know: quantifiers, types, aliases."""
        if any(value and argument not in _PLAIN for argument, value in node.args.items()):
            raise self.stranger(node)

    def stranger(self, node: exp.Expr) -> Mistake:
        snippet = self.places.snippet(node)
        hint = "the reference lists the operators and functions that can"
        return self.mistake(node, f"`{snippet}` cannot be used in a condition", hint)

    def mistake(self, node: exp.Expr, message: str, hint: str) -> Mistake:
        return Mistake(Problem(*self.places.span(node), message, hint))


def _literal(node: exp.Literal) -> Constant:
    if node.is_string:
        return Constant(node.this, Kind.TEXT)
    if "." in node.this:
        return Constant(float(node.this), Kind.NUMBER)
    return Constant(int(node.this), Kind.INTEGER)


def _takes(form: Form, count: int) -> bool:
    return count == len(form.parameters) or (form.more and count > len(form.parameters))


def _described(first: Value, parts: Sequence[exp.Expr]) -> str:
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else " alone"
    return KINDS[first.kind] + more


def _has_nullif(node: exp.Expr) -> bool:
    return any(call.name == NULLIF.name for call in node.find_all(exp.Anonymous))
