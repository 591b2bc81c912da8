"""What an article asks for beside what was measured: each comparison of a condition as a reading.

The noun is `Reading`, with a `Bar` where a number is compared with a number: the value, the
threshold, and the part of the scale where the comparison holds.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from comity.charter import Charter, Condition
from comity.charter.condition.tree import (
    Among,
    And,
    Compare,
    Comparison,
    Constant,
    IsNull,
    Name,
    Not,
    Or,
    Predicate,
)
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


_COMPARE: Final[Mapping[Comparison, Callable[[Number, Number], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SIGNS: Final[Mapping[Comparison, str]] = {"<=": "≤", ">=": "≥", "<>": "≠"}
_TURNED: Final[Mapping[Comparison, Comparison]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def readings(
    condition: Condition, charter: Charter, values: Mapping[str, Value]
) -> tuple[Reading, ...]:
    """Lay a condition out against what was measured, in the order in which it is written."""
    found = [_reading(leaf, yes, charter, values) for leaf, yes in _leaves(condition.tree, True)]
    told = {reading.signal for reading in found if reading}
    plain = [
        Reading(name, shown(values.get(name)), "", None)
        for name in condition.signals
        if name not in told
    ]
    return tuple(reading for reading in found if reading) + tuple(plain)


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


def _reading(
    leaf: Predicate, wanted: bool, charter: Charter, values: Mapping[str, Value]
) -> Reading | None:
    match leaf:
        case Name(name):
            value = values.get(name)
            met = None if value is None else value is wanted
            return Reading(name, shown(value), shown(wanted), met)
        case Compare(sign, Name(name, kind), Constant(limit)):
            return _comparison(name, kind, sign, limit, wanted, charter, values)
        case Compare(sign, Constant(limit), Name(name, kind)):
            turned = _TURNED.get(sign, sign)
            return _comparison(name, kind, turned, limit, wanted, charter, values)
        case Among(Name(name), choices):
            value = values.get(name)
            test = choices.name or words.listed(shown(choice) for choice in choices.values)
            test = (_("one of %(names)s") if wanted else _("none of %(names)s")) % {"names": test}
            met = None if value is None else (value in choices.values) is wanted
            return Reading(name, shown(value), test, met)
        case IsNull(Name(name)):
            value = values.get(name)
            test = _("unknown") if wanted else _("known")
            return Reading(name, shown(value), test, (value is None) is wanted)
    return None


def _comparison(
    name: str,
    kind: Kind,
    sign: Comparison,
    limit: object,
    wanted: bool,
    charter: Charter,
    values: Mapping[str, Value],
) -> Reading:
    if not wanted:
        sign = _OPPOSITE[sign]
    value = values.get(name)
    test = f"{_SIGNS.get(sign, sign)} {shown(limit)}"
    if not isinstance(limit, Number) or not isinstance(value, Number):
        met = None if value is None else (value == limit) is (sign == "=")
        return Reading(name, shown(value), test, met)
    met = _COMPARE[sign](value, limit)
    return Reading(name, shown(value), test, met, _bar(charter.catalogue[name], sign, value, limit))


_OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "=": "<>",
    "<>": "=",
}


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
            return f"{value:.2f}"
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
