"""What a queue shows: the open cases for one reviewer, overdue ones on top, then by severity.

The noun is `Pile`. A page of it costs the same however many cases wait: it is read along an index
from where the page before ended.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from comity.charter import Charter
from comity.server.console import words
from comity.server.intake.feed import EXCERPT
from comity.server.members.models import Community, Person, Role
from comity.server.members.permissions import roles_of
from comity.server.review.answer import find
from comity.server.review.lifecycles import CaseState
from comity.server.review.models import ENDED, Case, Comfort, Queue, Recusal, Ruling
from comity.server.review.parties import is_party
from comity.server.review.routing import queues_of
from comity.server.review.wellbeing import is_blurred

LISTED: Final = 50


@dataclass(frozen=True, slots=True)
class Glance:
    """A queue with how many cases wait in it, and how many of them for too long."""

    queue: Queue
    waiting: int
    overdue: int
    claimed: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of a pile ended: the last case, and whether it was overdue."""

    late: bool
    severity: int
    due: datetime
    case: int

    @classmethod
    def of(cls, case: Case, now: datetime) -> "Place":
        return cls(case.due < now, case.severity, case.due, case.pk)

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """As `str` writes it; None for anything else."""
        late, _, rest = text.partition("~")
        severity, _, rest = rest.partition("~")
        due, _, case = rest.partition("~")
        try:
            place = cls(late == "late", int(severity), datetime.fromisoformat(due), int(case))
        except ValueError:
            return None
        sound = place.due.tzinfo and 0 <= place.severity <= 100 and 0 < place.case < 2**63
        return place if sound else None

    def __str__(self) -> str:
        late = "late" if self.late else "soon"
        return f"{late}~{self.severity}~{self.due.isoformat()}~{self.case}"


def glances(community: Community, now: datetime) -> list[Glance]:
    open_cases = Case.objects.filter(community=community).exclude(state__in=ENDED)
    counts = open_cases.values("queue").annotate(
        waiting=Count("pk"),
        overdue=Count("pk", filter=Q(due__lt=now)),
        claimed=Count("pk", filter=Q(claimed_until__gt=now)),
    )
    found = {row["queue"]: row for row in counts.order_by()}
    none = {"waiting": 0, "overdue": 0, "claimed": 0}
    return [
        Glance(queue, row["waiting"], row["overdue"], row["claimed"])
        for queue in queues_of(community)
        for row in [found.get(queue.pk, none)]
    ]


def pile(queue: Queue, person: Person, after: Place | None, now: datetime) -> list[Case]:
    """The next cases after a place; one more than a page holds where there are more."""
    whole = visible(Case.objects.filter(queue=queue), person, queue.community)
    found: list[Case] = []
    if after is None or after.late:
        late = whole.filter(due__lt=now).order_by("due", "pk")
        found += _page(late.filter(_later(after)) if after else late, LISTED + 1)
    if len(found) <= LISTED:
        rest = whole.filter(due__gte=now).order_by("-severity", "due", "pk")
        from_here = after if after and not after.late else None
        found += _page(
            rest.filter(_lighter(from_here)) if from_here else rest, LISTED + 1 - len(found)
        )
    return found


def given_to(person: Person, community: Community) -> list[Case]:
    """The cases that a steward gave to this person, the most urgent first."""
    given = visible(Case.objects.filter(community=community, assigned_to=person), person, community)
    return list(_page(given.order_by("due", "pk"), LISTED))


def visible(cases: QuerySet[Case], person: Person, community: Community) -> QuerySet[Case]:
    """Those that wait for this person: not what they left to others, nor what they ruled on.

    What two reviewers differ on waits for stewards; auditors see it too.
    """
    left = Recusal.objects.filter(case=OuterRef("pk"), person=person)
    ruled = Ruling.objects.filter(case=OuterRef("pk"), reviewer=person)
    roles = roles_of(person, community)
    anew = [CaseState.OPEN.value]
    if Role.STEWARD in roles or Role.REVIEWER not in roles:
        anew.append(CaseState.DISPUTED.value)
    second = Q(~Exists(ruled), state=CaseState.SECOND_REVIEW.value)
    return cases.exclude(state__in=ENDED).filter(~Exists(left), Q(state__in=anew) | second)


def next_after(case: Case, person: Person, now: datetime) -> Case | None:
    """The next case of its queue that nobody else has claimed or been given, from the top."""
    for found in pile(case.queue, person, None, now):
        busy = found.claimed_until and found.claimed_until > now and found.claimed_by != person
        others = found.assigned_to is not None and found.assigned_to != person
        if found.pk != case.pk and not busy and not others and not is_party(person, found):
            return found
    return None


def _page(cases: QuerySet[Case], most: int) -> Iterable[Case]:
    return cases.select_related("event", "claimed_by", "assigned_to", "community")[:most]


def _later(place: Place) -> Q:
    return Q(due__gt=place.due) | Q(due=place.due, pk__gt=place.case)


def _lighter(place: Place) -> Q:
    behind = Q(severity=place.severity) & _later(place)
    return Q(severity__lt=place.severity) | behind


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list; the text is blurred where it is harder than the reader wants."""

    case: Case
    text: str
    blurred: bool
    overdue: bool
    claimed_by: str
    given_to: str
    yours: bool
    """Whether it was given to the reader."""
    title: str


def row(case: Case, comfort: Comfort, charter: Charter, now: datetime, language: str) -> Row:
    busy = case.claimed_by if case.claimed_until and case.claimed_until > now else None
    return Row(
        case,
        _text(case),
        is_blurred(case, comfort),
        case.due < now,
        busy.display_name if busy else "",
        case.assigned_to.display_name if case.assigned_to else "",
        case.assigned_to_id == comfort.person_id,
        _title(case, charter, language),
    )


def _text(case: Case) -> str:
    """The beginning of the post; empty where its author was erased, or only a suggestion has it."""
    body = json.loads(case.event.body) if case.event and case.event.body else {}
    post = body.get("data", {}).get("post") or {}
    return str(post.get("text", ""))[:EXCERPT]


def _title(case: Case, charter: Charter, language: str) -> str:
    article = find(charter, case.article)
    return words.in_language(article.title, language).text if article else case.article
