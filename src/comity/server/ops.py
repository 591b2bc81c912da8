"""For whoever runs the server: is it well, and what does it count."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from comity.server import runtime
from comity.server.problems import json_response
from comity.server.transparency.ledger import head


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while events can be recorded, 503 when not."""
    serving = runtime.current()
    well = serving.committer.alive
    answer = {
        "status": "ok" if well else "the committer has stopped",
        "community": serving.community.slug,
        "charter": serving.charter.sha256,
        "model": serving.scorer.model.version,
        "ledger": head().frontier.size,
    }
    return json_response(answer, 200 if well else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)
