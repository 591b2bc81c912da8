"""The page of a statement of reasons, open to whoever holds its link."""

import re
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comity.server import runtime
from comity.server.console.words import readers_language
from comity.server.review.statements.links import ExpiredLinkError, LinkError, read_link
from comity.server.review.statements.pages import language_of, page_of, subject_of
from comity.statements import Language, language_for

_ENGLISH: Final = re.compile(r"\ben\b", re.IGNORECASE)


@require_safe
@never_cache
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """Show the letter in the reader's language, or that of the post if they ask for neither."""
    try:
        link = read_link(token, timezone.now())
    except ExpiredLinkError as expired:
        return _no_page(request, 410, {"last": expired.last})
    except LinkError:
        return _no_page(request, 404, {})
    subject = subject_of(runtime.current().community, link)
    if subject is None:
        return _no_page(request, 410, {"gone": True})
    language = _language(request, language_of(subject))
    with translation.override(language.lower()):
        page = page_of(subject, language)
        if page is None:
            return _no_page(request, 404, {"waiting": True})
        context = {"page": page, "letter": page.letter}
        return _traceless(render(request, "review/statement.html", context))


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
