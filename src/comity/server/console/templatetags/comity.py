"""Tags and filters that every page may use."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comity.server.console import words
from comity.server.console.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon beside words that say the same, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )


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
