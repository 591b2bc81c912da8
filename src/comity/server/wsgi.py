"""The two stacks of the server: pages with sessions and CSRF, the API with neither.

The API carries its key in a header and keeps no cookie, and it is asked a thousand times a second:
it goes from the address to the view through `gate` alone.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

django.setup(set_prefix=False)

from comity.server.gate import gate  # noqa: E402  it needs the settings in place
from comity.server.request import ApiRequest, FormBody  # noqa: E402  so does this

API: Final = ("/v1/", "/v1alpha1/", "/$discovery/", "/healthz", "/metrics")

_pages = WSGIHandler()
_resolver = get_resolver()


def application(
    environ: dict[str, Any], start_response: Callable[..., Callable[[bytes], object]]
) -> Iterable[bytes]:
    if not environ["PATH_INFO"].startswith(API):
        environ["wsgi.input"] = FormBody(environ["wsgi.input"])
        return _pages(environ, start_response)
    response = _api(ApiRequest(environ))
    start_response(
        f"{response.status_code} {response.reason_phrase}", list(response.headers.items())
    )
    # As a list Granian sends it in one piece with its length; anything else it would stream.
    return [response.content]


@gate
def _api(request: HttpRequest) -> HttpResponse:
    match = request.resolver_match = _resolver.resolve(request.path_info)
    answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return answer
