"""Which web pages of other sites may ask, and what: the operator names them in COMITY_ORIGINS.

A browser tells in `Origin` from where a page asks, and hides the answer from the page unless the
answer names that origin.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comity.server.problems import Problem

OPEN: Final = frozenset({"/v1/drafts", "/v1/drafts/outcomes"})
"""What can be asked from other sites at all."""
_REMEMBERED: Final = "86400"
"""Seconds for which a browser need not ask again whether it may ask."""


def allowed(request: HttpRequest) -> bool:
    """Whether the page that asks is one of ours, or of an origin that the operator allowed."""
    return request.headers.get("Origin") in settings.ORIGINS or own(request)


def own(request: HttpRequest) -> bool:
    """Whether a page of this server asks."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def preflight(request: HttpRequest) -> HttpResponse | None:
    """The answer to a browser that asks whether a page may ask; None for any other request."""
    asked = request.headers.get("Access-Control-Request-Method")
    if request.method != "OPTIONS" or asked is None or request.path_info not in OPEN:
        return None
    if not allowed(request):
        raise Problem(
            403,
            "pages of this origin may not ask here",
            where="Origin",
            hint="the operator names it in COMITY_ORIGINS",
        )
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": _REMEMBERED,
        },
    )


def expose(request: HttpRequest, response: HttpResponse) -> None:
    """Let the page that asked read the answer, where it may ask."""
    if request.path_info not in OPEN:
        return
    response.headers["Vary"] = "Origin"
    if "Origin" in request.headers and allowed(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = "Retry-After"
