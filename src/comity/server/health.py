"""Whether events can be recorded: what the committer met a moment ago, and a small write."""

from threading import Lock
from time import monotonic
from typing import Final

from django.db import DatabaseError, InterfaceError, close_old_connections

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
        return self._committer.trouble or self._write()

    def _write(self) -> str:
        """Commit what changes nothing: only that shows a full disk, or a database that is gone."""
        with self._lock:
            if monotonic() - self._tried > _FRESH:
                self._found = self._attempt()
                self._tried = monotonic()
            return self._found

    def _attempt(self) -> str:
        same = Community.objects.filter(pk=self._community.pk)
        try:
            same.update(slug=self._community.slug)
        except (DatabaseError, InterfaceError) as error:
            close_old_connections()
            return f"events cannot be recorded: {explain(error)}"
        return ""
