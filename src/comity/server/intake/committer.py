"""The committer: two threads that record what many requests bring, sharing each commit among them.

A commit to disk costs the same for one event as for hundreds. So while one group is being written
the next one gathers, and all its requests are answered together once it is safe. Measuring needs
nothing that is stored: the next group is measured while the one before it is written.
"""

from collections import deque
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Condition, Lock, Semaphore, Thread
from time import monotonic
from typing import Final

import structlog

from comity.server import metrics
from comity.server.problems import Problem

GROUP: Final = 512
"""Events that share a commit, unless a single request brings more."""
MAX_WAITING: Final = 20_000
"""Events that may wait. What comes above is told to come again: waiting longer helps nobody."""
_MOMENT: Final = 60.0
"""Seconds for which a failure tells how things are. Things mend, and nobody may come meanwhile."""

Answer = bytes | Problem
"""The decisions for one request, as items of a JSON array in the order of its events; or why it is
refused."""
Measure = Callable[[Sequence[bytes]], Sequence[bytes]]
"""From the events of some requests, each a JSON array, to what `Record` needs of each."""
Record = Callable[[Sequence[bytes]], Sequence[Answer]]

_log = structlog.get_logger()


class _Request:
    """The events of one request, and a lock that is let go once it has its answer.

    A Future would do as well; a bare lock costs a tenth of it, and there is one for each request.
    """

    __slots__ = ("_done", "answer", "count", "events", "measured")

    def __init__(self, events: bytes, count: int) -> None:
        self.events = events
        self.count = count
        self.measured = b""
        self.answer: Answer = b""
        self._done = Lock()
        self._done.acquire()

    def settle(self, answer: Answer) -> None:
        self.answer = answer
        self._done.release()

    def wait(self) -> bytes:
        self._done.acquire()
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


_Group = list[_Request]


class Committer:
    """Gathers requests into groups, has `measure` measure them and `record` record them.

    Each of the two works on one group after the other, on its own thread.
    """

    def __init__(self, measure: Measure, record: Record) -> None:
        self._measure = measure
        self._record = record
        self._waiting: deque[_Request] = deque()
        self._count = 0
        self._changed = Condition()
        self._stopping = False
        self._measured: SimpleQueue[_Group] = SimpleQueue()
        # One measured group may lie ready: to measure more would only make the groups smaller.
        self._room = Semaphore(0)
        self._trouble, self._troubled = "", 0.0
        self._threads = (
            Thread(target=self._run_measuring, name="measurer", daemon=True),
            Thread(target=self._run_recording, name="committer", daemon=True),
        )

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Record what waits, then end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        for thread in self._threads:
            thread.join()

    @property
    def alive(self) -> bool:
        return all(thread.is_alive() for thread in self._threads)

    @property
    def trouble(self) -> str:
        """Why events could not be recorded a moment ago; empty where they could, or none came."""
        return self._trouble if monotonic() - self._troubled < _MOMENT else ""

    def commit(self, events: bytes, count: int) -> bytes:
        """Record the events of one request, a JSON array of `count`, and return their decisions as
        the items of another, once they are on disk.

        Raises Problem: 503 if too many wait already or nothing can be recorded, or what `record`
        refuses the request with.
        """
        request = _Request(events, count)
        with self._changed:
            if self._stopping or self._count + count > MAX_WAITING:
                raise Problem(
                    503, hint="send the same again in a second", headers={"Retry-After": "1"}
                )
            self._waiting.append(request)
            self._count += count
            self._changed.notify()
        return request.wait()

    def _run_measuring(self) -> None:
        group = self._take()
        while group:
            self._attempt(self._measure_group, group)
            self._measured.put(group)
            self._room.acquire()
            group = self._take()
        self._measured.put([])

    def _run_recording(self) -> None:
        while group := self._measured.get():
            self._room.release()
            with self._changed:
                self._count -= _events(group)
                metrics.WAITING.set(self._count)
            self._attempt(self._record_group, [request for request in group if request.measured])

    def _take(self) -> _Group:
        """Wait for requests and take those that fit one group; none once stopped."""
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            group: _Group = []
            room = GROUP
            while self._waiting and (not group or self._waiting[0].count <= room):
                group.append(self._waiting.popleft())
                room -= group[-1].count
            return group

    def _measure_group(self, group: _Group) -> None:
        measured = self._measure([request.events for request in group])
        for request, each in zip(group, measured, strict=True):
            request.measured = each

    def _record_group(self, group: _Group) -> None:
        answers = self._record([request.measured for request in group])
        self._trouble = ""
        for request, answer in zip(group, answers, strict=True):
            request.settle(answer)

    def _attempt(self, work: Callable[[_Group], None], group: _Group) -> None:
        """Do it for all; or else for each alone: none is to suffer from what another brought."""
        try:
            work(group)
        except Problem as problem:
            # No fault of what they bring, so to try again with each would only take longer.
            _log.error("recording failed", events=_events(group), error=str(problem))
            self._trouble, self._troubled = str(problem), monotonic()
            for request in group:
                request.settle(problem)
        except Exception as error:
            if len(group) > 1:
                for request in group:
                    self._attempt(work, [request])
            else:
                _log.error("recording failed", events=_events(group), exc_info=error)
                group[0].settle(Problem(500, "the events could not be recorded"))


def _events(group: _Group) -> int:
    return sum(request.count for request in group)
