"""Which queue a case goes to, and when it is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from comity.server.members.models import Community
from comity.server.review.models import Case, Queue

LAST: Final = 32_767
"""The position of the queue that takes whatever no other takes."""


def queues_of(community: Community) -> list[Queue]:
    """The queues in the order in which they are asked; the last takes every case."""
    found = list(Queue.objects.filter(community=community).order_by("position", "pk"))
    if not found or found[-1].position != LAST:
        last, _ = Queue.objects.get_or_create(
            community=community, position=LAST, defaults={"name": ""}
        )
        found.append(last)
    return found


def takes(queue: Queue, case: Case, now: datetime) -> bool:
    """Whether the case fits all rules of the queue; a rule that is empty fits every case."""
    return (
        (not queue.articles or case.article in queue.articles)
        and (not queue.languages or case.language.partition("-")[0] in queue.languages)
        and case.severity >= queue.severity
        and (queue.age is None or now - case.opened >= queue.age)
    )


def taken(queue: Queue, now: datetime) -> Q:
    """The cases that `takes` would say yes to."""
    fits = Q(severity__gte=queue.severity)
    if queue.articles:
        fits &= Q(article__in=queue.articles)
    if queue.languages:
        spoken = Q(language__in=queue.languages)
        for language in queue.languages:
            spoken |= Q(language__startswith=f"{language}-")
        fits &= spoken
    if queue.age is not None:
        fits &= Q(opened__lte=now - queue.age)
    return fits


def route(case: Case, queues: Sequence[Queue], usual: timedelta, now: datetime) -> None:
    """Put the case into the first queue that takes it; `usual` is when the charter has it due.

    A case is never due later than it was: moving it is no way to win time.
    """
    queue = next(queue for queue in queues if takes(queue, case, now))
    due = case.opened + (queue.due or usual)
    case.queue = queue
    case.due = min(case.due, due) if case.due else due
