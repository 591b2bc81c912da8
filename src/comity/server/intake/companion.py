"""Work in processes of its own: Python runs one thread at a time, and answering needs that one.

The noun is `Companion`, the verb `ask`. A `Keeper` forks one, and another for each that dies.
"""

import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, Final

import structlog

from comity.server import metrics

Work = Callable[[Any], Any]
"""From a question to its answer, both things that can be pickled."""
_LONGEST_NAME: Final = 15
"""Bytes of a process's name, in Linux."""

_log = structlog.get_logger()


class Keeper:
    """A process that forks companions, each to do one of some kinds of work.

    There is one because a process with threads, such as the caller's will be, must not fork: make
    it while there is one thread. What the work is done with stands in memory that all share.
    Without the caller the others end.
    """

    def __init__(self, works: Mapping[str, Callable[[], Work]]) -> None:
        """Each of `works` is called in the companion that is to do it, to begin."""
        self._asked, asked = socket.socketpair()

        def keep() -> None:
            self._asked.close()
            _keep(asked, works)

        self.process: Final = _fork("keeping", keep)
        asked.close()

    def connect(self, work: str) -> Connection:
        """Have a companion forked that does the work of this name, and return the way to it."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._asked, [work.encode()], [theirs.fileno()])
        return Connection(ours.detach())

    def close(self) -> None:
        """Fork no more, and end."""
        self._asked.close()


class Companion:
    """A process that answers, as often as one takes the place of another. Ask one at a time."""

    def __init__(self, keeper: Keeper, work: str) -> None:
        self._keeper, self._work = keeper, work
        self._connection: Connection | None = keeper.connect(work)

    def ask(self, question: Any) -> Any:
        """Raises OSError or EOFError if two processes die over it."""
        try:
            return self._ask(question)
        except (OSError, EOFError):
            return self._ask(question)  # the question need not be to blame

    def _ask(self, question: Any) -> Any:
        # Put back once it has answered: half an answer must not be taken for the next.
        connection, self._connection = self._connection, None
        try:
            connection = connection or self._keeper.connect(self._work)
            connection.send(question)
            answer = connection.recv()
        except (OSError, EOFError):
            metrics.COMPANIONS_LOST.labels(self._work).inc()
            _log.error("a companion died; another takes its place", work=self._work)
            raise
        self._connection = connection
        return answer

    def close(self) -> None:
        """Let it end."""
        if self._connection is not None:
            self._connection.close()


def end_with_parent() -> None:
    """Let this process not outlive the one that forked it, even if that one is killed."""
    _prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _prctl(option: int, value: int | bytes) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value)


def _keep(asked: socket.socket, works: Mapping[str, Callable[[], Work]]) -> None:
    """Fork a companion for each connection that comes in, until none can."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    while (received := socket.recv_fds(asked, _LONGEST_NAME, 1))[1]:
        name, [descriptor] = received[0].decode(), received[1]
        with Connection(descriptor) as connection:
            _fork(name, partial(_answer, connection, works[name]))


def _answer(connection: Connection, begin: Callable[[], Work]) -> None:
    """Answer what comes in, until nothing can."""
    work = begin()
    while True:
        try:
            question = connection.recv()
        except EOFError:
            return
        connection.send(work(question))


def _fork(name: str, work: Callable[[], None]) -> int:
    """Do `work` in a new process that goes by this name, and return its number."""
    number = os.fork()
    if number:
        return number
    try:
        end_with_parent()
        _prctl(15, name.encode())  # PR_SET_NAME: what `ps` and `top` show
        # A terminal or a supervisor may tell all of them to stop; who still needs this one says so
        # by ending.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        work()
        os._exit(0)
    except BaseException as error:
        _log.error("a companion failed", exc_info=error)
    finally:
        os._exit(1)
