"""The names that a charter's conditions can use: everybody's signals, and its own counters."""

from collections.abc import Iterable, Mapping

from comity.signals import CATALOGUE, Kind, Signal, Source

_MEANING = {"en": "A counter that the charter declares.", "zh-Hans": "公约声明的计数器。"}


def catalogue_with(counters: Iterable[str]) -> Mapping[str, Signal]:
    """The catalogue and the counters named."""
    return {**CATALOGUE, **{name: counter_signal(name) for name in counters}}


def counter_signal(name: str) -> Signal:
    return Signal(name, Kind.INTEGER, Source.COUNTER, _MEANING, low=0.0)
