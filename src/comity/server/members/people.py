"""Who belongs to a community and does what in it: each function is one transaction.

The noun is `Member`: a person and their roles here. Stewards invite people and give and take
roles; a community is never left without a steward; and every change is kept, with who made it. The
ledger says which role was given or taken, and commits to whose and by whom.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_bytes
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pydantic_core import to_json

from comity.ledger import SALT_SIZE, EntryKind, SigningKey, commit
from comity.server.members.account import forget_ways_in
from comity.server.members.mistake import Mistake
from comity.server.members.models import (
    Community,
    MemberIdentity,
    Membership,
    Person,
    Role,
    RoleChange,
)
from comity.server.members.permissions import GOVERNING, Permission, require, roles_of
from comity.server.members.services import make_sign_in_link
from comity.server.transparency.services import enter

_SIGN_IN_NAME: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_LONGEST: Final = 60
_CHANGES: Final = 50
"""Changes of roles that the page of people lists."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a role in the community, and what is known of how they come."""

    person: Person
    roles: frozenset[Role]
    identities: Sequence[MemberIdentity]
    second: bool
    """Whether signing in takes them a second step."""


def governing(reader: Person, community: Community) -> list[Member]:
    """Those with a role beyond a member's, the first to come first."""
    require(reader, community, Permission.READ_PEOPLE)
    people = Person.objects.filter(
        memberships__community=community, memberships__role__in=GOVERNING
    )
    return _members(list(people.distinct().order_by("pk")), community)


def find(reader: Person, community: Community, name: str) -> list[Member]:
    """Those whose name, sign-in name or id on a platform is this; at most a handful."""
    require(reader, community, Permission.READ_PEOPLE)
    here = Person.objects.filter(memberships__community=community).distinct().order_by("pk")
    found = (
        here.filter(username=name)
        | here.filter(display_name__iexact=name)
        | here.filter(identities__member=name)
    )
    return _members(list(found.distinct()[:20]), community)


def changes(reader: Person, community: Community) -> list[RoleChange]:
    """The latest changes of roles, the newest first."""
    require(reader, community, Permission.READ_PEOPLE)
    kept = community.role_changes.select_related("person", "by").order_by("-pk")
    return list(kept[:_CHANGES])


@transaction.atomic
def invite(
    steward: Person,
    community: Community,
    name: str,
    role: Role,
    signer: SigningKey,
    now: datetime,
) -> tuple[Person, str]:
    """Make a person with a first role, and return the token of a link that signs them in."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    if len(name) > _LONGEST or not _SIGN_IN_NAME.fullmatch(name):
        form = _("A sign-in name has up to %(n)s small letters and digits, with - _ . between.")
        raise Mistake(form, n=_LONGEST)
    person, new = Person.objects.get_or_create(username=name, defaults={"display_name": name})
    if not new:
        raise Mistake(_("The name %(name)s is taken; choose another."), name=name)
    _change(steward, person, community, role, signer, now, given=True)
    return person, make_sign_in_link(person, now)


@transaction.atomic
def give_role(
    steward: Person,
    person: Person,
    community: Community,
    role: Role,
    signer: SigningKey,
    now: datetime,
) -> None:
    """Give a role; nothing happens if it is held already."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    if role not in roles_of(person, community):
        _change(steward, person, community, role, signer, now, given=True)


@transaction.atomic
def take_role(
    steward: Person,
    person: Person,
    community: Community,
    role: Role,
    signer: SigningKey,
    now: datetime,
) -> None:
    """Take a role; nothing happens if it is not held. The last steward keeps theirs."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    if role not in roles_of(person, community):
        return
    stewards = community.memberships.filter(role=Role.STEWARD, person__is_active=True)
    if role is Role.STEWARD and not stewards.exclude(person=person).exists():
        raise Mistake(_("%(name)s is the last steward; make someone else one first."), name=person)
    _change(steward, person, community, role, signer, now, given=False)


@transaction.atomic
def renew_link(steward: Person, person: Person, community: Community, now: datetime) -> str:
    """Return the token of another link, for someone who lost the first."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    return make_sign_in_link(person, now)


@transaction.atomic
def reset(steward: Person, person: Person, community: Community, now: datetime) -> str:
    """Take away every way in, for someone who lost their second step; return a fresh link."""
    require(steward, community, Permission.MANAGE_PEOPLE)
    person.sign_in_links.all().delete()
    forget_ways_in(person)
    return make_sign_in_link(person, now)


def _change(
    steward: Person,
    person: Person,
    community: Community,
    role: Role,
    signer: SigningKey,
    now: datetime,
    *,
    given: bool,
) -> None:
    if given:
        Membership.objects.create(person=person, community=community, role=role)
    else:
        person.memberships.filter(community=community, role=role).delete()
    change = RoleChange(
        community=community, person=person, role=role, given=given, by=steward, time=now
    )
    change.salt = token_bytes(SALT_SIZE)
    change.entry = enter(
        community,
        EntryKind.ROLE_GIVEN if given else EntryKind.ROLE_TAKEN,
        signer,
        now,
        role=role.value,
        commitments={"change": commit(sealed(change), change.salt)},
    )
    change.save()


def sealed(change: RoleChange) -> bytes:
    """What the ledger commits to: whose role it is, and who gave or took it."""
    return to_json({"person": change.person_id, "role": change.role, "by": change.by_id})


def _members(people: Sequence[Person], community: Community) -> list[Member]:
    """A few queries, however many people."""
    keys = [person.pk for person in people]
    roles: dict[int, set[Role]] = {key: set() for key in keys}
    for key, role in Membership.objects.filter(person__in=keys, community=community).values_list(
        "person", "role"
    ):
        roles[key].add(Role(role))
    known: dict[int, list[MemberIdentity]] = {key: [] for key in keys}
    for identity in community.identities.filter(person__in=keys).order_by("pk"):
        known[identity.person_id].append(identity)
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    second = set(
        Authenticator.objects.filter(user__in=keys, type__in=kinds).values_list("user", flat=True)
    )
    return [
        Member(person, frozenset(roles[person.pk]), known[person.pk], person.pk in second)
        for person in people
    ]
