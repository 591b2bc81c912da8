"""Members who are willing to serve on juries, and who of them may hear an appeal."""

import re
from collections.abc import Collection
from datetime import datetime
from secrets import token_hex
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.models import Community, MemberIdentity, Person, Role
from comity.server.members.permissions import Permission, require
from comity.server.review.appeals.opponents import opponents
from comity.server.review.lifecycles import StrikeState
from comity.server.review.models import Appeal, Case, Strike, Volunteer
from comity.server.review.parties import Member, parties
from comity.server.review.services.effective import of_text

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_MOST: Final = 20


@transaction.atomic
def volunteer(
    person: Person, community: Community, languages: Collection[str], now: datetime
) -> Volunteer:
    """Be willing to serve, on posts in these languages; said again, the languages change.

    Raises Refused for who is no member, Mistake without a language.
    """
    require(person, community, Permission.SERVE_ON_JURIES)
    tags = sorted(set(languages))
    if not 0 < len(tags) <= _MOST or not all(map(_TAG.fullmatch, tags)):
        raise Mistake(_("Choose at least one language that you read well."))
    found, _new = Volunteer.objects.update_or_create(
        community=community,
        person=person,
        defaults={"languages": tags, "willing": True},
        create_defaults={"languages": tags, "since": now, "lot": token_hex(8)},
    )
    return found


@transaction.atomic
def stand_down(person: Person, community: Community) -> None:
    """Be drawn no more. Who sits on a jury stays there; a seat is declined for itself."""
    Volunteer.objects.filter(community=community, person=person).update(willing=False)


def volunteering(person: Person, community: Community) -> Volunteer | None:
    """What the person has said of serving; None if nothing, or they stood down."""
    return Volunteer.objects.filter(community=community, person=person, willing=True).first()


def eligible(appeal: Appeal, now: datetime) -> dict[str, Person]:
    """Who may hear the appeal, by lot: willing members who read the post's language, in good
    standing, and are neither party to the case nor opponents of its author, nor have had the case
    before them."""
    case = appeal.case
    willing = [
        each
        for each in _volunteers(case.community).exclude(person__in=_judged(case))
        if _reads(each.languages, case.language)
    ]
    known = _identities(case.community, [each.person_id for each in willing])
    barred = parties(case) | opponents(case, now) | _striking(case.community, now)
    return {
        each.lot: each.person
        for each in willing
        if barred.isdisjoint(known.get(each.person_id, ()))
    }


def _volunteers(community: Community) -> QuerySet[Volunteer]:
    members = Person.objects.filter(
        is_active=True, memberships__community=community, memberships__role=Role.MEMBER
    )
    found = Volunteer.objects.filter(community=community, willing=True, person__in=members)
    return found.select_related("person").order_by("pk")


def _judged(case: Case) -> set[int]:
    """People who have ruled on the text, or left the case to others."""
    ruled = of_text(case).values_list("reviewer", flat=True)
    return {*ruled, *case.recusals.values_list("person", flat=True)}


def _reads(languages: Collection[str], language: str) -> bool:
    """Whether one of the languages is that of the post; anyone may read what has no known one."""
    base = language.partition("-")[0]
    return not base or any(tag.partition("-")[0] == base for tag in languages)


def _identities(community: Community, people: Collection[int]) -> dict[int, set[Member]]:
    known: dict[int, set[Member]] = {}
    for identity in MemberIdentity.objects.filter(community=community, person__in=people):
        known.setdefault(identity.person_id, set()).add((identity.source, identity.member))
    return known


def _striking(community: Community, now: datetime) -> set[Member]:
    """Members among the people here against whom something counts."""
    people = MemberIdentity.objects.filter(community=community)
    counting = Strike.objects.filter(
        community=community,
        state=StrikeState.COUNTING.value,
        expires__gt=now,
        member__in=people.values("member"),
    )
    return {(source, str(member)) for source, member in counting.values_list("source", "member")}
