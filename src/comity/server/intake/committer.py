"""The committer: one thread that records what many requests bring, sharing each commit among them.

A commit to disk costs the same for one event as for hundreds. So while one group is being written
the next one gathers, and all its requests are answered together once it is safe.
"""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Condition, Lock, Thread
from typing import Final

import structlog

from comity.event import Event
from comity.server import metrics
from comity.server.problems import Problem

GROUP: Final = 512
"""Events that share a commit, unless a single request brings more."""
MAX_WAITING: Final = 20_000
"""Events that may wait. What comes above is told to come again: waiting longer helps nobody."""

Answer = list[bytes] | Problem
"""The decisions for one request, as JSON in the order of its events; or why it is refused."""

_log = structlog.get_logger()


class _Request:
    """The events of one request, and a lock that is let go once it has its answer.

    A Future would do as well; a bare lock costs a tenth of it, and there is one for each request.
    """

    __slots__ = ("_done", "answer", "events")

    def __init__(self, events: Sequence[Event]) -> None:
        self.events = events
        self.answer: Answer = []
        self._done = Lock()
        self._done.acquire()

    def settle(self, answer: Answer) -> None:
        self.answer = answer
        self._done.release()

    def wait(self) -> list[bytes]:
        self._done.acquire()
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


class Committer:
    """Gathers requests into groups and has `record` record them, one group after the other."""

    def __init__(self, record: Callable[[Sequence[Sequence[Event]]], Sequence[Answer]]) -> None:
        self._record = record
        self._waiting: deque[_Request] = deque()
        self._count = 0
        self._changed = Condition()
        self._stopping = False
        self._thread = Thread(target=self._run, name="committer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Record what waits, then end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def commit(self, events: Sequence[Event]) -> list[bytes]:
        """Record the events of one request and return their decisions, once they are on disk.

        Raises Problem: 503 if too many wait already, or what `record` refuses the request with.
        """
        request = _Request(events)
        with self._changed:
            if self._stopping or self._count + len(events) > MAX_WAITING:
                raise Problem(
                    503, hint="send the same again in a second", headers={"Retry-After": "1"}
                )
            self._waiting.append(request)
            self._count += len(events)
            self._changed.notify()
        return request.wait()

    def _run(self) -> None:
        while group := self._take():
            self._settle(group)

    def _take(self) -> list[_Request]:
        """Wait for requests and take those that fit one group; none once stopped."""
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            group: list[_Request] = []
            room = GROUP
            while self._waiting and (not group or len(self._waiting[0].events) <= room):
                group.append(self._waiting.popleft())
                room -= len(group[-1].events)
            self._count -= GROUP - room
            metrics.WAITING.set(self._count)
            return group

    def _settle(self, group: list[_Request]) -> None:
        try:
            answers = self._record([request.events for request in group])
        except Exception as error:
            if len(group) > 1:
                # Whatever one of them brought, the others are not to suffer from it.
                for request in group:
                    self._settle([request])
            else:
                _log.error("recording failed", events=len(group[0].events), exc_info=error)
                group[0].settle(Problem(500, "the events could not be recorded"))
            return
        for request, answer in zip(group, answers, strict=True):
            request.settle(answer)
