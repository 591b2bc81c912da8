"""What a charter says, in the one form that its hash is taken of.

Comments, layout, the order of keys and the many ways to write the same value are gone; whatever
members read or a decision depends on is there. Two files with one hash are the same charter.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from comity.charter.procedures import Procedures

if TYPE_CHECKING:
    from comity.charter.article import Article
    from comity.charter.charter import Charter

_FORM = 1
"""Counts up when this form changes, so that an old hash is never taken for a new one."""


def canonical(charter: "Charter") -> str:
    """JSON with sorted keys and without white space, much as in RFC 8785."""
    return json.dumps(
        {
            "form": _FORM,
            "charter": charter.title,
            "community": charter.community,
            "languages": charter.languages,
            "values": charter.values,
            "lists": {name: sorted(set(texts)) for name, texts in charter.lists.items()},
            "counters": {
                counter.name: {
                    "count": counter.count,
                    "by": counter.by,
                    "within": _seconds(counter.within),
                }
                for counter in charter.counters
            },
            "lessons": {
                name: {"title": lesson.title, "text": lesson.text}
                for name, lesson in charter.lessons.items()
            },
            "articles": [_article(article) for article in charter.articles],
            **_procedures(charter.procedures),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def fingerprint(charter: "Charter") -> str:
    """The name by which decisions and the ledger know a charter."""
    return "sha256:" + sha256(canonical(charter).encode()).hexdigest()


def _article(article: "Article") -> Mapping[str, Any]:
    return {
        "id": article.id,
        "value": article.value,
        "title": article.title,
        "text": article.text,
        "when": article.condition.canonical,
        "remedy": article.remedy.value,
        "account": article.account.value if article.account else None,
        "for": _seconds(article.duration),
        "lesson": article.lesson,
        "trial": article.trial,
        "expect": article.expected_share,
        "examples": {
            "violates": article.examples.violates,
            "allows": article.examples.allows,
        },
    }


def _procedures(procedures: Procedures) -> Mapping[str, Any]:
    """Absent where they are the usual ones: charters from before there were any keep their hash."""
    if procedures == Procedures():
        return {}
    told = {
        name: _seconds(value) if isinstance(value, timedelta) else value
        for name, value in procedures.items()
    }
    return {"procedures": told}


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())
