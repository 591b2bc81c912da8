"""From a syntax tree to a condition's: what is on the list is typed, all else is refused."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from sqlglot import exp

from comity.charter.condition.number import FLIPPED, range_remark
from comity.charter.condition.parse import Places, parse
from comity.charter.condition.pattern import fault_of_like
from comity.charter.condition.problem import ConditionError, Problem
from comity.charter.condition.scan import scan
from comity.charter.condition.tree import (
    Among,
    And,
    Call,
    Compare,
    Comparison,
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
from comity.charter.condition.values import KINDS, NUMERIC, Mistake, Values
from comity.signals import Kind, Signal

_COMPARISONS: Final[Mapping[type[exp.Expr], Comparison]] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}


def read(
    text: str, catalogue: Mapping[str, Signal], lists: Mapping[str, tuple[str, ...]]
) -> tuple[Predicate, tuple[str, ...], tuple[Problem, ...]]:
    """Read a condition: its tree, the signals in it, and remarks on what it says.

    Raises ConditionError with every mistake that can be told apart.
    """
    tokens = scan(text, {*catalogue, *lists})
    if isinstance(tokens, Problem):
        raise ConditionError(text, [tokens])
    parsed = parse(text, tokens)
    if isinstance(parsed, Problem):
        raise ConditionError(text, [parsed])
    reader = _Predicates(Values(Places(text, tokens), catalogue, lists))
    tree = reader.read(parsed)
    if reader.problems:
        raise ConditionError(text, sorted(reader.problems, key=lambda problem: problem.begin))
    return tree, tuple(sorted(reader.values.signals)), tuple(reader.remarks)


class _Predicates:
    """Reads the predicates of one condition."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []

    def read(self, node: exp.Expr) -> Predicate:
        """Read a part; of a mistaken one, note the mistake and hold its place."""
        try:
            return self.part(node)
        except Mistake as mistake:
            self.problems.append(mistake.problem)
            return Constant(True, Kind.BOOLEAN)

    def part(self, node: exp.Expr) -> Predicate:
        tree = self.positive(node)
        return Not(tree) if node.args.get("negate") else tree

    def positive(self, node: exp.Expr) -> Predicate:
        self.values.only_plain(node)
        match node:
            case exp.Paren():
                return self.part(node.this)
            case exp.And():
                return _all_of(self.read(part) for part in _spine(node, exp.And))
            case exp.Or():
                return Or(tuple(self.read(part) for part in _spine(node, exp.Or)))
            case exp.Not():
                return Not(self.part(node.this))
            case exp.Between():
                return self.between(node)
            case exp.In():
                return self.among(node)
            case exp.Like():
                return self.like(node)
            case exp.Is():
                return self.question(node)
        if comparison := _COMPARISONS.get(type(node)):
            return self.compare(node, comparison, node.args["this"], node.args["expression"])
        return self.boolean(node)

    def boolean(self, node: exp.Expr) -> Predicate:
        """Read what is true or false by itself: a signal, a function, `true`."""
        value = self.values.read(node)
        if value.kind is Kind.BOOLEAN and isinstance(value, Name | Constant | Call):
            return value
        snippet = self.values.places.snippet(node)
        raise self.values.mistake(
            node,
            f"`{snippet}` is {KINDS[value.kind]}, and a condition has to be true or false",
            f"write it like `{_EXAMPLES[value.kind].format(snippet)}`",
        )

    def compare(
        self, node: exp.Expr, comparison: Comparison, left: exp.Expr, right: exp.Expr
    ) -> Compare:
        if isinstance(left, exp.Null) or isinstance(right, exp.Null):
            other = self.values.places.snippet(right if isinstance(left, exp.Null) else left)
            negation = "not " if comparison == "<>" else ""
            hint = f"write `{other} is {negation}null`"
            raise self.values.mistake(node, "nothing can be compared with null", hint)
        a, b = self.values.read(left), self.values.read(right)
        if isinstance(a, Constant) and isinstance(b, Constant):
            raise self.values.mistake(
                node, "this compares two fixed values", "compare a signal with one"
            )
        self.check_kinds(node, comparison, (left, a), (right, b))
        self.remark(node, comparison, a, b)
        self.remark(node, FLIPPED[comparison], b, a)
        return Compare(comparison, a, b)

    def check_kinds(
        self,
        node: exp.Expr,
        comparison: Comparison,
        left: tuple[exp.Expr, Value],
        right: tuple[exp.Expr, Value],
    ) -> None:
        a, b = left[1].kind, right[1].kind
        if a is not b and not (a in NUMERIC and b in NUMERIC):
            # The signal is the subject of the sentence, whichever side it stands on.
            subject, other = (right, left) if isinstance(left[1], Constant) else (left, right)
            snippet = self.values.places.snippet(subject[0])
            raise self.values.mistake(
                node,
                f"`{snippet}` is {KINDS[subject[1].kind]} and cannot be compared with "
                f"{KINDS[other[1].kind]}",
                _HINTS[subject[1].kind],
            )
        if a is Kind.TEXTS:
            message = "lists of texts cannot be compared"
            raise self.values.mistake(node, message, _HINTS[Kind.TEXTS])
        if a is Kind.BOOLEAN:
            simple = all(isinstance(side[1], Name | Constant) for side in (left, right))
            if comparison not in ("=", "<>") or not simple:
                message = "what is true or false is not compared like this"
                raise self.values.mistake(node, message, _HINTS[Kind.BOOLEAN])

    def remark(self, node: exp.Expr, comparison: Comparison, name: Value, bound: Value) -> None:
        if not isinstance(name, Name) or not isinstance(bound, Constant):
            return
        if isinstance(bound.value, int | float) and bound.kind in NUMERIC:
            signal = self.values.catalogue[name.name]
            if found := range_remark(signal, comparison, bound.value):
                self.remarks.append(Problem(*self.values.places.span(node), *found))

    def between(self, node: exp.Expr) -> And:
        value, low, high = (node.args[part] for part in ("this", "low", "high"))
        return And((self.compare(node, ">=", value, low), self.compare(node, "<=", value, high)))

    def among(self, node: exp.Expr) -> Among:
        value = self.values.read(node.this)
        snippet = self.values.places.snippet(node.this)
        if isinstance(value, Constant):
            field = node.args.get("field")
            name = self.values.places.snippet(field) if field else "link_domains"
            hint = f"to look into a list of texts write `contains({name}, {snippet})`"
            raise self.values.mistake(node, f"`{snippet}` is no signal", hint)
        if value.kind not in (Kind.TEXT, *NUMERIC):
            message = f"`{snippet}` is {KINDS[value.kind]} and cannot be looked up with `in`"
            raise self.values.mistake(node, message, _HINTS[value.kind])
        if field := node.args.get("field"):
            return Among(value, self.values.choices(field, value.kind))
        for part in node.expressions:
            if isinstance(part, exp.Column) and part.name in self.values.lists:
                hint = f"write `{snippet} in {part.name}`"
                message = f"the list `{part.name}` stands without parentheses"
                raise self.values.mistake(node, message, hint)
        return Among(value, self.values.as_choices(node.expressions, value.kind))

    def like(self, node: exp.Expr) -> Like:
        subject, written = node.this, node.args["expression"]
        value, pattern = self.values.read(subject), self.values.read(written)
        if value.kind is not Kind.TEXT or isinstance(value, Constant):
            message = f"`{self.values.places.snippet(subject)}` is no text signal"
            raise self.values.mistake(subject, message, "`like` is for text signals")
        if not isinstance(pattern, Constant) or not isinstance(pattern.value, str):
            message = "`like` needs a fixed text after it"
            raise self.values.mistake(written, message, "write it like `text like 'Re:%'`")
        if fault := fault_of_like(pattern.value):
            raise self.values.mistake(written, *fault)
        return Like(value, pattern.value)

    def question(self, node: exp.Expr) -> IsNull | IsTruth:
        """Read `is null`, `is true`, `is false`."""
        answer = node.args["expression"]
        if isinstance(answer, exp.Boolean):
            return IsTruth(self.part(node.this), bool(answer.this))
        value = self.values.read(node.this)
        if isinstance(value, Constant):
            raise self.values.mistake(
                node, "a fixed value is never null", "name a signal before `is`"
            )
        return IsNull(value)


_EXAMPLES: Final[Mapping[Kind, str]] = {
    Kind.BOOLEAN: "{}",
    Kind.INTEGER: "{} > 3",
    Kind.NUMBER: "{} >= 0.8",
    Kind.TEXT: "{} = 'zh'",
    Kind.TEXTS: "contains({}, 'a')",
}
_HINTS: Final[Mapping[Kind, str]] = {
    Kind.BOOLEAN: "write it by itself, or with `not` before it",
    Kind.INTEGER: "write a number, without quotes",
    Kind.NUMBER: "write a number, without quotes",
    Kind.TEXT: "write text in single quotes, like 'zh'",
    Kind.TEXTS: "write `contains(link_domains, 'bit.example')`",
}


def _all_of(parts: Iterable[Predicate]) -> And:
    """Join parts, those of `x between 1 and 2` among them, which is an And already."""
    return And(tuple(inner for p in parts for inner in (p.parts if isinstance(p, And) else (p,))))


def _spine(node: exp.Expr, joined: type[exp.And | exp.Or]) -> Iterator[exp.Expr]:
    """Give the parts of `a and b and …` in order, without recursion: chains may be long."""
    waiting = [node]
    while waiting:
        part = waiting.pop()
        inner = part
        while isinstance(inner, exp.Paren):
            inner = inner.this
        if isinstance(inner, joined):
            waiting += [inner.args["expression"], inner.args["this"]]
        else:
            yield part
