"""What spares reviewers: texts blurred, breaks proposed, a limit to a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from comity.server.members.models import Person
from comity.server.review.models import Case, Comfort, Exposure

_REST: Final = timedelta(minutes=10)
"""A pause after which work begins anew."""
_LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to be spared; see `Comfort`."""

    blur_from: int
    break_after: int
    most_a_day: int


def comfort_of(person: Person) -> Comfort:
    return Comfort.objects.filter(person=person).first() or Comfort(person=person)


@transaction.atomic
def save_comfort(person: Person, wish: Wish) -> Comfort:
    comfort, _new = Comfort.objects.update_or_create(
        person=person,
        defaults={
            "blur_from": wish.blur_from,
            "break_after": wish.break_after,
            "most_a_day": wish.most_a_day,
        },
    )
    return comfort


@transaction.atomic
def look(person: Person, case: Case, comfort: Comfort, now: datetime) -> bool:
    """Note that the person opens a case; False if they have had enough hard ones today.

    What they have looked at already can be looked at again.
    """
    seen = Exposure.objects.filter(person=person, case=case)
    if seen.update(last=now):
        return True
    if is_hard(case, comfort) and hard_today(person, comfort, now) >= comfort.most_a_day:
        return False
    Exposure.objects.create(person=person, case=case, severity=case.score, first=now, last=now)
    if case.first_look is None:
        Case.objects.filter(pk=case.pk, first_look=None).update(first_look=now)
    return True


def is_hard(case: Case, comfort: Comfort) -> bool:
    return case.score >= comfort.blur_from


def hard_today(person: Person, comfort: Comfort, now: datetime) -> int:
    """Hard cases opened since midnight in UTC."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = Exposure.objects.filter(person=person, last__gte=midnight, first__gte=midnight)
    return today.filter(severity__gte=comfort.blur_from).count()


def working_since(person: Person, now: datetime) -> datetime:
    """When the person's work began that has had no pause of ten minutes since."""
    begin = now
    times = Exposure.objects.filter(person=person, last__lte=now).order_by("-last")
    for last, first in times.values_list("last", "first")[:_LOOKED_AT]:
        if begin - last > _REST:
            break
        begin = min(begin, first if last - first <= _REST else last)
    return begin


def also_looking(person: Person, case: Case, now: datetime) -> list[str]:
    """Others who have this case open, or had it a minute ago."""
    lately = case.exposures.filter(last__gt=now - timedelta(minutes=1)).exclude(person=person)
    return list(lately.order_by("pk").values_list("person__display_name", flat=True))
