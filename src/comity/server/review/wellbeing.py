"""What spares reviewers: texts blurred, breaks proposed, a limit to a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Q

from comity.server.members.models import Community, Person
from comity.server.members.permissions import GRANTS, Permission, require
from comity.server.review.models import Case, Comfort, Exposure

HARD: Final = 60
"""The score for harm, in percent, from which a case counts as hard, whatever is blurred."""
_WEEK: Final = timedelta(days=7)
_REST: Final = timedelta(minutes=10)
"""A pause after which work begins anew."""
_LOOKED_AT: Final = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants to be spared; see `Comfort`."""

    blur_from: int
    break_after: int
    most_a_day: int
    pictures: str


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
            "pictures": wish.pictures,
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
    if case.score >= HARD and hard_today(person, now) >= comfort.most_a_day:
        return False
    Exposure.objects.create(person=person, case=case, severity=case.score, first=now, last=now)
    if case.first_look is None:
        Case.objects.filter(pk=case.pk, first_look=None).update(first_look=now)
    return True


def is_blurred(case: Case, comfort: Comfort) -> bool:
    return case.score >= comfort.blur_from


def hard_today(person: Person, now: datetime) -> int:
    """Hard cases opened since midnight in UTC."""
    begin = _midnight(now)
    today = Exposure.objects.filter(person=person, last__gte=begin, first__gte=begin)
    return today.filter(severity__gte=HARD).count()


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases a person has opened, for those who share out the work."""

    name: str
    today: int
    """Hard ones since midnight in UTC, of `most` at most."""
    most: int
    week: int
    """Hard ones in the seven days until now."""
    opened: int
    """All in those seven days."""

    @property
    def full(self) -> bool:
        return self.today >= self.most


def loads(reader: Person, community: Community, now: datetime) -> list[Load]:
    """The load of everyone who rules on cases or has opened one this week, by name: no ranking."""
    require(reader, community, Permission.READ_EXPOSURE)
    week, hard = Q(exposures__first__gt=now - _WEEK), Q(exposures__severity__gte=HARD)
    ruling = Person.objects.filter(
        memberships__community=community,
        memberships__role__in=GRANTS[Permission.RULE_ON_CASES].holders,
        is_active=True,
    )
    opening = Exposure.objects.filter(case__community=community, first__gt=now - _WEEK)
    people = Person.objects.filter(Q(pk__in=ruling) | Q(pk__in=opening.values("person")))
    counted = people.annotate(
        today=Count("exposures", filter=hard & Q(exposures__first__gte=_midnight(now))),
        week=Count("exposures", filter=hard & week),
        opened=Count("exposures", filter=week),
    )
    return [
        Load(each.display_name, each.today, comfort_of(each).most_a_day, each.week, each.opened)
        for each in counted.order_by("display_name", "pk")
    ]


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


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
