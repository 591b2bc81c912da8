"""Webhooks: added, listed, removed by the operator; and what other rooms tell by them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic_core import to_json

from comity.errors import Diagnostic, InputError
from comity.server.intake.models import Delivery, Webhook
from comity.server.intake.post import check_url
from comity.server.members.models import Community


@transaction.atomic
def add_webhook(community: Community, url: str, allow_private: bool, now: datetime) -> Webhook:
    """Tell `url` of every decision that asks for action, from now on."""
    wrong = check_url(url)
    if wrong:
        raise InputError([Diagnostic(str(wrong), "write it like https://forum.example/comity")])
    return Webhook.objects.create(
        community=community, url=url, allow_private=allow_private, created=now
    )


@transaction.atomic
def remove_webhook(community: Community, number: int) -> Webhook | None:
    """Tell it nothing more; what is still in its outbox is dropped."""
    webhook = Webhook.objects.filter(community=community, pk=number, active=True).first()
    if webhook:
        webhook.active = False
        webhook.save(update_fields=["active"])
    return webhook


def tell(
    community: Community, kind: str, messages: Mapping[str, Mapping[str, Any]], now: datetime
) -> None:
    """Put messages of one type into the outbox of each webhook, by their `webhook-id`.

    For use within the transaction of what they tell of.
    """
    head = {"type": kind, "timestamp": f"{now:%Y-%m-%dT%H:%M:%SZ}"}
    Delivery.objects.bulk_create(
        Delivery(
            webhook=webhook,
            message=message,
            body=to_json({**head, "data": data}).decode(),
            next_try=now,
        )
        for webhook in Webhook.objects.filter(community=community, active=True)
        for message, data in messages.items()
    )
