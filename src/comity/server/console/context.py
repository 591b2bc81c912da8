"""What the frame around every page needs to know."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comity.server.console.words import Words

THEME_COOKIE: Final = "comity_theme"
THEMES: Final[dict[str, Words]] = {
    "auto": _("Like the system"),
    "light": _("Light"),
    "dark": _("Dark"),
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The reader's theme. The language is in `LANGUAGE_CODE`, which Django knows."""
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {"theme": theme if theme in THEMES else "auto", "themes": THEMES}
