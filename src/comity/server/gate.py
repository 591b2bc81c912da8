"""What every request to the API passes: an id, an answer in our form, a count.

Requests that go well are counted in the metrics; those that do not, or take long, get a log line.
"""

from collections.abc import Callable
from secrets import token_hex
from time import perf_counter
from typing import Final

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import Http404, HttpRequest, HttpResponse

from comity.server import metrics, origins
from comity.server.intake.keys import Caller
from comity.server.middleware import POLICY
from comity.server.perspective.views import refuse
from comity.server.problems import CODES, Problem

_SLOW: Final = 1.0
"""Seconds from which a request is worth a line though it went well."""

_GOOGLE: Final = ("/v1alpha1/", "/$discovery/")
_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

_log = structlog.get_logger()

Handler = Callable[[HttpRequest], HttpResponse]


def gate(get_response: Handler) -> Handler:
    def pass_through(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        request_id = token_hex(8)
        try:
            _check_size(request)
            response = origins.preflight(request) or _in_our_form(get_response(request))
        except Problem as problem:
            response = _refuse(request, problem)
        except Http404:
            hint = "the addresses are listed at /v1/docs"
            response = _refuse(request, Problem(404, hint=hint))
        except (BadRequest, SuspiciousOperation):
            response = _refuse(request, Problem(400))
        except (InterfaceError, OperationalError) as error:
            close_old_connections()
            _log.error("the database does not answer", request=request_id, error=str(error))
            hint = "send the same again in a second"
            response = _refuse(
                request,
                Problem(
                    503, "the database does not answer", hint=hint, headers={"Retry-After": "1"}
                ),
            )
        except Exception:
            close_old_connections()  # should one of them be what failed
            _log.exception("request failed", request=request_id, path=request.path)
            hint = f"tell the operator: request {request_id}"
            response = _refuse(request, Problem(500, hint=hint))
        response.headers["X-Request-Id"] = request_id
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = POLICY  # for the documentation page
        origins.expose(request, response)
        caller = getattr(request, "auth", None)
        if isinstance(caller, Caller):
            for name, value in caller.headers().items():
                response.headers[name] = value
        _account(request, response, request_id, perf_counter() - begun)
        return response

    return pass_through


def _refuse(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Say no in the form that the clients of this address read."""
    google = request.path_info.startswith(_GOOGLE)
    return refuse(problem) if google else problem.response()


def _check_size(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit():
        raise Problem(400, "the Content-Length is no number", where="Content-Length")
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if int(length) > most:
        raise Problem(
            413,
            f"the body has {int(length):,} bytes; at most {most:,} are taken",
            hint="send fewer events in one request",
        )


def _in_our_form(response: HttpResponse) -> HttpResponse:
    """Django's and ninja's own refusals are text or HTML: say them as all others are said."""
    if response.status_code < 400 or response.headers["Content-Type"] == "application/json":
        return response
    status = response.status_code if response.status_code in CODES else 400
    allow = response.headers.get("Allow")
    if allow:
        return Problem(status, hint=f"use {allow}", headers={"Allow": allow}).response()
    return Problem(status).response()


def _account(request: HttpRequest, response: HttpResponse, request_id: str, took: float) -> None:
    match = request.resolver_match
    # The route, never the address: an address may hold an id, and each would be a series.
    route = match.route if match else "none"
    # For the same reason no method of the sender's own making.
    method = request.method if request.method in _METHODS else "other"
    metrics.REQUESTS.labels(method, route, response.status_code).inc()
    metrics.SECONDS.labels(route).observe(took)
    if response.status_code < 400 and took < _SLOW:
        return
    _log.warning(
        "request",
        request=request_id,
        method=method,
        route=route,
        status=response.status_code,
        ms=round(took * 1000, 2),
    )
