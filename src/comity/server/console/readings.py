"""What an article asks for beside what was measured: each comparison of a condition as a reading.

The noun is `Reading`, with a `Bar` where a number is compared with a number: the value, the
threshold, and the part of the scale where the comparison holds.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from comity.charter import Condition
from comity.charter.condition.functions import COALESCE
from comity.charter.condition.tree import (
    Among,
    And,
    Call,
    Choices,
    Compare,
    Comparison,
    Constant,
    IsNull,
    Name,
    Not,
    Or,
    Predicate,
)
from comity.charter.condition.tree import Value as Operand
from comity.charter.condition.truth import truth
from comity.decisions import WHOLE_TEXTS
from comity.server.console import words
from comity.signals import Kind, Signal, Value

Number = int | float


@dataclass(frozen=True, slots=True)
class Bar:
    """A value on its scale, everything in percent of the width."""

    value: float
    threshold: float
    zone: float
    zone_width: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A signal, what was measured, what is asked of it, and whether that is met.

    `shown` is empty where the signal is unknown; `test` where what is asked takes more than a
    word, and the condition itself has to say it.
    """

    signal: str
    shown: str
    test: str
    met: bool | None
    bar: Bar | None = None


_SIGNS: Final[Mapping[Comparison, str]] = {"<=": "≤", ">=": "≥", "<>": "≠"}
_TURNED: Final[Mapping[Comparison, Comparison]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "=": "<>",
    "<>": "=",
}


def readings(
    condition: Condition, catalogue: Mapping[str, Signal], values: Mapping[str, Value]
) -> tuple[Reading, ...]:
    """Lay a condition out against what was measured, in the order in which it is written."""
    bench = _Bench(catalogue, values)
    found = [bench.reading(leaf, wanted) for leaf, wanted in _leaves(condition.tree, True)]
    simple = [reading for reading in found if reading]
    told = {reading.signal for reading in simple}
    rest = [name for name in condition.signals if name not in told]
    return (*simple, *(Reading(name, _of(name, values), "", None) for name in rest))


def _of(name: str, values: Mapping[str, Value]) -> str:
    """What was measured. A decision does not repeat the post, which is known all the same."""
    return _("the post itself") if name in WHOLE_TEXTS else shown(values.get(name))


def _leaves(part: Predicate, wanted: bool) -> Iterator[tuple[Predicate, bool]]:
    """The predicates without connectives, and whether each is wanted to be true."""
    match part:
        case And(parts) | Or(parts):
            for inner in parts:
                yield from _leaves(inner, wanted)
        case Not(inner):
            yield from _leaves(inner, not wanted)
        case _:
            yield part, wanted


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where predicates are held against values."""

    catalogue: Mapping[str, Signal]
    values: Mapping[str, Value]

    def reading(self, leaf: Predicate, wanted: bool) -> Reading | None:
        """Read a predicate about one signal; None for any that is more than that."""
        match leaf:
            case Name(name):
                return self.told(name, shown(wanted), leaf, wanted)
            case Compare(sign, Call(function, parts), Constant() as limit) if function is COALESCE:
                return self.reading(Compare(sign, self.first_known(parts), limit), wanted)
            case Compare(sign, Name(name), Constant(limit)):
                asked = sign if wanted else _OPPOSITE[sign]
                bound = f"{limit:g}" if isinstance(limit, float) else shown(limit)
                test = f"{_SIGNS.get(asked, asked)} {bound}"
                return self.told(name, test, leaf, wanted, self.bar(name, asked, limit))
            case Compare(sign, Constant() as limit, Name() as name):
                return self.reading(Compare(_TURNED.get(sign, sign), name, limit), wanted)
            case Among(Name(name), choices):
                names = choices.name or words.listed(shown(choice) for choice in choices.values)
                test = _("one of %(names)s") if wanted else _("none of %(names)s")
                return self.told(name, test % {"names": names}, leaf, wanted)
            case IsNull(Name(name)):
                return self.told(name, _("unknown") if wanted else _("known"), leaf, wanted)
        return None

    def first_known(self, parts: Sequence[Operand | Choices]) -> Operand:
        """What `coalesce` goes by here: the first of its parts that is known."""
        operands = [part for part in parts if not isinstance(part, Choices)]
        known = (part for part in operands if not truth(IsNull(part), self.values))
        return next(known, operands[0])

    def told(
        self, name: str, test: str, leaf: Predicate, wanted: bool, bar: Bar | None = None
    ) -> Reading:
        met = truth(leaf, self.values)
        return Reading(
            name, _of(name, self.values), test, None if met is None else met is wanted, bar
        )

    def bar(self, name: str, sign: Comparison, limit: object) -> Bar | None:
        value = self.values.get(name)
        # Of a signal that is yes or no, Python would count both as numbers.
        drawn = self.catalogue[name].kind in (Kind.INTEGER, Kind.NUMBER)
        if drawn and isinstance(value, Number) and isinstance(limit, Number):
            return _bar(self.catalogue[name], sign, value, limit)
        return None


def _bar(signal: Signal, sign: Comparison, value: Number, limit: Number) -> Bar:
    low = signal.low if signal.low is not None else min(0, value, limit)
    # Without an upper end the scale reaches a little beyond what has to be shown.
    high = signal.high if signal.high is not None else 1.25 * max(value, limit, low + 1)
    at = {number: _percent((number - low) / (high - low)) for number in (value, limit)}
    begin, end = {"<": (0.0, at[limit]), "<=": (0.0, at[limit])}.get(sign, (at[limit], 100.0))
    if sign in ("=", "<>"):
        begin = end = at[limit]
    return Bar(at[value], min(at[limit], 99.5), begin, round(end - begin, 1))


def _percent(share: float) -> float:
    return round(100 * min(max(share, 0.0), 1.0), 1)


def shown(value: object) -> str:
    """A value as readers see it; empty if it is unknown."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case float():
            return f"{value:.3f}"
        case tuple():
            return words.listed(value) or "–"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a condition's text; `signal` if it is the name of one."""

    text: str
    signal: bool


_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|\w+|[^\w']+|'")


def tokens(condition: Condition) -> Iterator[Token]:
    """Cut a condition's text into names of signals and what stands between them."""
    for piece in _TOKEN.findall(condition.text):
        yield Token(piece, piece in condition.signals)
