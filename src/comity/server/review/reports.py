"""Which reports bring a post before people: each member's once a post, and so many a day.

Who goes on far beyond that is refused, before anything is recorded: see `Reporters`.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from threading import Lock
from typing import Final

import structlog
from django.db.models import Count

from comity.event import Event
from comity.server.problems import Problem
from comity.server.review.models import Case, CaseOrigin

REPORTS_A_DAY: Final = 50
"""Posts that one member can bring before people in a day. More are recorded, and open nothing."""
REFUSED_FROM: Final = 500
"""Reports of one member in a day that are taken at all. No member has so much to report."""
_KNOWN: Final = 10_000
"""Members whose reports are counted at once; beyond that who reported longest ago is forgotten."""
_DAY: Final = timedelta(days=1)

_log = structlog.get_logger()

Post = tuple[str, str]
"""Source and id: what names a post in its community."""
Reporter = tuple[str, str]
"""Source and id of who reports."""


@dataclass(slots=True)
class Filed:
    """What members have reported already."""

    posts: set[tuple[Post, str]] = field(default_factory=set)
    today: Counter[Reporter] = field(default_factory=Counter)

    @classmethod
    def before(cls, cases: Iterable[Case], by: set[Reporter], now: datetime) -> "Filed":
        """What these members reported of these cases, and how much in the day up to now."""
        origins = CaseOrigin.objects.filter(reporter__in={reporter for _, reporter in by})
        posts = origins.filter(case__in=[case.pk for case in cases]).values_list(
            "case__source", "case__post", "reporter"
        )
        today = (
            origins.filter(time__gt=now - _DAY)
            .values_list("case__source", "reporter")
            .annotate(filed=Count("pk"))
        )
        return cls(
            {((source, post), str(reporter)) for source, post, reporter in posts},
            Counter({(source, str(reporter)): filed for source, reporter, filed in today}),
        )

    def admit(self, post: Post, by: str) -> bool:
        """Count a report; False if it is a repetition, or the member has filed too many today."""
        reporter = (post[0], by)
        if (post, by) in self.posts:
            return False
        if self.today[reporter] >= REPORTS_A_DAY:
            _log.warning("too many reports by one member", source=post[0], filed=REPORTS_A_DAY)
            return False
        self.posts.add((post, by))
        self.today[reporter] += 1
        return True


def _until_tomorrow(now: datetime) -> int:
    """Seconds until the day ends, where days are counted."""
    tomorrow = datetime.combine(now.date() + _DAY, time(), now.tzinfo)
    return int((tomorrow - now).total_seconds()) + 1


class Reporters:
    """How much each member has reported today, as far as this process has seen."""

    def __init__(self) -> None:
        self._filed: OrderedDict[Reporter, tuple[date, int]] = OrderedDict()
        self._lock = Lock()

    def check(self, events: Sequence[Event], now: datetime) -> None:
        """Count the reports among the events of one request.

        Raises Problem, 429, for a request with a report of a member who has filed too many.
        """
        for place, event in enumerate(events):
            if event.data.report is None:
                continue
            filed = self._count((event.source, event.data.report.by), now.date())
            if filed <= REFUSED_FROM:
                continue
            if filed == REFUSED_FROM + 1:  # one line, not one for each
                _log.warning("reports refused", source=event.source, filed=REFUSED_FROM)
            raise Problem(
                429,
                f"this member has filed {REFUSED_FROM} reports today, and no more are taken",
                where=f"[{place}].data.report.by" if len(events) > 1 else "data.report.by",
                hint="leave this report out, and tell the member to go on tomorrow",
                headers={"Retry-After": str(_until_tomorrow(now))},
            )

    def _count(self, reporter: Reporter, today: date) -> int:
        with self._lock:
            day, filed = self._filed.pop(reporter, (today, 0))
            filed = filed + 1 if day == today else 1
            self._filed[reporter] = today, filed
            if len(self._filed) > _KNOWN:
                self._filed.popitem(last=False)
            return filed
