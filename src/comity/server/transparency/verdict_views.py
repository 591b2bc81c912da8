"""The public pages of verdicts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.review.appeals.juries import published
from comity.server.review.models import Jury
from comity.server.transparency import verdicts


@require_safe
def verdict_list(request: HttpRequest) -> HttpResponse:
    """The latest verdicts; `?before=` goes back in time."""
    before = request.GET.get("before", "")
    number = int(before) if before.isdecimal() and len(before) < 19 else None
    found = verdicts.listed(runtime.current().community, readers_language(), number)
    older = found[-1].number if len(found) == verdicts.LISTED else 0
    return render(request, "transparency/verdicts.html", {"verdicts": found, "older": older})


@require_safe
def verdict(request: HttpRequest, number: int) -> HttpResponse:
    """One verdict, and all that it takes to draw its jury again."""
    running = runtime.current()
    found = verdicts.one(running.community, _known(number), readers_language())
    if found is None:
        raise Http404
    told, drawn = found
    context = {"verdict": told, "drawn": drawn, "key": running.signer.verifier}
    return render(request, "transparency/verdict.html", context)


@require_safe
def verdict_draw(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(published(_jury(number)), content_type="application/json")


@require_safe
def verdict_checkpoint(request: HttpRequest, number: int) -> HttpResponse:
    """The signed tree head that seeded the draw."""
    return HttpResponse(_jury(number).checkpoint, content_type="text/plain; charset=utf-8")


def _jury(number: int) -> Jury:
    found = verdicts.jury_of(runtime.current().community, _known(number))
    if found is None:
        raise Http404
    return found


def _known(number: int) -> int:
    # Larger numbers fit no database column.
    if number >= 2**63:
        raise Http404
    return number
