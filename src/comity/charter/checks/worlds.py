"""What conditions can and cannot do, found by trying every case that makes a difference to them.

`insult > 0.9 and words < 5` cannot tell 0.95 from 0.96, nor 3 words from 2: a signal has only as
many cases as there are bounds it is compared with, and the gaps between. A `World` picks one case
for each signal. A part that is too intricate to be taken apart (arithmetic, a pattern) may hold in
a world or not, whatever the rest is, so what is found here is certain, and not all there is.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import floor, prod
from typing import Any, Final

from comity.charter.condition import Condition
from comity.charter.condition.canonical import canonical
from comity.charter.condition.tree import (
    Among,
    And,
    Arithmetic,
    Call,
    Compare,
    Constant,
    IsNull,
    IsTruth,
    Name,
    Not,
    Or,
    Predicate,
)
from comity.charter.condition.tree import Value as Operand
from comity.charter.condition.truth import names_in, truth
from comity.signals import Kind, Signal, Value

EFFORT: Final = 200_000
"""Worlds that one check may look at in all. A charter of twenty articles needs a tenth of it."""

World = Mapping[str, Value]
"""A value for each signal, and for each intricate part, by its text, whether it holds."""

_ANYTHING: Final[World] = {}
_SOMETHING_ELSE: Final = "\0"  # which no text of a charter is


def answers(condition: Condition, found: Sequence[World]) -> list[bool | None]:
    """Whether a condition is true in each of some worlds; None: unknown."""
    tree = _taken_apart(condition.tree)
    return [truth(tree, world) for world in found]


def worlds(
    conditions: Sequence[Condition],
    catalogue: Mapping[str, Signal],
    most: int,
    given: World = _ANYTHING,
) -> list[World]:
    """All that differ for the conditions; none where there would be more than `most`.

    `given` holds in each of them. A signal is unknown only where it is given as that, or where a
    condition asks whether it is.
    """
    signals = {name for condition in conditions for name in condition.signals}
    if 2 ** len(signals - given.keys()) > most:
        return []  # as near as makes no difference, and far sooner known
    cases = {**_cases(conditions, catalogue, given), **{name: [given[name]] for name in given}}
    if prod(map(len, cases.values())) > most:
        return []
    return [dict(zip(cases, world, strict=True)) for world in product(*cases.values())]


def leaves(part: Predicate) -> Iterator[Predicate]:
    """The parts that are joined with `and`, `or`, `not`."""
    match part:
        case And(parts=parts) | Or(parts=parts):
            for each in parts:
                yield from leaves(each)
        case Not(part=inner) | IsTruth(part=inner):
            yield from leaves(inner)
        case _:
            yield part


def _taken_apart(part: Predicate) -> Predicate:
    """The same with each intricate part made a name, which a world knows."""
    match part:
        case And(parts=parts):
            return And(tuple(map(_taken_apart, parts)))
        case Or(parts=parts):
            return Or(tuple(map(_taken_apart, parts)))
        case Not(part=inner):
            return Not(_taken_apart(inner))
        case IsTruth(part=inner, truth=wanted):
            return IsTruth(_taken_apart(inner), wanted)
        case _:
            return part if _is_simple(part) else Name(canonical(part), Kind.BOOLEAN)


def _is_simple(leaf: Predicate) -> bool:
    """Whether a leaf asks one thing of one signal."""
    match leaf:
        case Name() | Constant():
            return True
        case Compare(left=Name(), right=Constant()) | Compare(left=Constant(), right=Name()):
            return True
        case Among(value=Name()) | IsNull(value=Name()):
            return True
        case _:
            return False


def _cases(
    conditions: Sequence[Condition], catalogue: Mapping[str, Signal], given: World
) -> dict[str, list[Value]]:
    bounds: dict[str, set[Any]] = {}
    intricate: dict[str, list[Value]] = {}
    for condition in conditions:
        for leaf in leaves(condition.tree):
            if not _is_simple(leaf):
                intricate[canonical(leaf)] = [None] if _is_unknown(leaf, given) else [True, False]
                continue
            for name in names_in(leaf):
                bounds.setdefault(name, set()).update(_bounds(leaf))
    asked = {name for condition in conditions for name in _asked_after(condition.tree)}
    return {
        **{name: _around(found, catalogue[name]) for name, found in bounds.items()},
        **intricate,
        **{name: [*_around(bounds[name], catalogue[name]), None] for name in asked & set(bounds)},
    }


def _is_unknown(leaf: Predicate, given: World) -> bool:
    """Arithmetic with an unknown is unknown; of functions we cannot tell."""
    if not isinstance(leaf, Compare) or _calls(leaf.left) or _calls(leaf.right):
        return False
    return any(name in given and given[name] is None for name in names_in(leaf))


def _calls(value: Operand) -> bool:
    match value:
        case Arithmetic(left=left, right=right):
            return _calls(left) or _calls(right)
        case _:
            return isinstance(value, Call)


def _bounds(leaf: Predicate) -> Iterator[Value]:
    match leaf:
        case Compare(left=Constant(value=bound)) | Compare(right=Constant(value=bound)):
            yield bound
        case Among(choices=choices):
            yield from choices.values


def _around(bounds: set[Any], signal: Signal) -> list[Value]:
    """Each bound, and one value of each gap between them, inside the signal's range."""
    if signal.kind is Kind.BOOLEAN:
        return [True, False]
    if signal.kind in (Kind.TEXT, Kind.TEXTS):
        return [*bounds, _SOMETHING_ELSE]
    low, high = signal.low, signal.high
    ends = {end for end in (low, high) if end is not None}
    marks = sorted(bounds | ends) or [0]
    marks = [marks[0] - 1, *marks, marks[-1] + 1]
    between = (
        (a + b) / 2 if signal.kind is Kind.NUMBER else floor(a) + 1 for a, b in pairwise(marks)
    )
    return [
        case
        for case in sorted({*marks, *between})
        if (low is None or case >= low)
        and (high is None or case <= high)
        and (signal.kind is Kind.NUMBER or case == floor(case))
    ]


def _asked_after(part: Predicate) -> Iterator[str]:
    """The signals of which it is asked whether they are known."""
    match part:
        case And(parts=parts) | Or(parts=parts):
            for each in parts:
                yield from _asked_after(each)
        case Not(part=inner):
            yield from _asked_after(inner)
        case IsNull() | IsTruth():
            yield from names_in(part)
