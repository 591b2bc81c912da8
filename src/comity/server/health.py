"""Whether events can be recorded: what the committer met a moment ago, and a try of our own."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.db.models import QuerySet

from comity.server.database import explain
from comity.server.intake.committer import Committer
from comity.server.members.models import Community

_FRESH: Final = 5.0
"""Seconds for which the answer to a write is kept: anyone may ask, and each write is a real one."""


class Health:
    """What keeps a server from recording."""

    def __init__(self, committer: Committer, community: Community) -> None:
        self._committer = committer
        self._community = community
        self._found = ""
        self._tried = float("-inf")
        self._lock = Lock()

    def trouble(self) -> str:
        """What is wrong, in words; empty while all is well."""
        if not self._committer.alive:
            return "the committer has stopped"
        return self._committer.trouble or _attempt(self._same.exists) or self._write()

    def _write(self) -> str:
        """Commit what changes nothing: a full disk shows by no less."""
        with self._lock:
            if monotonic() - self._tried > _FRESH:
                self._found = _attempt(lambda: self._same.update(slug=self._community.slug))
                self._tried = monotonic()
            return self._found

    @property
    def _same(self) -> QuerySet[Community]:
        return Community.objects.filter(pk=self._community.pk)


def _attempt(act: Callable[[], object]) -> str:
    try:
        act()
    except (DatabaseError, InterfaceError) as error:
        close_old_connections()
        return f"events cannot be recorded: {explain(error)}"
    return ""
