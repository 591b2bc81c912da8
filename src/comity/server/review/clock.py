"""What time brings: strikes lapse, cases grow old, remedies are given up, juries are drawn."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from threading import Event, Thread
from typing import Final

import structlog
from django.db import close_old_connections, transaction
from django.utils import timezone

from comity.ledger import SigningKey
from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Community
from comity.server.review.appeals.court import Court
from comity.server.review.appeals.duties import HEARINGS
from comity.server.review.lifecycles import STRIKE, StrikeState
from comity.server.review.models import Strike
from comity.server.review.services.queues import escalate
from comity.server.review.services.remedies import give_up

_PAUSE: Final = 10.0
"""Seconds between two looks."""

_log = structlog.get_logger()


@transaction.atomic
def lapse(community: Community, now: datetime) -> int:
    """End the strikes whose time is up, and return how many; standing has known it before."""
    counting = Strike.objects.filter(community=community, state=StrikeState.COUNTING.value)
    state = STRIKE.step(StrikeState.COUNTING, "lapse", SYSTEM)
    return counting.filter(expires__lte=now).update(state=state, ended=now)


DUTIES: Final[tuple[Callable[[Community, datetime], int], ...]] = (lapse, escalate, give_up)
"""Each does nothing when there is nothing to do, and may be done again; so do `HEARINGS`."""


class Clock:
    """Does what time brings, every ten seconds."""

    def __init__(self, community: Community, signer: SigningKey) -> None:
        self._community, self._signer = community, signer
        self._stop = Event()
        self._thread = Thread(target=self._run, name="clock", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_PAUSE):
            self.tick(timezone.now())
            close_old_connections()

    def tick(self, now: datetime) -> None:
        for name, duty in self._duties(now):
            try:
                done = duty()
            except Exception:
                # The database was busy, say. What is due is still due the next time.
                _log.exception("clock failed", duty=name)
            else:
                if done:
                    _log.info("clock", duty=name, done=done)

    def _duties(self, now: datetime) -> Iterator[tuple[str, Callable[[], int]]]:
        for duty in DUTIES:
            yield duty.__name__, partial(duty, self._community, now)
        for hearing in HEARINGS:
            yield hearing.__name__, partial(hearing, Court(self._community, self._signer, now))
