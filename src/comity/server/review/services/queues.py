"""Queues: which there are, in what order they are asked, and what goes where by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.models import Community
from comity.server.members.permissions import Permission
from comity.server.review.charters import procedures
from comity.server.review.models import ENDED, Case, Queue
from comity.server.review.routing import LAST, queues_of, route, taken
from comity.server.review.services.bench import Bench

MOST: Final = 50
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """What a queue is called, what goes to it, and how soon it is to be decided."""

    name: str
    articles: Sequence[str] = ()
    languages: Sequence[str] = ()
    severity: int = 0
    age: timedelta | None = None
    due: timedelta | None = None


@transaction.atomic
def save_queue(bench: Bench, number: int | None, rules: Rules) -> Queue:
    """Change a queue, or add one (None) before the last; open cases are routed anew by the clock.

    Raises Mistake for a name that is taken, Queue.DoesNotExist.
    """
    bench.require(Permission.MANAGE_QUEUES)
    found = queues_of(bench.community)
    if number is None and len(found) >= MOST:
        raise Mistake(_("There are %(most)s queues already; take one away first."), most=MOST)
    queue = (
        Queue.objects.get(community=bench.community, pk=number)
        if number is not None
        else Queue(community=bench.community, position=len(found))
    )
    if queue.position == LAST:
        queue.due = rules.due  # it takes everything, under no name of its own
        queue.save()
        return queue
    others = Queue.objects.filter(community=bench.community, name=rules.name)
    if not rules.name or others.exclude(pk=queue.pk).exists():
        raise Mistake(_("Give the queue a name that no other has."))
    queue.name, queue.severity = rules.name, rules.severity
    queue.articles, queue.languages = list(rules.articles), list(rules.languages)
    queue.age, queue.due = rules.age, rules.due
    queue.save()
    return queue


@transaction.atomic
def remove_queue(bench: Bench, number: int) -> None:
    """Take a queue away; its cases go where the others take them. Raises Queue.DoesNotExist."""
    bench.require(Permission.MANAGE_QUEUES)
    queue = Queue.objects.get(community=bench.community, pk=number)
    if queue.position == LAST:
        raise Mistake(_("This queue takes what no other takes, and stays."))
    last = queues_of(bench.community)[-1]
    Case.objects.filter(queue=queue).update(queue=last)
    queue.delete()


@transaction.atomic
def move_queue(bench: Bench, number: int, up: bool) -> None:
    """Ask a queue sooner or later than its neighbour."""
    bench.require(Permission.MANAGE_QUEUES)
    named = [queue for queue in queues_of(bench.community) if queue.position != LAST]
    at = next((i for i, queue in enumerate(named) if queue.pk == number), None)
    to = None if at is None else at - 1 if up else at + 1
    if at is None or to is None or not 0 <= to < len(named):
        return
    named[at], named[to] = named[to], named[at]
    for position, queue in enumerate(named):
        queue.position = position
    Queue.objects.bulk_update(named, ["position"])


@transaction.atomic
def escalate(community: Community, now: datetime) -> int:
    """Move cases that have been open for long to the queues for them; returns how many."""
    queues = queues_of(community)
    usual = procedures(community).review.due
    moved = 0
    for queue in queues:
        if queue.age is None:
            continue
        later = Case.objects.filter(community=community, queue__position__gt=queue.position)
        old = later.filter(taken(queue, now)).exclude(state__in=ENDED).order_by("pk")
        for case in old[:_AT_ONCE]:
            route(case, queues, usual, now)
            Case.objects.filter(pk=case.pk).update(queue=case.queue, due=case.due)
            moved += 1
    return moved
