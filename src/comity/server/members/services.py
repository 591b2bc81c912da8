"""What can be done with people: each function is one transaction."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from comity.server.members.models import Community, Membership, Person, Role, SignInLink
from comity.server.members.permissions import GOVERNING

LINK_LASTS: Final = timedelta(hours=24)


@transaction.atomic
def found_community(slug: str, name: str) -> Community:
    """Return the community, with a first steward in it when it is new."""
    community, new = Community.objects.get_or_create(slug=slug, defaults={"name": name})
    if not new and community.name != name:
        community.name = name
        community.save(update_fields=["name"])
    if not community.memberships.filter(role=Role.STEWARD).exists():
        steward, _ = Person.objects.get_or_create(
            username="steward", defaults={"display_name": "Steward"}
        )
        Membership.objects.create(person=steward, community=community, role=Role.STEWARD)
    return community


def first_steward(community: Community) -> Person:
    held = community.memberships.filter(role=Role.STEWARD).select_related("person").order_by("pk")
    return held[0].person


@transaction.atomic
def make_sign_in_link(
    person: Person, now: datetime, lasts: timedelta = LINK_LASTS, *, from_platform: bool = False
) -> str:
    """Return the token of a fresh link; it is shown once and stored only as a hash."""
    SignInLink.objects.filter(expires__lt=now).delete()
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        token_hash=_hash(token), person=person, expires=now + lasts, from_platform=from_platform
    )
    return token


def person_of_link(token: str, now: datetime) -> Person | None:
    """Whom the link would sign in; asking uses nothing up, so a link preview does no harm."""
    links = SignInLink.objects.select_related("person").filter(
        token_hash=_hash(token), used=None, expires__gte=now, person__is_active=True
    )
    # Whoever was given a role since the platform made the link has outgrown it.
    outgrown = Q(from_platform=True, person__memberships__role__in=GOVERNING)
    link = links.exclude(outgrown).first()
    return link.person if link else None


@transaction.atomic
def use_sign_in_link(token: str, now: datetime) -> Person | None:
    """Use the link up and return whom it signs in; None if it is unknown, used or too old."""
    person = person_of_link(token, now)
    if person:
        # Two that arrive at once: one of them changes the row.
        used = SignInLink.objects.filter(token_hash=_hash(token), used=None).update(used=now)
        return person if used else None
    return None


def _hash(token: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
