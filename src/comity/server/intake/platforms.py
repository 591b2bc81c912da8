"""What stewards do about platforms on the pages: keys, webhooks, and messages sent again.

Each function is one transaction, and for those who may manage platforms. What only the operator
may do, such as letting messages go into a private network, is left to the terminal.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comity.errors import InputError
from comity.server.intake.keys import Scope, create_key, revoke_key
from comity.server.intake.models import ApiKey, Delivery, Webhook
from comity.server.intake.post import check_url
from comity.server.intake.schedule import show_secret, webhook_secret
from comity.server.intake.webhooks import add_webhook, remove_webhook
from comity.server.members.mistake import Mistake
from comity.server.members.models import Community, Person
from comity.server.members.permissions import Permission, require

SCOPES: Final[Mapping[Scope, Promise]] = {
    Scope.EVENTS: pgettext_lazy("scope", "tell what happened, and get decisions"),
    Scope.DECISIONS: pgettext_lazy("scope", "read decisions and rulings"),
    Scope.DRAFTS: pgettext_lazy("scope", "ask for advice on drafts"),
    Scope.PERSPECTIVE: pgettext_lazy("scope", "make the calls of the Perspective API"),
    Scope.MEMBERS: pgettext_lazy("scope", "sign in any member, and so be any of them"),
}
MOST_A_MINUTE: Final = 100_000_000
_LISTED: Final = 50
"""Messages of a webhook that are shown, the newest first."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A webhook, with how many messages wait in its outbox and how many were given up."""

    webhook: Webhook
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True)
class KeyWish:
    """A key as a steward wants it."""

    name: str
    scopes: Sequence[Scope]
    rate: int
    publishable: bool


def keys(steward: Person, community: Community) -> list[ApiKey]:
    """All keys, those at work first, the newest of them on top."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    return sorted(community.api_keys.order_by("-pk"), key=lambda key: key.revoked is not None)


def outlets(steward: Person, community: Community) -> list[Outlet]:
    """The webhooks at work."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    waiting = Q(deliveries__next_try__isnull=False)
    given_up = Q(deliveries__next_try=None, deliveries__delivered=None, deliveries__isnull=False)
    found = community.webhooks.filter(active=True).annotate(
        waiting=Count("deliveries", filter=waiting), given_up=Count("deliveries", filter=given_up)
    )
    return [Outlet(each, each.waiting, each.given_up) for each in found.order_by("pk")]


def deliveries(steward: Person, webhook: Webhook) -> list[Delivery]:
    """The latest messages to a webhook."""
    require(steward, webhook.community, Permission.MANAGE_PLATFORMS)
    return list(webhook.deliveries.order_by("-pk")[:_LISTED])


@transaction.atomic
def make_key(
    steward: Person, community: Community, wish: KeyWish, now: datetime
) -> tuple[ApiKey, str]:
    """Make a key; the secret beside it is shown once."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    scopes = [Scope.DRAFTS] if wish.publishable else wish.scopes
    if not scopes:
        raise Mistake(_("Choose at least one thing that the key may do."))
    if not 1 <= wish.rate <= MOST_A_MINUTE:
        raise Mistake(
            _("A key may send between 1 and %(most)s events a minute."), most=MOST_A_MINUTE
        )
    try:
        return create_key(
            community, wish.name, scopes, wish.rate, now, publishable=wish.publishable
        )
    except InputError:
        raise Mistake(_("Say what uses the key, on one line of at most 100 characters.")) from None


@transaction.atomic
def end_key(steward: Person, community: Community, number: int, now: datetime) -> None:
    """Revoke a key; nothing happens if it is already. Raises ApiKey.DoesNotExist."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    key = community.api_keys.get(pk=number)
    revoke_key(community, key.prefix, now)


@transaction.atomic
def open_outlet(
    steward: Person, community: Community, url: str, server_key: bytes, now: datetime
) -> tuple[Webhook, str]:
    """Add a webhook; the secret beside it, which its messages are signed with, is shown once."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    if wrong := check_url(url):
        raise Mistake(wrong)
    webhook = add_webhook(community, url, False, now)
    return webhook, show_secret(webhook_secret(server_key, webhook.pk))


@transaction.atomic
def close_outlet(steward: Person, community: Community, number: int) -> None:
    """Tell a webhook nothing more; nothing happens if it is told nothing already."""
    require(steward, community, Permission.MANAGE_PLATFORMS)
    remove_webhook(community, number)


@transaction.atomic
def send_again(steward: Person, webhook: Webhook, number: int, now: datetime) -> None:
    """Send a message once more, whatever became of it, under the `webhook-id` that it had."""
    require(steward, webhook.community, Permission.MANAGE_PLATFORMS)
    webhook.deliveries.filter(pk=number).update(
        next_try=now, attempts=0, delivered=None, last_error=""
    )
