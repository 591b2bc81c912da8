"""Whether the platform has done what a ruling asks of it."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from comity.server.intake.models import Delivery
from comity.server.lifecycle import SYSTEM
from comity.server.members.models import Community
from comity.server.review.lifecycles import REMEDY, RemedyState
from comity.server.review.models import Ruling

_AT_ONCE: Final = 200
_TEXT: Final = CharField(max_length=20)


@transaction.atomic
def confirm(
    community: Community, number: int, done: bool, note: str, now: datetime
) -> Ruling | None:
    """Note what the platform says of a ruling's remedy; None where there is no such ruling.

    A confirmation stays one: said again, or denied later, nothing changes.
    """
    rulings = Ruling.objects.filter(pk=number, case__community=community)
    ruling = rulings.select_for_update(of=("self",)).first()
    if ruling is not None:
        _move(ruling, "confirm" if done else "fail", note, now)
    return ruling


@transaction.atomic
def give_up(community: Community, now: datetime) -> int:
    """Mark as failed what no webhook could be told, and return how many rulings that are."""
    told = Delivery.objects.filter(message=Concat(Value("ruling-"), Cast(OuterRef("pk"), _TEXT)))
    hopeful = told.filter(Q(next_try__isnull=False) | Q(delivered__isnull=False))
    lost = Ruling.objects.filter(
        Exists(told),
        ~Exists(hopeful),
        case__community=community,
        remedy_state=RemedyState.PENDING.value,
    )
    found = list(lost.order_by("pk")[:_AT_ONCE])
    for ruling in found:
        last = Delivery.objects.filter(message=ruling.message).latest("pk")
        _move(ruling, "fail", last.last_error, now)
    return len(found)


def _move(ruling: Ruling, transition: str, note: str, now: datetime) -> None:
    state = ruling.remedy_state
    if state is None or not any(way.name == transition for way in REMEDY.ways(state)):
        return
    ruling.remedy_state = REMEDY.step(state, transition, SYSTEM)
    ruling.remedy_time, ruling.remedy_note = now, note[:300]
    ruling.save(update_fields=["remedy_state", "remedy_time", "remedy_note"])
