"""The pages of keys and webhooks, for stewards."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server import runtime
from comity.server.intake import platforms as services
from comity.server.intake.keys import Scope
from comity.server.intake.models import ApiKey, Webhook
from comity.server.members.access import permitted, person
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import Permission


@require_safe
@permitted(Permission.MANAGE_PLATFORMS)
@never_cache
def platforms(request: HttpRequest) -> HttpResponse:
    """The keys, and the webhooks with what waits for them."""
    return _page(request)


@require_POST
@permitted(Permission.MANAGE_PLATFORMS)
@never_cache
def add_key(request: HttpRequest) -> HttpResponse:
    posted, community = request.POST, runtime.current().community
    rate = posted.get("rate", "")
    wish = services.KeyWish(
        name=posted.get("name", "").strip(),
        scopes=[scope for scope in Scope if scope.value in posted.getlist("scopes")],
        rate=int(rate) if rate.isdecimal() and len(rate) < 12 else 0,
        publishable=posted.get("kind") == "publishable",
    )
    try:
        key, secret = services.make_key(person(request), community, wish, timezone.now())
    except Mistake as mistake:
        return _page(request, mistake=mistake, status=409)
    return _page(request, secret=secret, secret_of=key.name, publishable=wish.publishable)


@require_POST
@permitted(Permission.MANAGE_PLATFORMS)
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    community = runtime.current().community
    get_object_or_404(ApiKey, pk=pk, community=community)
    services.end_key(person(request), community, pk, timezone.now())
    return redirect("platforms")


@require_POST
@permitted(Permission.MANAGE_PLATFORMS)
@never_cache
def add_webhook(request: HttpRequest) -> HttpResponse:
    serving = runtime.current()
    url = request.POST.get("url", "").strip()
    try:
        webhook, secret = services.open_outlet(
            person(request),
            serving.community,
            url,
            serving.folder.secret("server"),
            timezone.now(),
        )
    except Mistake as mistake:
        return _page(request, mistake=mistake, status=409)
    return _page(request, secret=secret, secret_of=webhook.url)


@require_POST
@permitted(Permission.MANAGE_PLATFORMS)
def remove_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    services.close_outlet(person(request), runtime.current().community, pk)
    return redirect("platforms")


@require_safe
@permitted(Permission.MANAGE_PLATFORMS)
@never_cache
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """The latest messages to one webhook, and what became of them."""
    found = _webhook(pk)
    context = {"webhook": found, "deliveries": services.deliveries(person(request), found)}
    return render(request, "intake/webhook.html", context)


@require_POST
@permitted(Permission.MANAGE_PLATFORMS)
def send_again(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    services.send_again(person(request), _webhook(pk), delivery, timezone.now())
    return redirect("webhook", pk)


def _webhook(pk: int) -> Webhook:
    return get_object_or_404(Webhook, pk=pk, community=runtime.current().community, active=True)


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    steward, community = person(request), runtime.current().community
    context = {
        "keys": services.keys(steward, community),
        "outlets": services.outlets(steward, community),
        "scopes": [(scope, meaning, scope.usual) for scope, meaning in services.SCOPES.items()],
        "most": services.MOST_A_MINUTE,
        **more,
    }
    return render(request, "intake/platforms.html", context, status=status)
