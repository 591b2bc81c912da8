"""Whether the platform has done what a ruling or a verdict asks of it."""

from datetime import datetime
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from comity.server.intake.models import Delivery
from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Community
from comity.server.review.lifecycles import REMEDY, RemedyState
from comity.server.review.models import Ruling, Verdict

_AT_ONCE: Final = 200
_TEXT: Final = CharField(max_length=20)

_Asking = TypeVar("_Asking", Ruling, Verdict)
"""What asks a platform for a remedy."""


def confirm(
    community: Community, number: int, done: bool, note: str, now: datetime
) -> Ruling | None:
    """Note what the platform says of a ruling's remedy; None where there is no such ruling.

    A confirmation stays one: said again, or denied later, nothing changes.
    """
    return _confirm(Ruling.objects.filter(pk=number, case__community=community), done, note, now)


def confirm_verdict(
    community: Community, number: int, done: bool, note: str, now: datetime
) -> Verdict | None:
    """Note what the platform says of undoing a remedy; None where there is no such verdict."""
    found = Verdict.objects.filter(pk=number, appeal__community=community)
    return _confirm(found, done, note, now)


def give_up(community: Community, now: datetime) -> int:
    """Mark as failed what no webhook could be told, and return how many that are."""
    rulings = Ruling.objects.filter(case__community=community)
    verdicts = Verdict.objects.filter(appeal__community=community)
    return _give_up(rulings, "ruling-", now) + _give_up(verdicts, "verdict-", now)


@transaction.atomic
def _confirm(found: QuerySet[_Asking], done: bool, note: str, now: datetime) -> _Asking | None:
    asking = found.select_for_update(of=("self",)).first()
    if asking is not None:
        _move(asking, "confirm" if done else "fail", note, now)
    return asking


@transaction.atomic
def _give_up(asking: QuerySet[_Asking], prefix: str, now: datetime) -> int:
    told = Delivery.objects.filter(message=Concat(Value(prefix), Cast(OuterRef("pk"), _TEXT)))
    hopeful = told.filter(Q(next_try__isnull=False) | Q(delivered__isnull=False))
    lost = asking.filter(Exists(told), ~Exists(hopeful), remedy_state=RemedyState.PENDING.value)
    found = list(lost.order_by("pk")[:_AT_ONCE])
    for each in found:
        last = Delivery.objects.filter(message=each.message).latest("pk")
        _move(each, "fail", last.last_error, now)
    return len(found)


def _move(asking: Ruling | Verdict, transition: str, note: str, now: datetime) -> None:
    state = asking.remedy_state
    if state is None or not any(way.name == transition for way in REMEDY.ways(state)):
        return
    asking.remedy_state = REMEDY.step(state, transition, SYSTEM)
    asking.remedy_time, asking.remedy_note = now, note[:300]
    asking.save(update_fields=["remedy_state", "remedy_time", "remedy_note"])
