"""Who acts on cases and when, and what keeps them from one: the noun is `Bench`."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from comity.ledger import SigningKey
from comity.server.members.mistake import Mistake
from comity.server.members.models import Community, Person, Role
from comity.server.members.permissions import Permission, require, roles_of
from comity.server.review.models import ENDED, Case
from comity.server.review.parties import is_party


class Conflict(Mistake):
    """Someone else was there first. Nothing was done; look at the case again."""


@dataclass(frozen=True, slots=True)
class Bench:
    """A person at work on the cases of a community, with the key that signs what they do."""

    person: Person
    community: Community
    signer: SigningKey
    now: datetime

    def require(self, permission: Permission) -> None:
        require(self.person, self.community, permission)

    @property
    def actor(self) -> str:
        """As whom the lifecycle knows the person: the most that they are."""
        roles = roles_of(self.person, self.community)
        return next(role.value for role in (Role.STEWARD, Role.REVIEWER) if role in roles)

    @property
    def cases(self) -> QuerySet[Case]:
        return Case.objects.filter(community=self.community)

    def take(self, number: int) -> Case:
        """The case, locked until the transaction ends. Raises Case.DoesNotExist."""
        locked = self.cases.select_for_update(of=("self",))
        return locked.select_related("event", "event__decision", "community").get(pk=number)


def claimed(now: datetime) -> Q:
    """The cases that somebody has to themselves."""
    return Q(claimed_by__isnull=False, claimed_until__gt=now)


def keep_out(bench: Bench, case: Case) -> None:
    """Raise Mistake for whoever is not to decide this case at all."""
    if is_party(bench.person, case):
        raise Mistake(_("You are party to this case, so others decide it."))
    if case.recusals.filter(person=bench.person).exists():
        raise Mistake(_("Others decide this case: you left it, or ruled on this text before."))


def check_open(case: Case) -> None:
    """Raise Conflict when the case needs nobody any more."""
    if case.state in ENDED:
        raise Conflict(_("This case is closed. Look at it again: someone was quicker."))


def check_free(bench: Bench, case: Case) -> None:
    """Raise Conflict while someone else has the case, or when it needs nobody any more."""
    check_open(case)
    owner = case.claimed_by
    if owner and owner != bench.person and case.claimed_until and case.claimed_until > bench.now:
        raise Conflict(
            _("%(name)s is at work on this case until %(time)s (UTC)."),
            name=owner,
            time=f"{case.claimed_until:%H:%M}",
        )


def check_version(case: Case, version: int) -> None:
    if case.version != version:
        raise Conflict(
            _(
                "This case has changed while you looked at it: the post was edited, or someone "
                "ruled. Nothing of yours was recorded. Look at it again."
            )
        )
