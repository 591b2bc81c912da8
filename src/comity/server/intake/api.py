"""Events in, decisions out."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from comity.server import runtime
from comity.server.auth import KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.models import StoredDecision
from comity.server.intake.reading import MAX_EVENTS, read_body, read_events
from comity.server.intake.schemas import EXAMPLE_EVENT, DecisionOut, ProblemOut, json_body
from comity.server.problems import Problem, json_response

router = Router(tags=["decisions"])

_EVENT: Final = {"$ref": "#/components/schemas/Event"}
_ONE_OR_MANY: Final = {
    "oneOf": [_EVENT, {"type": "array", "items": _EVENT, "maxItems": MAX_EVENTS}]
}
_PROBLEMS: Final = frozenset({400, 401, 403, 409, 413, 415, 422, 429, 503})


@router.post(
    "/decisions",
    auth=KeyWith(Scope.EVENTS),
    response={200: DecisionOut | list[DecisionOut], _PROBLEMS: ProblemOut},
    openapi_extra=json_body(_ONE_OR_MANY, EXAMPLE_EVENT),
)
def decide_events(request: HttpRequest) -> HttpResponse:
    """Tell what happened, and hear what the charter says of it.

    One event gives one decision, an array of up to 1,000 gives as many in its order. A request
    is taken whole or refused whole: if one event is wrong, the answer says which and why, and
    none is recorded. An answer means that the decisions are on disk and in the ledger.

    `(source, id)` names an event. Sent again with the same content it gives the decision that is
    recorded; with another content it is refused with 409. A report by a member who has filed
    hundreds today is refused with 429, and `where` says which it is.
    """
    now_serving = runtime.current()
    body = read_body(request)
    events, many = read_events(body, now_serving.community.slug, timezone.now())
    caller(request).spend(len(events) or 1)
    now_serving.reporters.check(events, timezone.now())
    if not many:
        return json_response(now_serving.committer.commit(b"[%b]" % body, 1))
    decisions = now_serving.committer.commit(body, len(events)) if events else b""
    return json_response(b"[%b]" % decisions)


@router.get(
    "/decisions/{decision_id}",
    auth=KeyWith(Scope.DECISIONS),
    response={200: DecisionOut, frozenset({401, 403, 404, 429}): ProblemOut},
)
def get_decision(request: HttpRequest, decision_id: str) -> HttpResponse:
    """Read a decision that is recorded."""
    caller(request).spend(1)
    stored = StoredDecision.objects.filter(
        pk=decision_id, event__community=runtime.current().community
    )
    body = stored.values_list("body", flat=True).first()
    if body is None:
        raise Problem(404, "there is no such decision", where="decision_id")
    return json_response(body.encode())
