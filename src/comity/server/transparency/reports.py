"""The monthly transparency reports: made once a month is over, kept as they were published."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count
from pydantic import TypeAdapter
from pydantic_core import to_json

from comity.event import EventType
from comity.measures import MonthlyReport, monthly
from comity.server.intake.models import StoredEvent
from comity.server.members.models import Community
from comity.server.review.models import Appeal, Case
from comity.server.transparency.matters import decided_in, heard_in, matters, restrictions
from comity.server.transparency.models import PublishedReport

_MONTH: Final = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_REPORT: Final = TypeAdapter(MonthlyReport)
_GRACE: Final = timedelta(hours=1)
"""After a month's end, for what was still on its way."""
LISTED: Final = 60


def months(community: Community, now: datetime) -> list[str]:
    """The months that there can be reports of, the newest first."""
    first = (
        StoredEvent.objects.filter(community=community)
        .order_by("pk")
        .values_list("received", flat=True)
        .first()
    )
    found: list[str] = []
    last = (now - _GRACE).astimezone(UTC).replace(day=1) - timedelta(days=1)
    while first and f"{last:%Y-%m}" >= f"{first:%Y-%m}" and len(found) < LISTED:
        found.append(f"{last:%Y-%m}")
        last = last.replace(day=1) - timedelta(days=1)
    return found


def report_of(community: Community, month: str, now: datetime) -> MonthlyReport | None:
    """The report of a month, made when it is first asked for; None for a month without one."""
    if not _MONTH.fullmatch(month) or month not in months(community, now):
        return None
    with transaction.atomic():
        kept = PublishedReport.objects.filter(community=community, month=month).first()
        if kept is None:
            body = to_json(_make(community, month, now)).decode()
            # Of two who ask first at once, both get what the quicker one was given.
            kept, _ = PublishedReport.objects.get_or_create(
                community=community, month=month, defaults={"body": body, "published": now}
            )
    return _REPORT.validate_json(kept.body)


def _make(community: Community, month: str, now: datetime) -> MonthlyReport:
    begin = datetime.strptime(f"{month}-01", "%Y-%m-%d").replace(tzinfo=UTC)
    end = (begin + timedelta(days=31)).replace(day=1)
    events = StoredEvent.objects.filter(community=community, received__gte=begin, received__lt=end)
    counted = Counter(dict(events.values_list("type").annotate(Count("pk"))))
    return monthly(
        community.slug,
        month,
        posts=counted[EventType.POST_CREATED] + counted[EventType.POST_EDITED],
        reports=counted[EventType.REPORT_FILED],
        opened=Case.objects.filter(community=community, opened__gte=begin, opened__lt=end).count(),
        restrictions=list(restrictions(community, begin, end)),
        decided=matters(decided_in(community, begin, end)),
        appeals=Appeal.objects.filter(community=community, filed__gte=begin, filed__lt=end).count(),
        heard=matters(heard_in(community, begin, end)),
        now=now,
    )
