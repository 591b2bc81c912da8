"""Which API key may do what: declared at each endpoint, checked before it reads anything."""

from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from comity.server import runtime
from comity.server.intake.keys import Caller, Scope


class KeyWith(HttpBearer):
    """Lets in who shows `Authorization: Bearer ck_…` of a key with the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope: Final = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self.authenticate(request, secret.strip()) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> Caller:  # noqa: ARG002
        return runtime.current().keys.admit(token, self.scope)


def caller(request: HttpRequest) -> Caller:
    """Who was let in."""
    found = getattr(request, "auth", None)
    assert isinstance(found, Caller)  # noqa: S101  each endpoint that asks is behind KeyWith
    return found
