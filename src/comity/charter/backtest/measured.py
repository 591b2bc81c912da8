"""Raw events, measured and counted on the way into the table.

The verb is `measure_table`. Posts become rows; all other events only move the counters. What a
line says beside its event, such as a `ruling`, is a column like any other.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.charter import Charter
from comity.charter.backtest.columns import before
from comity.charter.backtest.files import EventFile
from comity.charter.backtest.needs import redefined_counters, signals_of
from comity.charter.backtest.table import EventTable, load_table
from comity.event import Event, read_event
from comity.signals import Counters, Kind, Signal, TextScorer, Value, measure_all

BATCH: Final = 1_000
"""Events that are measured at once."""

_BLANKS: Final[Mapping[Kind, tuple[Any, Any]]] = {
    Kind.BOOLEAN: (np.bool_, False),
    Kind.INTEGER: (np.int64, 0),
    Kind.NUMBER: (np.float64, 0.0),
}
"""How an array of the kind is typed, and what stands under its mask."""


class Told(NamedTuple):
    """An event, with all that is said of it, and where: its line, or its row in a table."""

    event: Event
    says: Mapping[str, Any]
    line: int
    untold: frozenset[str] = frozenset()
    """Signals of which the event says nothing true, only what it had to."""


def measure_table(
    file: EventFile,
    charter: Charter,
    against: Charter | None,
    scorer: TextScorer,
    extras: Sequence[str],
    *,
    threads: int = 1,
    advance: Callable[[int], object] = lambda _: None,
) -> EventTable:
    """Measure the events of a raw file; `advance` is told how many are done.

    Counters are counted for each charter as it declares them. An event that comes twice happened
    once. Raises EventError or EventFileError with the place of the first mistake.
    """
    told = _told(file)
    return measure_told(
        told, file, charter, against, scorer, extras, threads=threads, advance=advance
    )


def measure_told(
    told: Iterator[Told],
    file: EventFile,
    charter: Charter,
    against: Charter | None,
    scorer: TextScorer,
    extras: Sequence[str],
    *,
    threads: int,
    advance: Callable[[int], object],
) -> EventTable:
    """Measure events from a file, however it told them."""
    signals = dict(signals_of(charter, against))
    redefined = redefined_counters(charter, against)
    signals |= {before(name): replace(signals[name], name=before(name)) for name in redefined}
    gathered: dict[str, list[Any]] = {name: [] for name in (*signals, *extras)}
    count = _counting(charter, against, redefined)
    lines: list[int] = []
    others = 0
    while batch := list(islice(told, BATCH)):
        counts = [count(one.event) for one in batch]
        posts = [place for place, one in enumerate(batch) if one.event.type.brings_text]
        measured = measure_all(
            [batch[place].event for place in posts], scorer, [counts[place] for place in posts]
        )
        for place, values in zip(posts, measured, strict=True):
            lines.append(batch[place].line)
            _gather(gathered, signals, extras, batch[place], values.values)
        others += len(batch) - len(posts)
        advance(len(batch))
    # Back into the order of the file, whatever order they were told in.
    order = sorted(range(len(lines)), key=lines.__getitem__)
    columns = {name: _array(signals.get(name), values)[order] for name, values in gathered.items()}
    lines.sort()
    table = load_table(file, columns, lines, signals, extras, threads=threads)
    return replace(table, measured=True, not_posts=others, redefined=redefined)


def _told(file: EventFile) -> Iterator[Told]:
    """Each event once."""
    seen = set()
    for number, text in file.lines():
        event = read_event(text, file=str(file.path), line=number)
        if (name := (event.source, event.id)) not in seen:
            seen.add(name)
            post, author = event.data.post, event.data.author
            inside = {"author": author and author.id, "thread": post and post.thread}
            yield Told(event, json.loads(text) | inside, number)


def _counting(
    charter: Charter, against: Charter | None, redefined: Sequence[str]
) -> Callable[[Event], Mapping[str, int]]:
    ours, theirs = Counters(charter.counters), Counters(against.counters if against else ())

    def count(event: Event) -> Mapping[str, int]:
        old = theirs.observe(event)
        return {**old, **ours.observe(event), **{before(name): old[name] for name in redefined}}

    return count


def _gather(
    gathered: Mapping[str, list[Any]],
    signals: Mapping[str, Signal],
    extras: Sequence[str],
    told: Told,
    measured: Mapping[str, Value],
) -> None:
    for name in signals:
        gathered[name].append(None if name in told.untold else measured[name])
    for name in extras:
        if name not in signals:
            known = None if name in told.untold else measured.get(name)
            value = told.says.get(name) if known is None else known
            gathered[name].append(None if value is None else str(value))


def _array(signal: Signal | None, values: list[Value]) -> NDArray[Any]:
    """What was measured of one signal, None masked; texts and lists as the table reads them."""
    if signal is None or signal.kind is Kind.TEXT:
        return np.array(values, dtype=object)
    if signal.kind is Kind.TEXTS:
        lists = [None if value is None else json.dumps(value) for value in values]
        return np.array(lists, dtype=object)
    dtype, blank = _BLANKS[signal.kind]
    filled = [blank if value is None else value for value in values]
    return np.ma.array(filled, dtype=dtype, mask=[value is None for value in values])
