"""The page of a statement of reasons, open to whoever holds its link; and objecting on it."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.intake.models import StoredDecision
from comity.server.members.mistake import Mistake
from comity.server.review.appeals import Court, file, withdraw
from comity.server.review.appeals.filing import Challenged, author_of
from comity.server.review.appeals.panel import Panel, panel
from comity.server.review.models import Appeal, CaseOrigin, Ruling
from comity.server.review.objecting import object_to
from comity.server.review.statements.links import ExpiredLinkError, LinkError, read_link
from comity.server.review.statements.pages import Subject, language_of, page_of, subject_of
from comity.server.review.statements.reporters import Answer, answer_to
from comity.statements import Language, language_for

_ENGLISH: Final = re.compile(r"\ben\b", re.IGNORECASE)

_View = Callable[[HttpRequest, str, Subject], HttpResponse]


def _by_link(view: _View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a page to whoever holds its link, and say what is wrong with a link that opens none."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            link = read_link(token, timezone.now())
        except ExpiredLinkError as expired:
            return _no_page(request, 410, {"last": expired.last})
        except LinkError:
            return _no_page(request, 404, {})
        subject = subject_of(runtime.current().community, link)
        if subject is None:
            return _no_page(request, 410, {"gone": True})
        return _traceless(view(request, token, subject))

    return opened


@require_safe
@_by_link
def statement(request: HttpRequest, token: str, subject: Subject) -> HttpResponse:
    """Show the letter in the reader's language, or that of the post if they ask for neither."""
    return _letter(request, token, subject)


@require_POST
@_by_link
def appeal(request: HttpRequest, token: str, subject: Subject) -> HttpResponse:
    """Object, in one's own words: the link shows that it is the author who does."""
    words = request.POST.get("words", "").replace("\r\n", "\n")
    challenged = _challenged(subject)
    source, author = author_of(challenged)
    try:
        file(_court(), (source, author or ""), challenged, words)
    except Mistake as mistake:
        return _letter(request, token, subject, mistake, words)
    return redirect(reverse("statement", args=[token]) + "#appeal")


@require_POST
@_by_link
def withdraw_appeal(request: HttpRequest, token: str, subject: Subject) -> HttpResponse:
    """Take the appeal against what the letter tells back."""
    challenged = _challenged(subject)
    progress = panel(challenged, timezone.now()).progress
    source, author = author_of(challenged)
    try:
        withdraw(_court(), (source, author or ""), progress.number if progress else 0)
    except Mistake as mistake:
        return _letter(request, token, subject, mistake)
    except Appeal.DoesNotExist:
        raise Http404 from None
    return redirect(reverse("statement", args=[token]) + "#appeal")


@require_POST
@_by_link
def object_to_outcome(request: HttpRequest, token: str, subject: Subject) -> HttpResponse:
    """Object to what became of a report: the link shows that it is the reporter who does."""
    words = request.POST.get("words", "").replace("\r\n", "\n")
    if not isinstance(subject, CaseOrigin):
        raise Http404
    try:
        object_to(_court(), subject, words)
    except Mistake as mistake:
        return _letter(request, token, subject, mistake, words)
    return redirect(reverse("statement", args=[token]) + "#objection")


def _letter(
    request: HttpRequest,
    token: str,
    subject: Subject,
    mistake: Mistake | None = None,
    words: str = "",
) -> HttpResponse:
    language = _language(request, language_of(subject))
    with translation.override(language.lower()):
        page = page_of(subject, language, timezone.now())
        if page is None:
            return _no_page(request, 404, {"waiting": True})
        context = {
            "page": page,
            "letter": page.letter,
            "token": token,
            "panel": _panel(subject),
            "answer": _answer(subject),
            "mistake": mistake,
            "words": words,
        }
        return render(request, "review/statement.html", context, status=409 if mistake else 200)


def _panel(subject: Subject) -> Panel | None:
    """Objecting is for authors, against what was decided of them; a verdict is the last word."""
    if isinstance(subject, StoredDecision | Ruling):
        return panel(subject, timezone.now())
    return None


def _answer(subject: Subject) -> Answer | None:
    return answer_to(subject, timezone.now()) if isinstance(subject, CaseOrigin) else None


def _challenged(subject: Subject) -> Challenged:
    if not isinstance(subject, StoredDecision | Ruling):
        raise Http404
    return subject


def _court() -> Court:
    running = runtime.current()
    return Court(running.community, running.signer, timezone.now())


def _no_page(request: HttpRequest, status: int, why: dict[str, Any]) -> HttpResponse:
    return _traceless(render(request, "review/no_statement.html", why, status=status))


def _traceless(response: HttpResponse) -> HttpResponse:
    """Whoever knows the address can read the page, so no search engine may list it.

    Other sites do not learn it from a link either: that is the policy for all our pages.
    """
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _language(request: HttpRequest, of_post: str | None) -> Language:
    """What the reader asks for; of a language that we do not write, that of their post."""
    reader = language_for(readers_language())
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if reader == "en" and not _ENGLISH.search(asked or request.headers.get("Accept-Language", "")):
        return language_for(of_post)
    return reader
