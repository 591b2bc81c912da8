"""Who may do what in a community: the noun is `Permission`, the verb `require`.

One table, `GRANTS`, says which roles have which permission. Services ask `require` before they do
or tell anything; pages ask `may` which buttons to show. Roles add up: a reviewer who is also to
serve on juries holds the role of member too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import structlog
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext, pgettext_lazy

from comity.server.members.models import Community, Person, Role

_log = structlog.get_logger()


class Seat(StrEnum):
    """A role held for one object only. The service that knows the object says who holds it."""

    JUROR = "juror"


class Permission(StrEnum):
    """Something that is open to some roles only. `GRANTS` says to which."""

    READ_DECISIONS = "read_decisions"
    READ_CASES = "read_cases"
    RULE_ON_CASES = "rule_on_cases"
    RULE_IN_BULK = "rule_in_bulk"
    MANAGE_QUEUES = "manage_queues"
    READ_EXPOSURE = "read_exposure"
    READ_MEASURES = "read_measures"
    MANAGE_ADVICE = "manage_advice"
    READ_PEOPLE = "read_people"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_PLATFORMS = "manage_platforms"
    FILE_REPORTS = "file_reports"
    SERVE_ON_JURIES = "serve_on_juries"
    VOTE_AS_JUROR = "vote_as_juror"
    DECIDE_APPEALS = "decide_appeals"


@dataclass(frozen=True, slots=True)
class Grant:
    """Whom a permission is given to, and what it lets them do."""

    meaning: Promise
    """A phrase that completes “you need a role in order to …”."""
    holders: tuple[Role | Seat, ...]
    changes: bool = True
    """Whether something is changed by it; what only reads is open to auditors."""


GOVERNING: Final = frozenset(Role) - {Role.MEMBER}
"""Roles that let someone see or do more than what concerns themselves."""

_STAFF: Final = (Role.REVIEWER, Role.STEWARD)
_READERS: Final = (*_STAFF, Role.AUDITOR)
_OVERSIGHT: Final = (Role.STEWARD, Role.AUDITOR)

GRANTS: Final[Mapping[Permission, Grant]] = {
    Permission.READ_DECISIONS: Grant(
        pgettext_lazy("permission", "read posts and what was decided about them"), _READERS, False
    ),
    Permission.READ_CASES: Grant(
        pgettext_lazy("permission", "read cases, their reports and their appeals"), _READERS, False
    ),
    Permission.RULE_ON_CASES: Grant(
        pgettext_lazy("permission", "claim cases and rule on them"), _STAFF
    ),
    Permission.RULE_IN_BULK: Grant(
        pgettext_lazy("permission", "rule on many cases at once"), (Role.STEWARD,)
    ),
    Permission.MANAGE_QUEUES: Grant(
        pgettext_lazy("permission", "manage the queues and what goes where"), (Role.STEWARD,)
    ),
    Permission.READ_EXPOSURE: Grant(
        pgettext_lazy("permission", "see how much hard content each reviewer has looked at"),
        _OVERSIGHT,
        False,
    ),
    Permission.READ_MEASURES: Grant(
        pgettext_lazy("permission", "see the measures that are not public"), _OVERSIGHT, False
    ),
    Permission.MANAGE_ADVICE: Grant(
        pgettext_lazy("permission", "decide from how many drafts advice is kept back"),
        (Role.STEWARD,),
    ),
    Permission.READ_PEOPLE: Grant(
        pgettext_lazy("permission", "see the people and their roles"), _OVERSIGHT, False
    ),
    Permission.MANAGE_PEOPLE: Grant(
        pgettext_lazy("permission", "invite people and give or take roles"), (Role.STEWARD,)
    ),
    Permission.MANAGE_PLATFORMS: Grant(
        pgettext_lazy("permission", "manage API keys and webhooks"), (Role.STEWARD,)
    ),
    Permission.FILE_REPORTS: Grant(pgettext_lazy("permission", "report posts"), (Role.MEMBER,)),
    Permission.SERVE_ON_JURIES: Grant(
        pgettext_lazy("permission", "be drawn for juries"), (Role.MEMBER,)
    ),
    Permission.VOTE_AS_JUROR: Grant(
        pgettext_lazy("permission", "read what a jury hears, and vote in it"), (Seat.JUROR,)
    ),
    Permission.DECIDE_APPEALS: Grant(
        pgettext_lazy("permission", "decide appeals that no jury can"), (Role.STEWARD,)
    ),
}

ROLE_NAMES: Final[Mapping[Role | Seat, Promise]] = {
    Role.MEMBER: pgettext_lazy("role", "member"),
    Role.REVIEWER: pgettext_lazy("role", "reviewer"),
    Role.STEWARD: pgettext_lazy("role", "steward"),
    Role.AUDITOR: pgettext_lazy("role", "auditor"),
    Seat.JUROR: pgettext_lazy("role", "juror"),
}

_NAMED: Final = 3
"""Stewards that a refusal names."""


class Refused(PermissionDenied):
    """What someone wanted to do needs a role that they do not hold.

    Pages and the API answer with 403 and what is wrong and whom to ask, in the reader's language.
    """

    def __init__(self, permission: Permission, community: Community) -> None:
        self.permission: Final = permission
        self._community: Final = community
        super().__init__(permission.value)

    @property
    def message(self) -> str:
        grant = GRANTS[self.permission]
        names = pgettext("between alternatives", " or ").join(
            str(ROLE_NAMES[holder]) for holder in grant.holders
        )
        return gettext("You need the role of %(role)s to %(do)s.") % {
            "role": names,
            "do": grant.meaning,
        }

    @property
    def hint(self) -> str:
        holders = GRANTS[self.permission].holders
        if all(isinstance(holder, Seat) for holder in holders):
            return gettext("It is drawn by lot; nobody can give it.")
        stewards = self._community.memberships.filter(role=Role.STEWARD, person__is_active=True)
        names = stewards.order_by("pk").values_list("person__display_name", flat=True)[:_NAMED]
        return gettext("A steward of %(community)s can give it: %(names)s.") % {
            "community": self._community.name,
            "names": pgettext("between the items of a list", ", ").join(names),
        }


def require(
    person: Person,
    community: Community,
    permission: Permission,
    *,
    seats: Collection[Seat] = (),
) -> None:
    """Raise Refused unless the person has the permission.

    `seats` are those that the person holds in the very object that the permission is wanted for.
    """
    if not may(person, community, permission, seats=seats):
        _log.warning("refused", permission=permission.value, person=person.pk)
        raise Refused(permission, community)


def may(
    person: Person,
    community: Community,
    permission: Permission,
    *,
    seats: Collection[Seat] = (),
) -> bool:
    return permission in _granted(roles_of(person, community) | frozenset(seats))


def permissions_of(person: Person, community: Community) -> frozenset[Permission]:
    """All that the person may do by their roles; seats give more in what they are held for."""
    return _granted(roles_of(person, community))


def roles_of(person: Person, community: Community) -> frozenset[Role]:
    if not person.is_active:
        return frozenset()
    held = person.memberships.filter(community=community).values_list("role", flat=True)
    return frozenset(map(Role, held))


def _granted(held: frozenset[Role | Seat]) -> frozenset[Permission]:
    return frozenset(name for name, grant in GRANTS.items() if not held.isdisjoint(grant.holders))
