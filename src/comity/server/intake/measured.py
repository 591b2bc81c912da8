"""What is known of an event by itself, before it is recorded: `measure_events` gives `Measured`."""

from collections.abc import Sequence
from dataclasses import dataclass

from comity.event import Event
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
