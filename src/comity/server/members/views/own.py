"""The pages that are about their reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comity.server import runtime
from comity.server.members import me
from comity.server.members.access import person, signed_in
from comity.server.members.identities import identities_of


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
