"""Counting events in sliding windows: how many posts of this author's in the last hour?

The noun is `Counters`, the verb `observe`. Time is the events' own: a late event is told what stood
in its window, and stands in the windows of those that follow.
"""

from array import array
from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from comity.event import Event, EventType

Scope = Literal["author", "thread", "post", "community"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_SWEEP_EVERY: Final = 10_000
"""Events between two clean-ups."""

_Key = tuple[EventType, Scope, str, str, str]
"""What is counted, for whom: type, scope, community, platform, id."""


@dataclass(frozen=True, slots=True)
class Counter:
    """One number that a charter asks for: events of type `count` with the same author, thread,
    post or community, in the `within` that ends with the event."""

    name: str
    count: EventType
    by: Scope
    within: timedelta


class Counters:
    """Exact sliding windows (t - within, t] for every counter of a charter.

    Memory holds the times of the events that can still fall in a window, eight bytes each. A time
    is forgotten when a whole stretch of 10,000 events has come that are all too young to see it;
    only an event that comes later than that finds less in its window than there was.

    Telling an event twice counts it twice. Not for several threads at once.
    """

    def __init__(self, counters: Iterable[Counter]) -> None:
        self._counters = tuple(counters)
        self._reach: dict[tuple[EventType, Scope], timedelta] = {}
        for counter in self._counters:
            kind = counter.count, counter.by
            self._reach[kind] = max(counter.within, self._reach.get(kind, counter.within))
        self._times: dict[_Key, array[int]] = {}
        self._until_sweep = _SWEEP_EVERY
        self._earliest: int | None = None

    @property
    def reach(self) -> timedelta:
        """How far back a restart must read events to know what it knew."""
        return max(self._reach.values(), default=timedelta())

    def observe(self, event: Event) -> Mapping[str, int]:
        """Record an event and return the value of each counter, the event included."""
        counts = self.count(event)
        self.record(event)
        return counts

    def count(self, event: Event) -> Mapping[str, int]:
        """What `observe` would return, with nothing recorded: for a draft.

        A counter is 0 for an event that has no such author, thread or post.
        """
        now = _microseconds(event.time)
        counts = {}
        for counter in self._counters:
            key = _key(event, counter.count, counter.by)
            counts[counter.name] = 0
            if key is None:
                continue
            times = self._times.get(key, ())
            begin = now - counter.within // _MICROSECOND
            counts[counter.name] = (
                bisect_right(times, now)
                - bisect_right(times, begin)
                + (event.type is counter.count)
            )
        return counts

    def record(self, event: Event) -> None:
        """Record an event: what a restart does with each event of the time it must reach back."""
        now = _microseconds(event.time)
        for kind, by in self._reach:
            key = _key(event, kind, by) if kind is event.type else None
            if key is not None:
                insort(self._times.setdefault(key, array("q")), now)
        self._earliest = now if self._earliest is None else min(self._earliest, now)
        self._until_sweep -= 1
        if self._until_sweep <= 0:
            self._sweep(self._earliest)

    def _sweep(self, earliest: int) -> None:
        """Forget what no window of an event from `earliest` on reaches any more.

        The earliest of the last events says what is old, not the latest: one clock that is wrong,
        or a platform that catches up on an outage, must not empty the windows of the others.
        """
        kept = {}
        for key, times in self._times.items():
            horizon = earliest - self._reach[key[:2]] // _MICROSECOND
            young = times[bisect_right(times, horizon) :]
            if young:
                kept[key] = young
        self._times = kept
        # A sweep looks at every key, so the more there are the longer the next one waits; half as
        # long as there are, because those of the last stretch are still among them.
        self._until_sweep = max(_SWEEP_EVERY, len(kept) // 2)
        self._earliest = None


def _key(event: Event, kind: EventType, by: Scope) -> _Key | None:
    """Whose count it is. Ids are a platform's own, so they are kept apart by platform."""
    post, author = event.data.post, event.data.author
    match by:
        case "community":
            return kind, by, event.community, "", ""
        case "author":
            name = author.id if author else None
        case "thread":
            # A post outside any thread is the first of its own.
            name = (post.thread or post.id) if post else None
        case "post":
            name = post.id if post else None
    return None if name is None else (kind, by, event.community, event.source, name)


def _microseconds(time: datetime) -> int:
    return (time - _EPOCH) // _MICROSECOND
