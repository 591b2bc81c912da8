"""Which pages are for people who are signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRefresh


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Send everyone else to sign in: the whole page, even where only a part of it was asked for."""
    whole = login_required(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "HX-Request" in request.headers and not request.user.is_authenticated:
            return HttpResponseClientRefresh()
        return whole(request, *args, **kwargs)

    return guarded
