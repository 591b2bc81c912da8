"""What decisions depend on beside the event: the counters, and which articles are suspended.

Both are kept in memory while the server runs; `reload` makes them anew from what is stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max

from comity.charter import Charter
from comity.decisions import Breaker, Decision, Trip
from comity.decisions.breaker import WINDOW
from comity.event import Author, Event, EventData, EventType, Post
from comity.server.intake.models import StoredDecision, StoredEvent
from comity.server.rows import select
from comity.server.transparency.models import Suspension
from comity.signals import Counters

_SUSPENDED: Final = (
    f"SELECT article FROM {Suspension._meta.db_table} "  # noqa: S608  names are ours
    "WHERE community_id = %s AND charter = %s AND lifted IS NULL"
)
_COLUMNS: Final = (
    "community__slug",
    "source",
    "event_id",
    "type",
    "time",
    "author",
    "post",
    "thread",
)


@dataclass(slots=True)
class Watch:
    """The memory of one community under one charter."""

    community: int
    charter: Charter
    counters: Counters
    breaker: Breaker
    suspended: frozenset[str] = frozenset()

    @classmethod
    def over(cls, community: int, charter: Charter) -> "Watch":
        watch = cls(community, charter, Counters(()), Breaker(charter))
        watch.reload()
        return watch

    def reload(self) -> None:
        """Forget everything and count again."""
        self.counters = Counters(self.charter.counters)
        for event in self._recent():
            self.counters.record(event)
        self.breaker = Breaker(self.charter)
        self._replay()
        self.suspended = self._suspensions()

    def refresh(self) -> None:
        """Take in what stewards changed since the last look."""
        suspended = self._suspensions()
        if self.suspended - suspended:
            # Lifted: what led to it is not to suspend the article once more.
            self.breaker = Breaker(self.charter)
        self.suspended = suspended

    def trips(self, events: Sequence[Event], decisions: Sequence[Decision]) -> list[Trip]:
        """Show the breaker what was decided, and return what it trips."""
        found: dict[str, Trip] = {}
        for event, decision in zip(events, decisions, strict=True):
            if event.data.author is None or not event.type.brings_text:
                continue
            matched = [finding.article for finding in (*decision.articles, *decision.trial)]
            for trip in self.breaker.observe(event.data.author.id, matched):
                if trip.article not in self.suspended:
                    found.setdefault(trip.article, trip)
        return list(found.values())

    def _suspensions(self) -> frozenset[str]:
        rows = select(_SUSPENDED, self.community, self.charter.sha256)
        return frozenset(article for (article,) in rows)

    def _recent(self) -> Iterator[Event]:
        """The stored events that a counter may still count, in the order in which they came."""
        stored = StoredEvent.objects.filter(community=self.community)
        newest = stored.aggregate(newest=Max("time"))["newest"]
        if not self.counters.reach or newest is None:
            return
        rows = stored.filter(time__gt=newest - self.counters.reach).order_by("pk")
        for row in rows.values_list(*_COLUMNS).iterator():
            yield _remembered(*row)

    def _replay(self) -> None:
        """Show the new breaker what the latest posts matched; what led to a lifted one is past."""
        decisions = StoredDecision.objects.filter(
            event__community=self.community,
            charter=self.charter.sha256,
            event__type__in=[kind.value for kind in EventType if kind.brings_text],
        )
        lifted = Suspension.objects.filter(
            community=self.community, charter=self.charter.sha256
        ).aggregate(latest=Max("lifted"))["latest"]
        if lifted is not None:
            decisions = decisions.filter(event__received__gt=lifted)
        latest = decisions.order_by("-event").values_list("event__author", "articles")[:WINDOW]
        for author, articles in reversed(latest):
            if author is not None:
                self.breaker.observe(author, articles.split())


def _remembered(
    community: str,
    source: str,
    event_id: str,
    type_: str,
    time: datetime,
    author: str | None,
    post: str | None,
    thread: str | None,
) -> Event:
    """An event with all that is counted by. It was checked when it came in: not again."""
    return Event.model_construct(
        id=event_id,
        source=source,
        type=EventType(type_),
        time=time,
        community=community,
        data=EventData.model_construct(
            post=Post.model_construct(id=post, thread=thread) if post else None,
            author=Author.model_construct(id=author) if author else None,
        ),
    )
