"""Who of the people is whom on a platform: each function is one transaction.

Recusal, standing and the member's own page ask `person_of` and `identities_of`.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comity.server.members.mistake import Mistake
from comity.server.members.models import Community, MemberIdentity, Membership, Person, Role
from comity.server.members.permissions import GOVERNING, Permission, require, roles_of
from comity.server.members.services import make_sign_in_link

PLATFORM_LINK_LASTS: Final = timedelta(minutes=15)
"""A platform makes a link when the member asks for it, so it need not last."""

_LONGEST: Final = 200


def identities_of(person: Person, community: Community) -> frozenset[tuple[str, str]]:
    """Each (source, author id) that the person is known by."""
    known = person.identities.filter(community=community)
    return frozenset(known.values_list("source", "member"))


def person_of(community: Community, source: str, member: str) -> Person | None:
    """Who stands behind an author id; None for a member who has never signed in."""
    known = community.identities.filter(source=source, member=member).select_related("person")
    identity = known.first()
    return identity.person if identity else None


@transaction.atomic
def link_identity(
    steward: Person, person: Person, community: Community, source: str, member: str
) -> MemberIdentity:
    """Say that the person is this member of a platform. Raises Mistake where someone else is."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    if not all(0 < len(name) <= _LONGEST and name.isprintable() for name in (source, member)):
        raise Mistake(_("A platform and an id are one line of 1 to %(n)s characters."), n=_LONGEST)
    return know_as(person, community, source, member)


@transaction.atomic
def link_for_member(
    community: Community, source: str, member: str, name: str, now: datetime
) -> tuple[str, datetime]:
    """Return the token of a link that signs this member in, and until when it works.

    Makes the person when the member first comes. Raises Mistake for one who governs: a platform
    speaks for its members, and must not be able to sign in as a steward.
    """
    person = person_of(community, source, member) or _welcome(community, source, member, name)
    if roles_of(person, community) & GOVERNING:
        raise Mistake(_("This member has a role here, so no platform can sign them in."))
    token = make_sign_in_link(person, now, PLATFORM_LINK_LASTS, from_platform=True)
    return token, now + PLATFORM_LINK_LASTS


def know_as(person: Person, community: Community, source: str, member: str) -> MemberIdentity:
    """Record that the person is this member, and so a member here."""
    identity, _new = MemberIdentity.objects.get_or_create(
        community=community, source=source, member=member, defaults={"person": person}
    )
    if identity.person_id != person.pk:
        taken = _("%(member)s is %(name)s already; one member of a platform is one person.")
        raise Mistake(taken, member=identity, name=identity.person)
    Membership.objects.get_or_create(person=person, community=community, role=Role.MEMBER)
    return identity


def _welcome(community: Community, source: str, member: str, name: str) -> Person:
    person, _new = Person.objects.get_or_create(
        username=f"{member}@{source}", defaults={"display_name": name or member}
    )
    know_as(person, community, source, member)
    return person
