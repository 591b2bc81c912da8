"""The Perspective API over HTTP: each view reads, asks, and answers in the API's own form."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from pydantic_core import to_json

from comity.server.intake.keys import Scope
from comity.server.perspective.analyze import analyze
from comity.server.perspective.discovery import API_VERSION, discovery_document
from comity.server.perspective.errors import (
    PerspectiveError,
    bad_key,
    from_problem,
    malformed,
    method_not_allowed,
    over_quota,
    wrong_scope,
)
from comity.server.perspective.services import keep_suggestion
from comity.server.perspective.wire import MAX_BODY, read_analyze, read_suggest
from comity.server.problems import Problem
from comity.server.runtime import current

_CORS: Final = {
    # The original may be called from a page: the key is the permission, and no cookie is read.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Content-Type, X-Goog-Api-Key",
    "Access-Control-Allow-Methods": "POST, GET",
    "Access-Control-Expose-Headers": "X-Comity-Model",
}

View = Callable[[HttpRequest], dict[str, Any]]


def _endpoint(method: str) -> Callable[[View], Callable[[HttpRequest], HttpResponse]]:
    """Answer preflights, refuse other methods, and write down what a view says or refuses."""

    def decorate(view: View) -> Callable[[HttpRequest], HttpResponse]:
        @csrf_exempt
        def endpoint(request: HttpRequest) -> HttpResponse:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers=_CORS)
            try:
                if request.method != method:
                    raise method_not_allowed(method)
                return _json(view(request), 200)
            except PerspectiveError as error:
                return _json(error.body, error.code)

        return endpoint

    return decorate


@_endpoint("POST")
def analyze_comment(request: HttpRequest) -> dict[str, Any]:
    _admit(request)
    return analyze(read_analyze(_body(request)), current().scorer)


@_endpoint("POST")
def suggest_score(request: HttpRequest) -> dict[str, Any]:
    _admit(request)
    suggestion = read_suggest(_body(request))
    runtime = current()
    detected = runtime.scorer.score([suggestion.text])[0].language
    if not suggestion.do_not_store:
        model, now = runtime.scorer.model, timezone.now()
        keep_suggestion(runtime.community, suggestion, detected, model, now)
    answer: dict[str, Any] = {
        "detectedLanguages": [detected],
        "requestedLanguages": list(suggestion.languages or [detected]),
    }
    if suggestion.client_token:
        answer["clientToken"] = suggestion.client_token
    return answer


@_endpoint("GET")
def discover(request: HttpRequest) -> dict[str, Any]:
    if request.GET.get("version", API_VERSION) != API_VERSION:
        raise malformed("version", f"this server has {API_VERSION} only")
    return discovery_document(request.build_absolute_uri("/"))


def refuse(problem: Problem) -> HttpResponse:
    """Say in this API's form what went wrong before or beside a view."""
    error = from_problem(problem)
    return _json(error.body, error.code)


def _admit(request: HttpRequest) -> None:
    """Let in who shows a key with the right scope, in the address or in Google's header."""
    secret = request.GET.get("key") or request.headers.get("X-Goog-Api-Key", "")
    try:
        caller = current().keys.admit(secret, Scope.PERSPECTIVE)
    except Problem as problem:
        raise (wrong_scope() if problem.status == 403 else bad_key()) from None
    try:
        caller.spend(1)
    except Problem:
        raise over_quota(caller.bucket.rate, request.build_absolute_uri("/v1/docs")) from None


def _body(request: HttpRequest) -> bytes:
    body = request.body
    if len(body) > MAX_BODY:
        raise malformed("", f"the body has {len(body)} bytes; at most {MAX_BODY} are taken")
    return body


def _json(content: dict[str, Any], status: int) -> HttpResponse:
    model = current().scorer.model
    return HttpResponse(
        to_json(content),
        status=status,
        content_type="application/json",
        headers={**_CORS, "X-Comity-Model": f"{model.name}/{model.version} sha256:{model.sha256}"},
    )
