"""What is shown of a note over time: the noun is `Standing`, the verb `after`.

A note that becomes helpful is shown only once it has stayed so for a while, and after two weeks
its status is what it is.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from comity.bridging.status import Status

STABLE_FOR: Final = timedelta(minutes=30)
LOCKED_AFTER: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """The status that a note is shown with, and since when it has been found helpful."""

    created: datetime
    shown: Status = Status.NEEDS_MORE_RATINGS
    helpful_since: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether nothing can change the status any more."""
        return now - self.created >= LOCKED_AFTER

    def after(self, found: Status, now: datetime) -> "Standing":
        """The standing when a scoring at `now` has found a status; times may not run backwards."""
        if self.locked(now):
            return self
        if found is not Status.HELPFUL:
            return replace(self, shown=found, helpful_since=None)
        since = self.helpful_since or now
        stable = self.shown is Status.HELPFUL or now - since >= STABLE_FOR
        shown = Status.HELPFUL if stable else Status.NEEDS_MORE_RATINGS
        return replace(self, shown=shown, helpful_since=since)
