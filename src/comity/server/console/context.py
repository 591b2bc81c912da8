"""What the frame around every page needs to know."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from comity.server import runtime
from comity.server.console.words import Words
from comity.server.members.models import Person
from comity.server.members.permissions import permissions_of
from comity.server.review.appeals.lists import is_called

THEME_COOKIE: Final = "comity_theme"
THEMES: Final[dict[str, Words]] = {
    "auto": _("Like the system"),
    "light": _("Light"),
    "dark": _("Dark"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The reader's theme, what they `may` do, and whether they are `called` to a jury.

    The language is in `LANGUAGE_CODE`.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "theme": theme if theme in THEMES else "auto",
        "themes": THEMES,
        "may": SimpleLazyObject(lambda: _permissions(request)),
        "called": SimpleLazyObject(lambda: _is_called(request)),
    }


def _is_called(request: HttpRequest) -> bool:
    """Whether a jury awaits the reader's vote."""
    user, community = request.user, runtime.current().community
    return isinstance(user, Person) and is_called(user, community)


def _permissions(request: HttpRequest) -> dict[str, bool]:
    """Each permission that the reader has, by its name: `{% if may.read_cases %}`."""
    if not isinstance(request.user, Person):
        return {}
    held = permissions_of(request.user, runtime.current().community)
    return {permission.value: True for permission in held}
