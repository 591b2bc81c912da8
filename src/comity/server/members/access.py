"""Which pages are for people who are signed in, and which for some of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh

from comity.server import runtime
from comity.server.members.models import Person
from comity.server.members.permissions import Permission, require

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Send everyone else to sign in: the whole page, even where only a part of it was asked for."""
    whole = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "HX-Request" in request.headers and not request.user.is_authenticated:
            return HttpResponseClientRefresh()
        return whole(request, *args, **kwargs)

    return guarded


def permitted(permission: Permission) -> Callable[[View], View]:
    """Show a page to those who have the permission; others see why not, and visitors sign in."""

    def decorate(view: View) -> View:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(person(request), runtime.current().community, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def person(request: HttpRequest) -> Person:
    """Who is signed in, on a page that only people who are can reach."""
    user = request.user
    assert isinstance(user, Person)  # noqa: S101  each view that asks is behind signed_in
    return user
