"""Tags and filters that every page may use."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from comity.charter import Condition, Remedy
from comity.server.console import words
from comity.server.console.icons import ICONS
from comity.server.console.readings import tokens
from comity.server.members.models import Role
from comity.server.members.permissions import ROLE_NAMES

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside words that say the same, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


@register.inclusion_tag("console/place.html", takes_context=True)
def place(context: template.Context, name: str) -> dict[str, object]:
    """A link of the main navigation; `name` is the page's name, its icon and its word."""
    match = context["request"].resolver_match
    here = match is not None and match.url_name == name
    return {"name": name, "title": words.PLACES[name], "here": here}


@register.filter
def place_name(name: str) -> words.Words:
    return words.PLACES[name]


@register.filter
def role_name(role: str) -> words.Words:
    return ROLE_NAMES[Role(role)]


@register.filter
def remedy_name(remedy: str) -> words.Words:
    return words.REMEDIES[remedy]


@register.filter
def remedy_meaning(remedy: str) -> words.Words:
    return words.REMEDY_MEANINGS[remedy]


@register.filter
def language_name(tag: str) -> str:
    return words.language_name(tag)


@register.filter
def short_hash(value: str) -> str:
    """Enough of a hash to recognise it by: the first twelve digits."""
    return value.removeprefix("sha256:")[:12]


@register.filter
def account_meaning(remedy: str) -> words.Words:
    return words.ACCOUNT_MEANINGS[remedy]


@register.filter
def own_name(tag: str) -> str:
    """A language as its speakers call it."""
    return words.own_name(tag)


@register.filter
def html_lang(code: str) -> str:
    """Django's lower-case language code as BCP 47 writes it: `zh-hans` is `zh-Hans`."""
    return words.html_lang(code)


@register.filter
def ladder(remedy: str) -> list[dict[str, object]]:
    """The rungs from the least to the most, up to which of them `remedy` goes."""
    rank = Remedy(remedy).rank
    return [
        {"remedy": rung.value, "reached": rung.rank <= rank, "current": rung.rank == rank}
        for rung in Remedy
    ]


@register.filter
def with_code(text: str) -> SafeString:
    """What stands between backticks, as code; everything escaped."""
    parts = enumerate(text.split("`"))
    return format_html_join(
        "",
        "{}",
        ((format_html("<code>{}</code>", part) if odd % 2 else part,) for odd, part in parts),
    )


@register.filter
def listed(names: Iterable[str]) -> str:
    """Names one after the other, with the comma of the reader's language."""
    return words.listed(names)


@register.inclusion_tag("console/condition.html")
def condition(condition: Condition) -> dict[str, object]:
    """A condition as it was written, each signal a link to what it means."""
    return {"tokens": list(tokens(condition))}


@register.filter
def tally(count: int | None) -> str:
    """A count of a report; None is one that is kept back."""
    return words.tally(count)
