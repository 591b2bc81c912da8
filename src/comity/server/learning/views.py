"""The pages of learning: lessons for everyone, and what advice changes for stewards."""

from secrets import token_bytes
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.learning import holdouts, lessons
from comity.server.learning.pages import measured
from comity.server.members.access import permitted, person
from comity.server.members.models import Person
from comity.server.members.permissions import Permission, may, require

SHARES: Final = {f"{share:.0%}": share for share in holdouts.SHARES}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All lessons, with a mark on those that the reader has completed."""
    running, user = runtime.current(), request.user
    context = {
        "lessons": lessons.pages(running.charter, running.lessons, readers_language()),
        "completed": _completed(request),
        "may_measure": isinstance(user, Person)
        and may(user, running.community, Permission.READ_MEASURES),
    }
    return render(request, "learning/lessons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, lesson_id: str) -> HttpResponse:
    """One lesson; its quiz is answered by posting it. What was chosen is not kept."""
    running = runtime.current()
    charter = running.charter
    if lesson_id not in charter.lessons:
        raise Http404
    asked = request.GET.get("in", "")
    language = asked if asked in charter.languages else readers_language()
    answers = request.POST.dict() if request.method == "POST" else None
    page = lessons.page(charter, running.lessons, lesson_id, language, answers)
    lifted = (
        page.passed
        and isinstance(request.user, Person)
        and lessons.complete(request.user, running.community, charter, lesson_id, timezone.now())
    )
    done = lesson_id in _completed(request)
    context = {"lesson": page, "charter": charter, "completed": done, "lifted": lifted}
    return render(request, "learning/lesson.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permitted(Permission.READ_MEASURES)
@never_cache
def advice(request: HttpRequest) -> HttpResponse:
    """What advice on drafts changes; a steward says from how many of them it is kept back."""
    community = runtime.current().community
    if request.method == "POST":
        require(person(request), community, Permission.MANAGE_ADVICE)
        share = SHARES.get(request.POST.get("share", ""))
        if share is None:
            return HttpResponseBadRequest(f"a share is one of {', '.join(SHARES)}")
        salt, now = token_bytes(32), timezone.now()
        holdouts.begin(person(request), community, share, salt, now)
        return redirect("advice")
    running = holdouts.current(community)
    context = {
        "holdout": running,
        "shares": SHARES,
        "chosen": running.share if running else 0.0,
        "page": measured(running) if running else None,
        "may_change": may(person(request), community, Permission.MANAGE_ADVICE),
        "server": f"{request.scheme}://{request.get_host()}",
    }
    return render(request, "learning/advice.html", context)


def _completed(request: HttpRequest) -> frozenset[str]:
    user, community = request.user, runtime.current().community
    return lessons.completed(user, community) if isinstance(user, Person) else frozenset()
