"""How the console says what the rooms below name by a single word."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Words = Promise | str

PLACES: Final[Mapping[str, Words]] = {
    "live": pgettext_lazy("place", "Live"),
    "try": pgettext_lazy("place", "Try it"),
    "charter": pgettext_lazy("place", "Charter"),
    "signals": pgettext_lazy("place", "Signals"),
    "ledger": pgettext_lazy("place", "Ledger"),
    "model": pgettext_lazy("place", "Model"),
}

REMEDIES: Final[Mapping[str, Words]] = {
    "allow": pgettext_lazy("remedy", "Allowed"),
    "nudge": pgettext_lazy("remedy", "Nudged"),
    "label": pgettext_lazy("remedy", "Labelled"),
    "limit": pgettext_lazy("remedy", "Limited"),
    "hold": pgettext_lazy("remedy", "Held"),
    "remove": pgettext_lazy("remedy", "Removed"),
}

REMEDY_MEANINGS: Final[Mapping[str, Words]] = {
    "allow": _("The post stands as it was written."),
    "nudge": _("The author is asked, in private, to look at it once more. The post stays."),
    "label": _("The post stays, with a notice that tells readers what to know about it."),
    "limit": _("The post stays in its thread but is not spread any further."),
    "hold": _("The post waits, unseen by others, until a person has looked at it."),
    "remove": _("The post is taken down. The author is told why, and can appeal."),
}

ACCOUNT_MEANINGS: Final[Mapping[str, Words]] = {
    "warn": _("The author is warned."),
    "mute": _("The author cannot post for a while."),
    "suspend": _("The author’s account is suspended."),
}

KINDS: Final[Mapping[str, Words]] = {
    "boolean": pgettext_lazy("kind of signal", "yes or no"),
    "integer": pgettext_lazy("kind of signal", "a count"),
    "number": pgettext_lazy("kind of signal", "a number"),
    "text": pgettext_lazy("kind of signal", "a text"),
    "texts": pgettext_lazy("kind of signal", "a list of texts"),
}

SOURCES: Final[Mapping[str, Words]] = {
    "model": _("Scores from the model"),
    "text": _("Measured from the text"),
    "author": _("About the author"),
    "thread": _("About the thread"),
    "counter": _("Counted over time"),
}

SOURCE_MEANINGS: Final[Mapping[str, Words]] = {
    "model": _("A chance between 0 and 1, learned from examples. It can be wrong; see the model."),
    "text": _("Exact: anyone who reads the post can check it."),
    "author": _("What the platform tells about the person who wrote it."),
    "thread": _("How the post stands to the one that it answers."),
    "counter": _("How often something happened within a window of time. This charter counts them."),
}


def language_name(tag: str) -> str:
    """A language by its name in the reader's language; the tag itself where none is known."""
    if tag == "und":
        return str(_("unknown language"))
    if tag.lower() in ("zh", "zh-cn"):
        return str(pgettext_lazy("language", "Chinese"))
    try:
        return str(get_language_info(tag.lower())["name_translated"])
    except KeyError:
        return tag


def own_name(tag: str) -> str:
    """A language as its speakers call it: what a language menu shows."""
    try:
        return str(get_language_info(tag.lower())["name_local"])
    except KeyError:
        return tag


def html_lang(code: str) -> str:
    """Django's lower-case code as BCP 47 writes it: `zh-hans` is `zh-Hans`, `pt-br` is `pt-BR`."""
    language, _, rest = code.partition("-")
    if not rest:
        return language
    return f"{language}-{rest.title() if len(rest) == 4 else rest.upper()}"
