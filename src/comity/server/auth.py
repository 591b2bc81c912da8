"""Which API key may do what: declared at each endpoint, checked before it reads anything."""

from typing import Final

from django.http import HttpRequest
from ninja.security import HttpBearer

from comity.server import origins, runtime
from comity.server.addresses import address_of
from comity.server.intake.keys import PUBLISHABLE, Caller, Scope
from comity.server.problems import Problem


class KeyWith(HttpBearer):
    """Lets in who shows `Authorization: Bearer ck_…` of a key with the scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope: Final = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        scheme, _, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self.authenticate(request, secret.strip()) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        admitted = runtime.current().keys.admit(token, self.scope)
        _check_origin(request, token)
        if token.startswith(PUBLISHABLE):
            admitted.visitor = address_of(request)
        return admitted


class KeyInForm:
    """Lets in a page that shows its key in a form: a browser can then tell it while closing."""

    def __init__(self, scope: Scope) -> None:
        self._key = KeyWith(scope)

    def __call__(self, request: HttpRequest) -> Caller | None:
        token = request.POST.get("key", "")
        return self._key.authenticate(request, token) if token else None


def _check_origin(request: HttpRequest, token: str) -> None:
    """A publishable key is for pages that may ask; a secret one must not stand in a page."""
    publishable = token.startswith(PUBLISHABLE)
    if publishable and not origins.allowed(request):
        raise Problem(
            403,
            "this key is for web pages, and none that may ask here asks",
            where="Origin",
            hint="the operator names the page's origin in COMITY_ORIGINS",
        )
    foreign = "Origin" in request.headers and not origins.own(request)
    if foreign and not publishable:
        raise Problem(
            403,
            "this API key is secret and must not stand in a web page",
            where="Authorization",
            hint="revoke it, and make one with `comity keys create --publishable`",
        )


def caller(request: HttpRequest) -> Caller:
    """Who was let in."""
    found = getattr(request, "auth", None)
    assert isinstance(found, Caller)  # noqa: S101  each endpoint that asks is behind KeyWith
    return found
