"""What is known of an event by itself, before it is recorded: `measure_events` gives `Measured`."""

import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from comity.event import Event, read_events
from comity.signals import Signals, TextScorer, measure_all


@dataclass(frozen=True, slots=True)
class Measured:
    """An event, the JSON that is kept of it, and its signals but for the charter's counters."""

    event: Event
    body: str
    signals: Signals


def measure_events(events: Sequence[Event], scorer: TextScorer) -> list[Measured]:
    """Measure events, in order."""
    return [
        Measured(event, event.model_dump_json(exclude_none=True), signals)
        for event, signals in zip(events, measure_all(events, scorer), strict=True)
    ]


def measure_requests(requests: Sequence[bytes], scorer: TextScorer) -> list[bytes]:
    """Measure the events of requests, each a JSON array of them, and pack each for `unpack`."""
    read = [read_events(request) for request in requests]
    measured = iter(measure_events(list(chain.from_iterable(read)), scorer))
    return [_pack(islice(measured, len(events))) for events in read]


def _pack(measured: Iterable[Measured]) -> bytes:
    # Without the events, which are sooner read from their JSON than pickled.
    return pickle.dumps([(each.body, each.signals) for each in measured])


def unpack(packed: bytes) -> list[Measured]:
    """What `measure_requests` packed, which nobody else may have."""
    kept: list[tuple[str, Signals]] = pickle.loads(packed)  # noqa: S301  from a companion of ours
    events = read_events(f"[{','.join(body for body, _ in kept)}]")
    return [
        Measured(event, body, signals) for event, (body, signals) in zip(events, kept, strict=True)
    ]
