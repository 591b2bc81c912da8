"""Which reports bring a post before people: each member's once a post, and so many a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog
from django.db.models import Count

from comity.server.review.models import Case, CaseOrigin

REPORTS_A_DAY: Final = 50
"""Posts that one member can bring before people in a day. More are recorded, and open nothing."""
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
