"""Who is party to a case: reviewers who are leave it to others."""

import json

from django.db.models import QuerySet

from comity.server.members.identities import identities_of
from comity.server.members.models import MemberIdentity, Person
from comity.server.review.models import Case

Member = tuple[str, str]
"""Source and id of a member on a platform."""


def parties(case: Case) -> frozenset[Member]:
    """The author, whoever reported the post, and the author of the post that it answers."""
    reporters = case.origins.filter(reporter__isnull=False).values_list("reporter", flat=True)
    members = {case.author, _answered(case), *reporters}
    return frozenset((case.source, member) for member in members if member is not None)


def is_party(person: Person, case: Case) -> bool:
    return not identities_of(person, case.community).isdisjoint(parties(case))


def parties_among(people: QuerySet[Person], case: Case) -> list[int]:
    """The keys of those who are party to the case."""
    involved = parties(case)
    known = MemberIdentity.objects.filter(community=case.community, person__in=people)
    found = known.values_list("person", "source", "member")
    return [person for person, source, member in found if (source, member) in involved]


def _answered(case: Case) -> str | None:
    if case.event is None or not case.event.body:
        return None
    parent = json.loads(case.event.body)["data"].get("parent") or {}
    author: str | None = parent.get("author")
    return author
