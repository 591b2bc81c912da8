"""The pages for members: what happens, one decision explained, and trying the charter out."""

from itertools import chain, islice
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from comity.event import MAX_TEXT, Author, Event, EventData, EventType, Post
from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.intake import feed
from comity.server.intake.pages import TrialPage, decision_page, trial_page
from comity.server.learning.advice import advise
from comity.server.members.access import permitted, person, signed_in
from comity.server.members.me import is_about
from comity.server.members.permissions import Permission, require
from comity.server.review.statements.pages import path_of_decision
from comity.server.transparency.models import LedgerEntry
from comity.server.transparency.pages import prove
from comity.server.transparency.services import charter_by_hash

_SAMPLES: Final = 6
"""Examples of the charter that one may begin with."""


@require_safe
@permitted(Permission.READ_DECISIONS)
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The latest decisions; `?before=` goes back in time, `?paused=1` stands still."""
    running = runtime.current()
    filters = feed.Filters.read(request.GET, running.charter, readers_language())
    decisions = filters.apply(feed.decisions_of(running.community))
    before = _index(request.GET.get("before"))
    if before is not None:
        decisions = decisions.filter(event_id__lt=before)
    shown = list(decisions[: feed.LISTED + 1])
    listed = shown[: feed.LISTED]
    newest = feed.decisions_of(running.community).values_list("event_id", flat=True).first()
    oldest = {**filters.chosen, "before": listed[-1].event_id} if len(shown) > len(listed) else {}
    context = {
        **_glance(filters),
        "rows": feed.rows(listed, running.charter, readers_language()),
        "paused": before is not None or "paused" in request.GET,
        "older": urlencode(oldest),
        "follow": _follow(filters, newest),
    }
    return render(request, "intake/live.html", context)


@require_safe
@permitted(Permission.READ_DECISIONS)
@never_cache
def live_news(request: HttpRequest) -> HttpResponse:
    """What came after `?after=`: rows, the glance and where to ask next. 204 if nothing did."""
    running = runtime.current()
    filters = feed.Filters.read(request.GET, running.charter, readers_language())
    after = _index(request.GET.get("after"))
    since = feed.decisions_of(running.community)
    if after is not None:
        since = since.filter(event_id__gt=after)
    newest = since.values_list("event_id", flat=True).first()
    if newest is None:
        return HttpResponse(status=204)
    decisions = filters.apply(since)[: feed.LISTED]
    context = {
        **_glance(filters),
        "rows": feed.rows(decisions, running.charter, readers_language()),
        "follow": _follow(filters, newest),
    }
    return render(request, "intake/news.html", context)


def _glance(filters: feed.Filters) -> dict[str, Any]:
    glance = feed.glance(runtime.current().community, timezone.now())
    remedies = [(choice, glance.counts[choice.value]) for choice in filters.remedies]
    return {"filters": filters, "glance": glance, "remedies": remedies}


def _follow(filters: feed.Filters, newest: int | None) -> str:
    after = {} if newest is None else {"after": newest}
    return urlencode({**filters.chosen, **after})


def _index(text: str | None) -> int | None:
    """A place in the ledger as an address has it; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) <= 18 else None


@require_safe
@signed_in
@never_cache
def decision(request: HttpRequest, decision_id: str) -> HttpResponse:
    """A decision, explained: to those who may read them all, and to the post's own author."""
    running = runtime.current()
    stored = feed.decisions_of(running.community).filter(pk=decision_id).first()
    own = stored is not None and is_about(stored, person(request), running.community)
    if not own:
        require(person(request), running.community, Permission.READ_DECISIONS)
    if stored is None:
        raise Http404
    charter = charter_by_hash(running.community, stored.charter)
    entry = LedgerEntry.objects.get(pk=stored.event_id)
    context = {
        "page": decision_page(stored, charter, running.charter.sha256),
        "proof": prove(entry, running.signer.verifier),
        # Who has the letter can object in the author's name, so nobody else is shown where it is.
        "letter": path_of_decision(stored) if own else "",
    }
    return render(request, "intake/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@never_cache
def try_it(request: HttpRequest) -> HttpResponse:
    """Measure a text and say what would follow. Nothing is stored, and nothing is counted."""
    text = (request.POST if request.method == "POST" else request.GET).get("text", "")
    too_long = len(text) > MAX_TEXT
    context: dict[str, Any] = {"text": text[:MAX_TEXT], "limit": MAX_TEXT}
    if too_long:
        context["mistake"] = _("A post has at most 50,000 characters. Shorten it.")
    elif text.strip():
        context["page"] = _try(text)
    if request.headers.get("HX-Request"):
        return render(request, "intake/trial.html", context)
    articles = runtime.current().charter.articles
    examples = chain.from_iterable((*a.examples.violates, *a.examples.allows) for a in articles)
    context["samples"] = list(islice(examples, _SAMPLES))
    return render(request, "intake/try.html", context)


def _try(text: str) -> TrialPage:
    running = runtime.current()
    event = Event(
        id="draft",
        source="draft",
        type=EventType.POST_CREATED,
        time=timezone.now(),
        community=running.community.slug,
        data=EventData(post=Post(id="draft", text=text), author=Author(id="draft")),
    )
    return trial_page(advise(running.charter, running.scorer, event), text, running.charter)
