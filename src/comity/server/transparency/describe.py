"""The charter and the signals as JSON, for whoever reads them by program."""

from collections.abc import Mapping
from typing import Any

from comity.charter import Article, Charter
from comity.signals import Signal


def describe_charter(charter: Charter, language: str = "") -> dict[str, Any]:
    """A charter; with a language, its texts in that language alone."""
    return {
        "title": charter.title,
        "community": charter.community,
        "languages": [language] if language else list(charter.languages),
        "sha256": charter.sha256,
        "values": {name: _said(texts, language) for name, texts in charter.values.items()},
        "articles": [_describe_article(article, language) for article in charter.articles],
        "source": charter.source,
    }


def describe_signal(signal: Signal) -> dict[str, Any]:
    return {
        "name": signal.name,
        "kind": signal.kind,
        "source": signal.source,
        "meaning": dict(signal.meaning),
        "low": signal.low,
        "high": signal.high,
        "languages": list(signal.languages),
    }


def _describe_article(article: Article, language: str) -> dict[str, Any]:
    return {
        "id": article.id,
        "value": article.value,
        "title": _said(article.title, language),
        "text": _said(article.text, language),
        "when": article.condition.text,
        "signals": list(article.condition.signals),
        "remedy": article.remedy.value,
        "account": article.account.value if article.account else None,
        "for_seconds": article.duration.total_seconds() if article.duration else None,
        "lesson": article.lesson,
        "trial": article.trial,
    }


def _said(texts: Mapping[str, str], language: str) -> dict[str, str]:
    """The texts asked for; one that is not translated stands in the language it has."""
    if not language:
        return dict(texts)
    said = language if language in texts else next(iter(texts))
    return {said: texts[said]}
