"""What time brings: strikes lapse, cases grow old, remedies are given up."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread
from typing import Final

import structlog
from django.db import close_old_connections, transaction
from django.utils import timezone

from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Community
from comity.server.review.lifecycles import STRIKE, StrikeState
from comity.server.review.models import Strike
from comity.server.review.services.queues import escalate
from comity.server.review.services.remedies import give_up

_PAUSE: Final = 30.0
"""Seconds between two looks."""

_log = structlog.get_logger()


@transaction.atomic
def lapse(community: Community, now: datetime) -> int:
    """End the strikes whose time is up, and return how many; standing has known it before."""
    counting = Strike.objects.filter(community=community, state=StrikeState.COUNTING.value)
    state = STRIKE.step(StrikeState.COUNTING, "lapse", SYSTEM)
    return counting.filter(expires__lte=now).update(state=state, ended=now)


DUTIES: Final[tuple[Callable[[Community, datetime], int], ...]] = (lapse, escalate, give_up)
"""Each is one transaction, does nothing when there is nothing to do, and may be done again."""


class Clock:
    """Does what time brings, every half minute."""

    def __init__(self, community: Community) -> None:
        self._community = community
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
        for duty in DUTIES:
            try:
                done = duty(self._community, now)
            except Exception:
                # The database was busy, say. What is due is still due the next time.
                _log.exception("clock failed", duty=duty.__name__)
            else:
                if done:
                    _log.info("clock", duty=duty.__name__, done=done)
