"""The outbox: messages written with the decisions they tell of, kept until they are delivered.

A crash between delivering and noting it repeats a message under the same `webhook-id`; none is
ever lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from random import random
from threading import Event, Thread
from time import monotonic
from typing import Final

import structlog
from django.db import close_old_connections
from django.utils import timezone

from comity.server import metrics
from comity.server.intake.models import Delivery, Webhook
from comity.server.intake.post import Connection, Unreachable
from comity.server.intake.schedule import delay, signed_headers, webhook_secret

_PAUSE: Final = 0.5
"""Seconds between two looks at the outbox."""
_ROUND: Final = 256
"""Messages of a webhook in one round, which ends before it hears of new ones."""
_TURN: Final = 30.0
"""Seconds of a webhook in one round: the others wait for the slowest."""
_KEPT: Final = timedelta(days=7)
"""For so long one can see what was delivered."""
_CLEANING: Final = timedelta(hours=1)

_log = structlog.get_logger()


class Outbox:
    """Delivers what is due: each webhook in turn on one connection, several webhooks at once."""

    def __init__(self, server_key: bytes) -> None:
        self._key = server_key
        self._cleaned = timezone.now()
        self._stop = Event()
        self._thread = Thread(target=self._run, name="outbox", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with ThreadPoolExecutor(8, "outbox") as pool:
            while not self._stop.wait(_PAUSE):
                try:
                    self._round(pool)
                except Exception:
                    # The database was busy, say. What is due is still due the next time.
                    _log.exception("outbox failed")
                close_old_connections()

    def _round(self, pool: ThreadPoolExecutor) -> None:
        now = timezone.now()
        due = defaultdict(list)
        waiting = Delivery.objects.filter(next_try__lte=now).select_related("webhook")
        for delivery in waiting.order_by("next_try", "pk")[: 4 * _ROUND]:
            due[delivery.webhook].append(delivery)
        tried = [
            delivery
            for batch in pool.map(self._deliver, due.keys(), due.values())
            for delivery in batch
        ]
        if tried:
            Delivery.objects.bulk_update(
                tried, ["attempts", "next_try", "delivered", "last_error"], batch_size=100
            )
        if now - self._cleaned > _CLEANING:
            Delivery.objects.filter(delivered__lt=now - _KEPT).delete()
            self._cleaned = now

    def _deliver(self, webhook: Webhook, due: list[Delivery]) -> list[Delivery]:
        """Deliver in order. Who cannot be reached is left alone until the first is due again."""
        if not webhook.active:
            for delivery in due:
                delivery.next_try, delivery.last_error = None, "the webhook was removed"
            return due
        secret = webhook_secret(self._key, webhook.pk)
        connection: Connection | None = None
        end = monotonic() + _TURN
        tried: list[Delivery] = []
        for place, delivery in enumerate(due[:_ROUND]):
            if monotonic() > end:
                break
            tried.append(delivery)
            now = timezone.now()
            body = delivery.body.encode()
            headers = signed_headers(secret, delivery.message, int(now.timestamp()), body)
            try:
                if connection is None or not connection.open:
                    connection = Connection(webhook.url, webhook.allow_private)
                status = connection.post(body, headers)
            except Unreachable as error:
                _failed(delivery, str(error), now)
                _wait_like(delivery, due[place + 1 :])
                return due
            if 200 <= status < 300:
                _succeeded(delivery, now)
            else:
                _failed(delivery, f"answered {status}", now)
        if connection:
            connection.close()
        return tried


def _succeeded(delivery: Delivery, now: datetime) -> None:
    delivery.attempts += 1
    delivery.delivered, delivery.next_try, delivery.last_error = now, None, ""
    metrics.DELIVERIES.labels("delivered").inc()


def _failed(delivery: Delivery, error: str, now: datetime) -> None:
    delivery.attempts += 1
    wait = delay(delivery.attempts, random())  # noqa: S311  it spreads load, it hides nothing
    delivery.next_try = now + wait if wait else None
    delivery.last_error = error[:300]
    metrics.DELIVERIES.labels("failed" if wait else "given up").inc()
    _log.warning(
        "delivery failed",
        webhook=delivery.webhook_id,
        message=delivery.message,
        attempts=delivery.attempts,
        error=delivery.last_error,
        given_up=wait is None,
    )


def _wait_like(first: Delivery, others: Iterable[Delivery]) -> None:
    for delivery in others:
        if first.next_try:
            delivery.next_try = first.next_try
