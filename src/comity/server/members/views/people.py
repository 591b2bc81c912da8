"""The page of the people who help to govern: auditors read it, stewards work on it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server import runtime
from comity.server.members import people as services
from comity.server.members.access import permitted, person
from comity.server.members.identities import link_identity
from comity.server.members.mistake import Mistake
from comity.server.members.models import Person, Role
from comity.server.members.permissions import ROLE_NAMES, Permission


@require_safe
@permitted(Permission.READ_PEOPLE)
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """Who governs; with `?name=` also who has that name."""
    return _page(request)


@require_POST
@permitted(Permission.MANAGE_PEOPLE)
def invite(request: HttpRequest) -> HttpResponse:
    def act() -> HttpResponse:
        name = request.POST.get("username", "").strip()
        role = _role(request.POST.get("role", ""))
        invited, token = services.invite(
            steward, community, name, role, runtime.current().signer, timezone.now()
        )
        return _show_link(request, invited, token)

    steward, community = person(request), runtime.current().community
    return _or_say_why_not(request, act)


@require_POST
@permitted(Permission.MANAGE_PEOPLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do to one person what the pressed button says."""
    steward, community, now = person(request), runtime.current().community, timezone.now()
    signer = runtime.current().signer
    other = get_object_or_404(Person, pk=pk, memberships__community=community)
    posted = request.POST

    def act() -> HttpResponse:
        if "give" in posted:
            services.give_role(steward, other, community, _role(posted["give"]), signer, now)
        elif "take" in posted:
            services.take_role(steward, other, community, _role(posted["take"]), signer, now)
        elif "source" in posted:
            source, member = posted["source"].strip(), posted.get("member", "").strip()
            link_identity(steward, other, community, source, member)
        elif "reset" in posted:
            return _show_link(request, other, services.reset(steward, other, community, now))
        else:
            return _show_link(request, other, services.renew_link(steward, other, community, now))
        return redirect("people")

    return _or_say_why_not(request, act)


def _or_say_why_not(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return act()
    except Mistake as mistake:
        return _page(request, mistake=mistake, status=409)


def _role(name: str) -> Role:
    if name not in set(Role):
        raise Http404  # no form of ours sends it
    return Role(name)


def _show_link(request: HttpRequest, other: Person, token: str) -> HttpResponse:
    """Show the link this once: only its hash is kept."""
    link = request.build_absolute_uri(reverse("sign_in_link", args=[token]))
    return _page(request, link=link, link_of=other)


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    reader, community = person(request), runtime.current().community
    name = request.GET.get("name", "").strip()[:400]
    context = {
        "governing": services.governing(reader, community),
        "changes": services.changes(reader, community),
        "found": services.find(reader, community, name) if name else None,
        "name": name,
        "role_names": ROLE_NAMES,
        "roles": list(Role),
        **more,
    }
    return render(request, "members/people.html", context, status=status)
