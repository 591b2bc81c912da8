"""The two stacks of the server: pages with sessions and CSRF, the API with neither.

The API carries its key in a header and keeps no cookie, so what the pages need would only cost.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

import django
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

django.setup(set_prefix=False)

from comity.server.gate import gate  # noqa: E402  it needs the settings in place

API: Final = ("/v1/", "/v1alpha1/", "/$discovery/", "/healthz", "/metrics")


class ApiHandler(WSGIHandler):
    """Django's handler with one middleware, `gate`, around its views."""

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002  Django's signature
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = gate(self._get_response)  # type: ignore[attr-defined]


_pages, _api = WSGIHandler(), ApiHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if not environ["PATH_INFO"].startswith(API):
        return _pages(environ, start_response)
    response = cast(HttpResponse, _api(environ, start_response))
    response.close()
    # As a list Granian sends it in one piece with its length; anything else it would stream.
    return [response.content]
