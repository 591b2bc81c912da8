"""The pages that are about their reader."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comity.server import runtime
from comity.server.members import account, me
from comity.server.members.access import person, signed_in
from comity.server.members.identities import identities_of
from comity.server.members.mistake import Mistake
from comity.server.members.permissions import ROLE_NAMES, roles_of


@require_safe
@signed_in
@never_cache
def own_page(request: HttpRequest) -> HttpResponse:
    """What was decided about the reader's posts, and what follows from it."""
    reader, community = person(request), runtime.current().community
    context = {
        "identities": sorted(identities_of(reader, community)),
        "sections": me.page(reader, community),
    }
    return render(request, "members/me.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@never_cache
def own_account(request: HttpRequest) -> HttpResponse:
    """The reader's name, how they sign in, and where they are signed in."""
    reader, mistake = person(request), None
    if request.method == "POST":
        try:
            account.rename(reader, request.POST.get("name", ""))
        except Mistake as wrong:
            mistake = wrong
        else:
            return redirect("account")
    return render(request, "members/account.html", _account(request, mistake))


def _account(request: HttpRequest, mistake: Mistake | None) -> dict[str, Any]:
    reader = person(request)
    ways = account.ways_of(reader)
    connected = {known.provider for known in ways.providers}
    return {
        "roles": [str(ROLE_NAMES[role]) for role in roles_of(reader, runtime.current().community)],
        "ways": ways,
        "unconnected": [
            provider
            for provider in get_adapter().list_providers(request)
            if provider.app.provider_id not in connected
        ],
        "mistake": mistake,
    }


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    account.end_sessions(person(request))
    logout(request)
    return redirect("sign_in")
