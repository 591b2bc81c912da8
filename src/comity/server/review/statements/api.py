"""Statements for platforms, which hand them on to their members."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from comity.server import runtime
from comity.server.auth import KeyWith, caller
from comity.server.intake.keys import Scope
from comity.server.intake.models import StoredDecision
from comity.server.intake.schemas import ProblemOut
from comity.server.problems import Problem, json_response
from comity.server.review.statements.links import Kind, path_of
from comity.server.review.statements.sources import of_stored_decision
from comity.statements import LANGUAGES, tell

router = Router(tags=["decisions"])


class StatementOut(Schema):
    """What the author of a restricted post is told; `texts` by language, without markup."""

    reference: str
    url: str
    objection_until: str
    texts: dict[str, str]


@router.get(
    "/decisions/{decision_id}/statement",
    auth=KeyWith(Scope.DECISIONS),
    response={200: StatementOut, frozenset({401, 403, 404, 429}): ProblemOut},
)
def get_statement(request: HttpRequest, decision_id: str) -> HttpResponse:
    """The statement of reasons for the author of a restricted post, to hand on or to link to.

    The link needs no account and works until the last day for objecting. Webhooks bring its path
    as `statement`, beside the `data` of each decision that restricts something.
    """
    caller(request).spend(1)
    stored = StoredDecision.objects.select_related("event__community").filter(
        pk=decision_id, event__community=runtime.current().community
    )
    found = stored.first()
    if found is None:
        raise Problem(404, "there is no such decision", where="decision_id")
    statement = of_stored_decision(found)
    if statement is None:
        hint = "reasons are owed for label, limit, hold, remove, mute and suspend"
        raise Problem(404, "this decision restricts nothing", where="decision_id", hint=hint)
    path = path_of(Kind.DECISION, found.pk, statement.objection_until)
    return json_response(
        {
            "reference": statement.occasion.reference,
            "url": request.build_absolute_uri(path),
            "objection_until": statement.objection_until.isoformat(timespec="seconds"),
            "texts": {language: tell(statement, language).text for language in LANGUAGES},
        }
    )
