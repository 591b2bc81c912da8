"""How the console says what the rooms below name by a single word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import (
    get_language,
    get_language_info,
    ngettext,
    pgettext,
    pgettext_lazy,
)
from django.utils.translation import gettext_lazy as _

Words = Promise | str

PLACES: Final[Mapping[str, Words]] = {
    "live": pgettext_lazy("place", "Live"),
    "review": pgettext_lazy("place", "Review"),
    "try": pgettext_lazy("place", "Try it"),
    "people": pgettext_lazy("place", "People"),
    "platforms": pgettext_lazy("place", "Platforms"),
    "charter": pgettext_lazy("place", "Charter"),
    "signals": pgettext_lazy("place", "Signals"),
    "ledger": pgettext_lazy("place", "Ledger"),
    "model": pgettext_lazy("place", "Model"),
    "measures": pgettext_lazy("place", "Measures"),
    "reports": pgettext_lazy("place", "Reports"),
    "verdicts": pgettext_lazy("place", "Verdicts"),
    "lessons": pgettext_lazy("place", "Lessons"),
}

ENTRY_KINDS: Final[Mapping[str, Words]] = {
    "decision": pgettext_lazy("entry", "Decision"),
    "charter": pgettext_lazy("entry", "Charter put in force"),
    "ruling": pgettext_lazy("entry", "Ruling"),
    "appeal": pgettext_lazy("entry", "Appeal"),
    "jury": pgettext_lazy("entry", "Jury"),
    "verdict": pgettext_lazy("entry", "Verdict"),
    "amendment": pgettext_lazy("entry", "Amendment"),
    "erasure": pgettext_lazy("entry", "Erasure"),
    "suspension": pgettext_lazy("entry", "Article suspended"),
    "reinstatement": pgettext_lazy("entry", "Article back in force"),
    "role-given": pgettext_lazy("entry", "Role given"),
    "role-taken": pgettext_lazy("entry", "Role taken"),
    "checkpoint-key": pgettext_lazy("entry", "Key of the ledger"),
}

BROKEN_ENTRY: Final = _("Unreadable: it was changed")

CASE_STATES: Final[Mapping[str, Words]] = {
    "open": pgettext_lazy("case", "Open"),
    "second_review": pgettext_lazy("case", "Second look"),
    "disputed": pgettext_lazy("case", "Two differ"),
    "closed": pgettext_lazy("case", "Closed"),
    "withdrawn": pgettext_lazy("case", "Withdrawn"),
}

APPEAL_STATES: Final[Mapping[str, Words]] = {
    "in_review": pgettext_lazy("appeal", "With a reviewer"),
    "called": pgettext_lazy("appeal", "A jury is being drawn"),
    "before_jury": pgettext_lazy("appeal", "Before a jury"),
    "before_stewards": pgettext_lazy("appeal", "Waits for a steward"),
    "granted": pgettext_lazy("appeal", "Granted"),
    "rejected": pgettext_lazy("appeal", "Rejected"),
    "withdrawn": pgettext_lazy("appeal", "Withdrawn"),
}

STRANDED: Final[Words] = pgettext_lazy("appeal", "Nobody can decide it yet")
"""An appeal that waits for a steward where each of them had a part in the case."""

SEAT_STATES: Final[Mapping[str, Words]] = {
    "summoned": pgettext_lazy("seat", "Awaits your vote"),
    "voted": pgettext_lazy("seat", "You voted"),
    "declined": pgettext_lazy("seat", "Left to another"),
    "missed": pgettext_lazy("seat", "Missed"),
    "discharged": pgettext_lazy("seat", "Ended without you"),
}

REMEDY_STATES: Final[Mapping[str, Words]] = {
    "pending": _("The platform has not confirmed it yet"),
    "failed": _("The platform could not do it"),
    "confirmed": _("The platform has done it"),
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


@dataclass(frozen=True, slots=True)
class Localised:
    """A text of the community's own, and the language that it is in."""

    text: str
    language: str


def in_language(texts: Mapping[str, str], language: str) -> Localised:
    """The text in the reader's language, or else in the first language that there is."""
    alike = (tag for tag in texts if tag.partition("-")[0] == language.partition("-")[0])
    tag = language if language in texts else next(alike, next(iter(texts)))
    return Localised(texts[tag], tag)


def readers_language() -> str:
    """The language of this request as BCP 47 writes it."""
    return html_lang(get_language() or "en")


def duration(length: timedelta) -> str:
    """A length of time in the largest unit that measures it in whole numbers."""
    minutes = int(length.total_seconds()) // 60
    if minutes and minutes % 1440 == 0:
        n = minutes // 1440
        return ngettext("for %(n)s day", "for %(n)s days", n) % {"n": n}
    if minutes and minutes % 60 == 0:
        n = minutes // 60
        return ngettext("for %(n)s hour", "for %(n)s hours", n) % {"n": n}
    return ngettext("for %(n)s minute", "for %(n)s minutes", minutes) % {"n": minutes}


def listed(names: Iterable[str]) -> str:
    """Names one after the other, with the comma of the reader's language."""
    return pgettext("between the items of a list", ", ").join(names)


def tally(count: int | None) -> str:
    """A count as a report shows it; None is one that is kept back."""
    return pgettext("count that is kept back", "kept back") if count is None else f"{count:,}"
