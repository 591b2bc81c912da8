"""The companions that every event goes through: one measures it, the other decides and records.

The noun is `Crew`. What a text says depends on nothing that is stored, so one measures the next
events while the other writes.
"""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from comity.server import metrics
from comity.server.intake.committer import Answer
from comity.server.intake.companion import Companion, Keeper, Work
from comity.server.intake.measured import measure_requests, unpack
from comity.server.intake.record import Recorded, Recorder
from comity.server.problems import Problem
from comity.signals import TextScorer


class Crew:
    """Make it while there is one thread, and nothing is connected to the database."""

    def __init__(self, scorer: TextScorer, recorder: Recorder) -> None:
        self.keeper: Final = Keeper(
            {
                "measuring": lambda: partial(measure_requests, scorer=scorer),
                "recording": lambda: _recording(recorder),
            }
        )
        self._measurer = Companion(self.keeper, "measuring")
        self._recorder = Companion(self.keeper, "recording")

    def measure(self, requests: Sequence[bytes]) -> list[bytes]:
        """Measure the events of requests, each a JSON array, for `record`."""
        measured: list[bytes] = self._measurer.ask(requests)
        return measured

    def record(self, requests: Sequence[bytes]) -> list[Answer]:
        """Record what was measured, and return the answers. Raises Problem as a Recorder does."""
        recorded: Recorded | Problem = self._recorder.ask(requests)
        if isinstance(recorded, Problem):
            raise recorded
        _count(recorded)
        return recorded.answers


def _recording(recorder: Recorder) -> Work:
    def record(requests: Sequence[bytes]) -> Any:
        try:
            return recorder.record([unpack(request) for request in requests])
        except Problem as problem:
            return problem

    with suppress(Problem):
        recorder.record([])  # what it must know is read before anyone waits
    return record


def _count(recorded: Recorded) -> None:
    metrics.REPEATED.inc(recorded.repeated)
    metrics.SUSPENDED.inc(recorded.suspended)
    events = sum(recorded.remedies.values())
    if events:
        metrics.GROUPS.observe(events)
        metrics.COMMIT_SECONDS.observe(recorded.seconds)
    for remedy, count in recorded.remedies.items():
        metrics.DECISIONS.labels(remedy).inc(count)
