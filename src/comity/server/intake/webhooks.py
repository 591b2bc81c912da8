"""Webhooks: added, listed, removed by the operator."""

from datetime import datetime

from django.db import transaction

from comity.errors import Diagnostic, InputError
from comity.server.intake.models import Webhook
from comity.server.intake.post import check_url
from comity.server.members.models import Community


@transaction.atomic
def add_webhook(community: Community, url: str, allow_private: bool, now: datetime) -> Webhook:
    """Tell `url` of every decision that asks for action, from now on."""
    wrong = check_url(url)
    if wrong:
        raise InputError([Diagnostic(wrong, "write it like https://forum.example/comity")])
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
