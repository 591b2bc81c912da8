"""Who has been up against the author of a post lately, and is not to judge them."""

import json
from datetime import datetime, timedelta
from typing import Final

from comity.server.intake.models import StoredEvent
from comity.server.members.models import MemberIdentity
from comity.server.review.models import Case, CaseOrigin, OriginKind
from comity.server.review.parties import Member

LATELY: Final = timedelta(days=90)
"""For so long a report stands between two members."""


def opponents(case: Case, now: datetime) -> frozenset[Member]:
    """Members who lately reported the author, or were reported by them; and who answered the post.

    On the same platform. Who has only talked with the author is no opponent: in a small community
    everyone has.
    """
    if case.author is None:
        return frozenset()
    lately = CaseOrigin.objects.filter(
        kind=OriginKind.REPORT,
        time__gt=now - LATELY,
        case__community=case.community_id,
        case__source=case.source,
    )
    reported_them = lately.filter(case__author=case.author).values_list("reporter", flat=True)
    reported_by_them = lately.filter(reporter=case.author).values_list("case__author", flat=True)
    members = {*reported_them, *reported_by_them, *_answering(case)}
    return frozenset((case.source, member) for member in members if member is not None)


def _answering(case: Case) -> set[str | None]:
    """Those of the people here who answered the post."""
    if case.event is None or case.thread is None:
        return set()
    people = MemberIdentity.objects.filter(community=case.community_id, source=case.source)
    replies = StoredEvent.objects.filter(
        community=case.community_id,
        source=case.source,
        thread=case.thread,
        time__gte=case.event.time,
        author__in=people.values("member"),
    )
    found = set()
    for author, body in replies.exclude(body="").values_list("author", "body").iterator():
        parent = json.loads(body)["data"].get("parent") or {}
        if parent.get("id") == case.post:
            found.add(author)
    return found
