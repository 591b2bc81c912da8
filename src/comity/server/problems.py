"""What is wrong with a request, in the one form that every error under /v1 has.

    {"error": {"code": "…", "message": "…", "where": "…", "hint": "…"}}

`code` is for programs and never changes; the rest is for people.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.http import HttpResponse
from pydantic_core import to_json

CODES: Final[Mapping[int, tuple[str, str]]] = {
    400: ("bad_request", "the request cannot be read"),
    401: ("no_key", "this needs an API key"),
    403: ("forbidden", "this is not allowed"),
    404: ("not_found", "there is nothing here"),
    405: ("method_not_allowed", "this address does not take this method"),
    409: ("conflict", "this contradicts what is recorded"),
    413: ("too_large", "the request is too large"),
    415: ("not_json", "the body has to be JSON"),
    422: ("invalid", "a field is wrong"),
    429: ("too_many", "too many requests with this key"),
    500: ("internal", "the server failed; it is not your request"),
    503: ("busy", "the server has too much to do"),
}


class Problem(Exception):  # noqa: N818  a problem is what RFC 9457 calls it
    """A request that is answered with an error."""

    def __init__(
        self,
        status: int,
        message: str = "",
        *,
        where: str = "",
        hint: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        code, usual = CODES[status]
        self.body = {"code": code, "message": message or usual, "where": where, "hint": hint}
        self.headers = headers or {}

    def __reduce__(self) -> Any:
        made = partial(
            Problem, where=self.body["where"], hint=self.body["hint"], headers=self.headers
        )
        return made, (self.status, self.body["message"])

    def response(self) -> HttpResponse:
        return json_response({"error": self.body}, self.status, self.headers)


def json_response(
    content: Any, status: int = 200, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Answer with JSON; bytes are taken as JSON already."""
    body = content if isinstance(content, bytes) else to_json(content)
    return HttpResponse(
        body, status=status, content_type="application/json", headers=dict(headers or {})
    )
