"""Members report posts on a page of ours: the verb is `report`, and `reports_of` lists them.

What they say becomes an event like those that their platform tells, so it opens a case, counts and
stands in the ledger in the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.event import Event, EventData, EventType, Post, Report
from comity.server.console.words import Words
from comity.server.intake.models import StoredEvent
from comity.server.members.identities import identities_of
from comity.server.members.mistake import Mistake
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, require
from comity.server.problems import Problem
from comity.server.review.charters import procedures
from comity.server.review.models import CaseOrigin, OriginKind
from comity.server.review.opening import TEXTS
from comity.server.review.services.effective import of_text, standing_ruling
from comity.server.review.statements import Kind, path_of

MAX_REASON: Final = 2_000
_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member reports: a post of a platform, perhaps the article, and why."""

    source: str
    post: str
    article: str
    reason: str


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A report of the reader's; `letter` is where they read what became of it, or empty."""

    post: str
    reason: str
    filed: datetime
    state: Words
    letter: str


def report(
    person: Person,
    community: Community,
    wish: Wish,
    record: Callable[[Event], object],
    now: datetime,
) -> None:
    """Report a post as the member that the person is on its platform.

    `record` has the event recorded, and may raise Problem. Raises Refused, and Mistake for a post
    that is not known here.
    """
    require(person, community, Permission.FILE_REPORTS)
    members = dict(identities_of(person, community))
    if wish.source not in members:
        raise Mistake(_("Choose a platform on which you are known here."))
    known = StoredEvent.objects.filter(community=community, source=wish.source, post=wish.post)
    if not known.filter(type__in=TEXTS).exists():
        raise Mistake(_("No post of this name is known here. Look at how your platform names it."))
    filed = Event(
        id=f"report-{uuid4().hex}",
        source=wish.source,
        type=EventType.REPORT_FILED,
        time=now,
        community=community.slug,
        data=EventData(
            post=Post(id=wish.post),
            report=Report(
                by=members[wish.source], article=wish.article or None, reason=wish.reason
            ),
        ),
    )
    try:
        record(filed)
    except Problem as problem:
        if problem.status != 429:
            raise
        raise Mistake(_("You have reported very much today. Go on tomorrow.")) from problem


def reports_of(person: Person, community: Community) -> list[OwnReport]:
    """What the person has reported, the newest first; however it came here."""
    found: list[CaseOrigin] = []
    for source, member in identities_of(person, community):
        filed = CaseOrigin.objects.filter(
            kind=OriginKind.REPORT, case__community=community, case__source=source, reporter=member
        )
        found += filed.select_related("case__community").order_by("-pk")[:_LISTED]
    newest = sorted(found, key=lambda origin: origin.time, reverse=True)
    return [_own(origin) for origin in newest[:_LISTED]]


def _own(origin: CaseOrigin) -> OwnReport:
    ruling = standing_ruling(of_text(origin.case))
    letter = ""
    if ruling is not None:
        until = max(origin.time, ruling.time) + procedures(origin.case.community).appeals.window
        letter = path_of(Kind.REPORT, origin.pk, until)
    state = _ANSWERED if ruling is not None else _WAITING
    return OwnReport(origin.case.post, origin.reason, origin.time, state, letter)


_WAITING: Final = pgettext_lazy("report", "Nobody has decided yet")
_ANSWERED: Final = pgettext_lazy("report", "Decided")
