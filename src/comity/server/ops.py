"""For whoever runs the server: is it well, and what does it count."""

from contextlib import suppress

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from comity.server import metrics, runtime
from comity.server.problems import json_response
from comity.server.transparency.ledger import head


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while events can be recorded; 503 and what is wrong when not."""
    serving = runtime.current()
    trouble = serving.health.trouble()
    answer = {
        "status": trouble or "ok",
        "community": serving.community.slug,
        "charter": serving.charter.sha256,
        "model": serving.scorer.model.version,
    }
    if trouble:
        return json_response(answer, 503)
    return json_response({**answer, "ledger": head().frontier.size})


@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    with suppress(DatabaseError, InterfaceError):  # the rest is worth knowing all the same
        metrics.LEDGER.set(head().frontier.size)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
