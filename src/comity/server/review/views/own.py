"""The pages for reviewers themselves: the guide, and what they want to be spared."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comity.server.console.words import readers_language
from comity.server.members.access import permitted, person
from comity.server.members.permissions import Permission
from comity.server.review import wellbeing
from comity.server.review.forms import ComfortForm
from comity.server.review.guide import guide as guide_in


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """How reviewing goes; open to whoever thinks of doing it."""
    text, language = guide_in(readers_language())
    return render(request, "review/guide.html", {"text": text, "language": language})


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
    context = {"comfort": found, "form": form, "today": wellbeing.hard_today(reader, found, now)}
    return render(request, "review/comfort.html", context, status=422 if form.errors else 200)
