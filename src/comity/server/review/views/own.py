"""The pages for reviewers themselves: the guide, what spares them, and how much they see."""

from collections.abc import Mapping
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comity.server import runtime
from comity.server.console.words import Words, readers_language
from comity.server.members.access import permitted, person
from comity.server.members.permissions import Permission
from comity.server.review import wellbeing
from comity.server.review.forms import ComfortForm
from comity.server.review.guide import guide as guide_in
from comity.server.review.models import Pictures

PICTURES: Final[Mapping[str, Words]] = {
    Pictures.VEILED: _("grey and blurred, until you uncover them"),
    Pictures.GREY: _("grey"),
    Pictures.PLAIN: _("as they are"),
}


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How reviewing goes; open to whoever thinks of doing it."""
    text, language = guide_in(readers_language())
    return render(request, "review/guide.html", {"text": text, "language": language})


@require_safe
@permitted(Permission.READ_EXPOSURE)
@never_cache
def exposure(request: HttpRequest) -> HttpResponse:
    """How much hard content each person has looked at, for stewards who share out the work."""
    loads = wellbeing.loads(person(request), runtime.current().community, timezone.now())
    return render(request, "review/exposure.html", {"loads": loads})


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.RULE_ON_CASES)
@never_cache
def comfort(request: HttpRequest) -> HttpResponse:
    """What the reader wants to be spared."""
    now, reader = timezone.now(), person(request)
    form = ComfortForm(request.POST or None)
    if form.is_valid():
        wellbeing.save_comfort(reader, wellbeing.Wish(**form.cleaned_data))
        messages.success(request, _("Kept."))
        return redirect("comfort")
    found = wellbeing.comfort_of(reader)
    context = {
        "comfort": found,
        "form": form,
        "shown": PICTURES.items(),
        "today": wellbeing.hard_today(reader, now),
    }
    return render(request, "review/comfort.html", context, status=422 if form.errors else 200)
