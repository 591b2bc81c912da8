"""Measuring in a process of its own: Python runs one thread at a time, and the committer is one.

The noun is `Measurer`, the verb `measure`. Events go there as their JSON, and signals come back.
"""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Final

import structlog
from pydantic import TypeAdapter

from comity.event import Event
from comity.server import metrics
from comity.server.intake.measured import Measured
from comity.signals import Signals, TextScorer, measure_all

_EVENTS: Final = TypeAdapter(list[Event])

_log = structlog.get_logger()


class Measurer:
    """A process that measures, and its keeper, which forks another should that one die.

    There is a keeper because a process with threads, such as the caller's will be, must not fork.
    Make it while there is one thread, and call `measure` from one at a time. The scorer's memory is
    shared by all; without the caller the others end.
    """

    def __init__(self, scorer: TextScorer) -> None:
        self._keeper, asked = socket.socketpair()

        def keep() -> None:
            self._keeper.close()
            _keep(asked, scorer)

        self.keeper: Final = _fork(keep)
        asked.close()
        self._connection: Connection | None = self._connect()

    def measure(self, events: Sequence[Event]) -> list[Measured]:
        """Measure events, in order. Raises OSError or EOFError if two processes die over them."""
        bodies = [event.model_dump_json(exclude_none=True) for event in events]
        asked = f"[{','.join(bodies)}]".encode()
        try:
            signals = self._ask(asked)
        except (OSError, EOFError):
            signals = self._ask(asked)  # the events need not be to blame
        return [
            Measured(event, body, measured)
            for event, body, measured in zip(events, bodies, signals, strict=True)
        ]

    def _ask(self, events: bytes) -> list[Signals]:
        # Put back once it has answered: half an answer must not be taken for the next.
        connection, self._connection = self._connection or self._connect(), None
        try:
            connection.send_bytes(events)
            signals: list[Signals] = connection.recv()
        except (OSError, EOFError):
            metrics.MEASURERS_LOST.inc()
            _log.error("the measuring process died; another takes its place")
            raise
        self._connection = connection
        return signals

    def _connect(self) -> Connection:
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._keeper, [b"\0"], [theirs.fileno()])
        return Connection(ours.detach())


def end_with_parent() -> None:
    """Let this process not outlive the one that forked it, even if that one is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _keep(asked: socket.socket, scorer: TextScorer) -> None:
    """Fork a process for each connection that comes in, until none can."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    while connections := socket.recv_fds(asked, 1, 1)[1]:
        with Connection(connections[0]) as connection:
            _fork(lambda: _serve(connection, scorer))


def _serve(connection: Connection, scorer: TextScorer) -> None:
    """Measure what comes in, until nothing can."""
    while True:
        try:
            events = connection.recv_bytes()
        except EOFError:
            return
        connection.send(measure_all(_EVENTS.validate_json(events), scorer))


def _fork(work: Callable[[], None]) -> int:
    """Do `work` in a new process, and return its number."""
    number = os.fork()
    if number:
        return number
    try:
        end_with_parent()
        # A terminal or a supervisor may tell all of them to stop; who still needs this one says so
        # by ending.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        work()
        os._exit(0)
    except BaseException as error:
        _log.error("measuring failed", exc_info=error)
    finally:
        os._exit(1)
